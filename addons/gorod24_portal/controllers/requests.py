# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from urllib.parse import urlencode as url_encode

from werkzeug.exceptions import NotFound

from odoo.fields import Domain
from odoo.http import Controller, request, route

from odoo.addons.portal.controllers.portal import pager

from ..models.gorod24_referral_journal import TABS
from .home import JOURNAL, is_participant

PAGE_SIZE = 50
# A service of many years turns no page beyond this: it searches.
MAX_ROWS = 10_000


def pages_args(tab, section_id, search):
    """Return what tells the journal on the screen in an address, {name: value}."""
    args = {"tab": tab, "section": section_id, "search": search}
    return {key: value for key, value in args.items() if value}


def get_referral(referral_id):
    """Return the referral, found as the user.

    :raises NotFound: for a stranger's referral as for one that does not exist.
    """
    if not is_participant():
        raise NotFound()
    found = request.env["gorod24.referral"].search([("id", "=", referral_id)])
    if not found:
        raise NotFound()
    return found


class ParticipantRequests(Controller):
    """The journal of the section and the page of one request."""

    @route(
        [JOURNAL, f"{JOURNAL}/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        multilang=False,
        methods=["GET"],
        # The log of views is written.
        readonly=False,
    )
    def journal(self, page=1, tab=None, search="", section=None, **kw):
        """Show the journal; a search looks through all the tabs."""
        if not is_participant():
            return request.redirect("/my")
        Referral = request.env["gorod24.referral"]
        sections = request.env.user._get_journal_sections()
        chosen = self._choose_section(section, sections)
        search = (search or "").strip()[:100]
        counts = Referral._journal_counts(chosen)
        tab = self._choose_tab(tab, search, counts)
        domain = self._get_journal_domain(tab, search, chosen)
        total = Referral.search_count(domain, limit=MAX_ROWS)
        pages = pager(
            JOURNAL,
            total,
            page=page,
            step=PAGE_SIZE,
            url_args=pages_args(tab, chosen, search),
        )
        order, offset = Referral._journal_order(tab), max(pages["offset"], 0)
        referrals = Referral.search(domain, order=order, limit=PAGE_SIZE, offset=offset)
        referrals._log_seen("portal", referrals.ids)
        values = {
            "page_name": "requests",
            "rows": referrals._get_portal_rows(),
            "tabs": self._prepare_tabs(tab, counts, chosen),
            "tab": tab,
            "sections": sections,
            "section_id": chosen,
            "search": search,
            "pager": pages,
            "total": total,
            "written": url_encode(pages_args(tab, chosen, search)),
            "counts": counts,
            "is_head": bool(request.env.user._get_headed_participants()),
            "away": not sections and request.env.user._get_away_text(),
        }
        return request.render("gorod24_portal.journal", values)

    def _get_journal_domain(self, tab, search, section_id):
        """Return what the journal shows; the record rules narrow it further."""
        Referral = request.env["gorod24.referral"]
        domain = Referral._journal_tab_domain(tab)
        domain &= Referral._journal_search_domain(search)
        if section_id:
            domain &= Domain("section_id", "=", section_id)
        return domain

    def _choose_section(self, section, sections):
        """Return the id of an own section, or False for all of them."""
        chosen = int(section) if (section or "").isdecimal() else False
        return chosen if chosen in sections.ids else False

    def _choose_tab(self, tab, search, counts):
        """Return the tab to show; by default new requests, else those at work."""
        if search:
            return "all"
        if tab in TABS:
            return tab
        return "new" if counts["new"] or not counts["work"] else "work"

    def _prepare_tabs(self, current, counts, section_id):
        labels = {
            "new": request.env._("New"),
            "work": request.env._("At work"),
            "overdue": request.env._("Overdue"),
            "emergency": request.env._("Emergency"),
            "paid": request.env._("Paid"),
            "done": request.env._("Completed"),
        }
        suffix = f"&section={section_id}" if section_id else ""
        return [
            {
                "name": name,
                "label": labels[name],
                "count": counts[name],
                "url": f"{JOURNAL}?tab={name}{suffix}",
                "active": name == current,
            }
            for name in TABS
        ]

    @route(
        f"{JOURNAL}/<int:referral_id>",
        type="http",
        auth="user",
        website=True,
        multilang=False,
        methods=["GET"],
        # The log of views is written.
        readonly=False,
    )
    def page(self, referral_id, ok=None, **kw):
        """Show one request; ``ok`` names the work that has just succeeded."""
        referral = get_referral(referral_id)
        # sudo: the officer reads no appeal; only which one it is goes into the log
        appeal = referral.sudo().appeal_id
        request.env["gorod24.appeal.view"]._log(appeal, "portal")
        return render_request(referral, ok=ok)

    @route(
        f"{JOURNAL}/<int:referral_id>/files/<int:file_id>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def file(self, referral_id, file_id, **kw):
        """Hand out a photo or file of the user's own referral."""
        referral = get_referral(referral_id)
        # sudo: the officer may not read attachments; only those listed on the page of
        # his referral leave here
        if file_id not in [file["id"] for file in referral.sudo()._portal_files()]:
            raise NotFound()
        attachment = request.env["ir.attachment"].sudo().browse(file_id)
        stream = request.env["ir.binary"]._get_stream_from(attachment)
        is_image = (attachment.mimetype or "").startswith("image/")
        response = stream.get_response(as_attachment=not is_image)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cache-Control"] = "private, max-age=3600"
        return response

    @route(f"{JOURNAL}/pulse", type="jsonrpc", auth="user", website=True, readonly=True)
    def pulse(self, section_id=False):
        """Return the counters of the tabs, for the open journal to notice news."""
        if not is_participant():
            raise NotFound()
        chosen = section_id if isinstance(section_id, int) else False
        return request.env["gorod24.referral"]._journal_counts(chosen)


def render_request(referral, ok=None, error=None, panel=None, form=None):
    """Render the page of a request.

    :param ok: work that succeeded: accept, refuse, plan, localised or done
    :param error: text of what went wrong
    :param panel: form to keep open: refuse, plan, localised or done
    :param form: what the user had typed, to be shown again
    """
    values = {
        "page_name": "request",
        "request_values": referral._get_portal_values(),
        "ok": ok,
        "error": error,
        "panel": panel,
        "form": form or {},
    }
    response = request.render("gorod24_portal.request_page", values)
    if error:
        response.status_code = 422
    return response
