# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: the proof of the result, where the result is read and judged."""

from odoo import api, fields, models

from .gorod24_question_marks import UNFINISHED


class Question(models.Model):
    _inherit = "gorod24.question"

    result_file_ids = fields.Many2many(
        "ir.attachment",
        string="Photos and files",
        compute="_compute_result_file_ids",
        help="What the participants have attached to the result of the last period.",
    )

    def _get_told(self):
        """The question whose result the citizen of this one is told."""
        self.ensure_one()
        return self.joined_to_id if self._is_joined() else self

    def _get_state_to_citizen(self):
        """How far the question is for its citizen: closed in the books, it may still
        be awaited, or its result may still have to be told.

        :return: a state; "informing" while somebody is to call him
        """
        self.ensure_one()
        if self.state != "closed":
            return self.state
        duties = self._get_duties()
        if "due" in duties.mapped("state"):
            return "informing"
        return self._get_awaited_state() if self._is_joined() else "closed"

    def _get_awaited_state(self):
        """How far that is what a joined question waits for. Hook.

        Who was told, or need not be, waits no longer than the work goes on.
        """
        main = self.joined_to_id
        at_work = main.state in UNFINISHED
        return main.state if at_work or not self._is_told() else "closed"

    @api.depends("referral_ids.attachment_ids", "referral_ids.state", "period")
    def _compute_result_file_ids(self):
        for question in self:
            done = question.referral_ids.filtered(lambda one: one.state == "done")
            last = max(done.mapped("period"), default=0)
            question.result_file_ids = done.filtered(
                lambda one, period=last: one.period == period
            ).attachment_ids.sorted("id")
