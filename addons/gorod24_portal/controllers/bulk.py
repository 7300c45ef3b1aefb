# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from werkzeug.exceptions import NotFound

from odoo.exceptions import AccessError, UserError
from odoo.http import request, route

from ..models.gorod24_referral_journal import OPEN
from .home import JOURNAL, is_participant
from .request_work import ParticipantWork

BULK = f"{JOURNAL}/bulk"
MAX_CHOSEN = 200


class BulkWork(ParticipantWork):
    """One result for several requests chosen in the journal."""

    @route(
        BULK, type="http", auth="user", website=True, multilang=False, methods=["GET"]
    )
    def bulk(self, **kw):
        """Show the chosen requests and the form of one result for all of them."""
        return self._render_bulk(self._get_chosen(request.httprequest.args))

    @route(
        f"{BULK}/done",
        type="http",
        auth="user",
        website=True,
        multilang=False,
        methods=["POST"],
    )
    def bulk_done(self, **form):
        """Begin the work on the chosen requests; the page of the work follows."""
        referrals = self._get_chosen(request.httprequest.form)
        try:
            with request.env.cr.savepoint():
                job = self._start_bulk(referrals, form)
        except AccessError:
            message = request.env._("Only members of the section work this request.")
            return self._answer_bulk_error(referrals, form, message)
        except UserError as error:
            return self._answer_bulk_error(referrals, form, error.args[0])
        url = f"{BULK}/{job.id}"
        if self._is_fetch():
            return request.make_json_response({"url": url})
        return request.redirect(url, code=303)

    @route(
        f"{BULK}/<int:job_id>",
        type="http",
        auth="user",
        website=True,
        multilang=False,
        methods=["GET"],
        readonly=True,
    )
    def bulk_job(self, job_id, **kw):
        """Show how the work goes."""
        job = self._get_job(job_id)
        values = {"page_name": "requests", "job": job._get_portal_values()}
        return request.render("gorod24_portal.bulk_job", values)

    @route(
        f"{BULK}/<int:job_id>/repeat",
        type="http",
        auth="user",
        website=True,
        multilang=False,
        methods=["POST"],
    )
    def bulk_repeat(self, job_id, **kw):
        """Try again what was not done."""
        job = self._get_job(job_id)
        job.action_repeat()
        return request.redirect(f"{BULK}/{job.id}", code=303)

    @route(f"{BULK}/pulse", type="jsonrpc", auth="user", website=True, readonly=True)
    def bulk_pulse(self, job_id):
        """Return the progress, for the open page to move its bar."""
        return self._get_job(job_id)._get_portal_values()

    # How -------------------------------------------------------------------------

    def _get_job(self, job_id):
        """Return the user's own job.

        :raises NotFound: for a stranger's job as for one that does not exist.
        """
        if not is_participant() or not isinstance(job_id, int):
            raise NotFound()
        # sudo: officers hold no right on jobs; only one's own is found
        jobs = request.env["gorod24.bulk.job"].sudo()
        job = jobs.search([("id", "=", job_id), ("user_id", "=", request.env.uid)])
        if not job:
            raise NotFound()
        return job

    def _get_chosen(self, values):
        """Return the requests named in the address or form, found as the user."""
        if not is_participant():
            raise NotFound()
        ids = {int(text) for text in values.getlist("ids") if text.isdecimal()}
        found = request.env["gorod24.referral"].search(
            [("id", "in", sorted(ids)[:MAX_CHOSEN])], order="id"
        )
        return found

    def _start_bulk(self, referrals, form):
        # Said before the files are kept: a list may have gone meanwhile.
        if not referrals:
            raise UserError(request.env._("Choose at least one request."))
        jobs = request.env["gorod24.bulk.job"]
        file_ids = self._store_files(jobs, self._read_files())
        job = jobs._start_result(
            referrals, form.get("outcome"), form.get("result_text"), file_ids
        )
        # sudo: see _store_files
        request.env["ir.attachment"].sudo().browse(file_ids).res_id = job.id
        return job

    def _answer_bulk_error(self, referrals, form, message):
        if self._is_fetch():
            return request.make_json_response({"error": message}, status=422)
        return self._render_bulk(referrals, error=message, form=form)

    def _render_bulk(self, referrals, error=None, form=None):
        chosen = referrals.filtered(lambda one: one.state in OPEN)
        selection = chosen._fields["outcome_claimed"]._description_selection
        values = {
            "page_name": "requests",
            "rows": chosen._get_portal_rows(),
            "left_out": len(referrals) - len(chosen),
            "row": {
                "url": BULK,
                "outcomes": selection(request.env),
                "paid": False,
                "ids": chosen.ids,
                "cancel_url": JOURNAL,
            },
            "panel": "done",
            "error": error,
            "form": form or {},
        }
        response = request.render("gorod24_portal.bulk_page", values)
        if error:
            response.status_code = 422
        return response
