# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: the citizen says on the telephone that he need not be told of the result."""

from odoo import models


class AppealRegistrarFlow(models.AbstractModel):
    _inherit = "gorod24.appeal.registrar"

    def _prepare_appeal_vals(self, values, partner, number, points):
        for point in points:
            point["informing_declined"] = bool(values.get("informing_declined"))
        return super()._prepare_appeal_vals(values, partner, number, points)

    def _create_questions(self, appeal, points):
        questions = super()._create_questions(appeal, points)
        declined = [point.get("informing_declined") for point in points]
        if any(declined):
            questions._decline_informing(appeal.registered_at)
        return questions
