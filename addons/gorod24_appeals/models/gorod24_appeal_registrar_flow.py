# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: where a new appeal begins its way.

It begins in the first stage; the citizen may say on the telephone that he need not be
told of the result.
"""

from odoo import models


class AppealRegistrarFlow(models.AbstractModel):
    _inherit = "gorod24.appeal.registrar"

    def _prepare_appeal_vals(self, values, partner, number, points):
        for point in points:
            point["informing_declined"] = bool(values.get("informing_declined"))
        vals = super()._prepare_appeal_vals(values, partner, number, points)
        # Named at once: the base would look the stages of the team through for it.
        stage_id = self.env["helpdesk.ticket"]._get_stage_id("registered")
        return dict(vals, stage_id=stage_id) if stage_id else vals

    def _create_questions(self, appeal, points):
        questions = super()._create_questions(appeal, points)
        declined = [point.get("informing_declined") for point in points]
        if any(declined):
            questions._decline_informing(appeal.registered_at)
        return questions
