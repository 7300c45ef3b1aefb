# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: all the earlier questions of a citizen on the caller card, page by page."""

from odoo import api, models

PAGE = 20
LARGEST_PAGE = 100


class CallerCard(models.AbstractModel):
    _inherit = "gorod24.caller.card"

    @api.model
    def history_page(self, partner_id, before_id=None, limit=PAGE):
        """Return one page of the questions of a person, newest first.

        One walk of the index (partner, id): the hundredth page costs what the first.

        :param before_id: id of the last question shown, None for the first page
        :return: dict(rows=[see ``_history_vals``], has_more)
        """
        self._check_operator()
        domain = [("partner_id", "=", partner_id)]
        questions, has_more = self._read_history(domain, before_id, limit)
        self._log_seen(questions.appeal_id)
        rows = [self._history_vals(question) for question in questions]
        return {"rows": rows, "has_more": has_more}

    @api.model
    def _read_history(self, domain, before_id, limit):
        """Return (questions, has_more): the page of a domain after a question."""
        limit = max(1, min(int(limit), LARGEST_PAGE))
        if before_id:
            domain = [*domain, ("id", "<", before_id)]
        found = self.env["gorod24.question"].search(
            domain, order="id desc", limit=limit + 1
        )
        return found[:limit], len(found) > limit

    def _history_of(self, partners):
        result = super()._history_of(partners)
        ids = [row["question_id"] for row in result["history"]]
        ids += [row["id"] for row in result["open_questions"]]
        questions = self.env["gorod24.question"].browse(ids)
        silent = partners - questions.partner_id
        self._log_seen(
            questions.appeal_id, silent.filtered(lambda one: not one.is_company)
        )
        return result

    def _log_seen(self, appeals, persons=()):
        """Note the appeals that the card shows, and the persons without any."""
        self.env["gorod24.appeal.view"]._log_card(appeals, persons)
