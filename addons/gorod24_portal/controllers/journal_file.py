# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The journal as it is on the screen, as a workbook and as a sheet to be printed."""

from markupsafe import Markup
from werkzeug.exceptions import NotFound

from odoo.http import content_disposition, request, route

from odoo.addons.gorod24_address.tabular import write_table

from .home import JOURNAL, is_participant
from .requests import ParticipantRequests

# More than this is chosen by a tab, a section or a search first.
MOST_ROWS = {"xlsx": 5000, "print": 500}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class JournalFile(ParticipantRequests):
    @route(
        f"{JOURNAL}/journal.xlsx",
        type="http",
        auth="user",
        website=True,
        multilang=False,
        methods=["GET"],
        # The log of views is written.
        readonly=False,
    )
    def journal_xlsx(self, tab=None, search="", section=None, **kw):
        """Hand out the lines of the journal as a workbook."""
        referrals, total = self._find_written(tab, search, section, "xlsx")
        titles = [title for _key, title in referrals._get_portal_columns()]
        rows = [list(line.values()) for line in referrals._get_portal_sheet_rows()]
        if total > len(referrals):
            rows.append([request.env._("Not all lines: %(n)s of them.", n=total)])
            rows[-1] += [""] * (len(titles) - 1)
        name = request.env._("Journal of requests")
        return request.make_response(
            write_table(titles, rows, "xlsx"),
            headers=[
                ("Content-Type", XLSX),
                ("Content-Disposition", content_disposition(f"{name}.xlsx")),
                ("Cache-Control", "no-store"),
            ],
        )

    @route(
        f"{JOURNAL}/print",
        type="http",
        auth="user",
        website=True,
        multilang=False,
        methods=["GET"],
        readonly=False,
    )
    def journal_print(self, tab=None, search="", section=None, **kw):
        """Show the lines of the journal as a sheet for the printer."""
        referrals, total = self._find_written(tab, search, section, "print")
        values = {
            # As text of the template it would keep the words from translation.
            "doctype": Markup("<!DOCTYPE html>"),
            "name": request.env._("Journal of requests"),
            "columns": referrals._get_portal_columns(),
            "lines": list(referrals._get_portal_sheet_rows()),
            "total": total,
            "made": referrals._get_portal_made_text(),
        }
        return request.render("gorod24_portal.journal_sheet", values)

    def _find_written(self, tab, search, section, kind):
        """Return (referrals of the user's journal, how many there are in all).

        They are noted in the log of views: names leave the screen with them.
        """
        if not is_participant():
            raise NotFound()
        Referral = request.env["gorod24.referral"]
        chosen = self._choose_section(section, request.env.user._get_journal_sections())
        search = (search or "").strip()[:100]
        tab = self._choose_tab(tab, search, Referral._journal_counts(chosen))
        domain = self._get_journal_domain(tab, search, chosen)
        most = MOST_ROWS[kind]
        order = Referral._journal_order(tab)
        referrals = Referral.search(domain, order=order, limit=most)
        total = len(referrals)
        if total == most:
            total = Referral.search_count(domain)
        # sudo: the officer reads no appeals; only which ones goes into the log
        appeals = referrals.sudo().appeal_id
        request.env["gorod24.appeal.view"]._log(appeals, "journal")
        return referrals, total
