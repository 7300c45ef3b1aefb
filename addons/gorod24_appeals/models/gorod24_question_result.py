# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: the proof of the result, where the result is read and judged."""

from odoo import api, fields, models


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

    @api.depends("referral_ids.attachment_ids", "referral_ids.state", "period")
    def _compute_result_file_ids(self):
        for question in self:
            done = question.referral_ids.filtered(lambda one: one.state == "done")
            last = max(done.mapped("period"), default=0)
            question.result_file_ids = done.filtered(
                lambda one, period=last: one.period == period
            ).attachment_ids.sorted("id")
