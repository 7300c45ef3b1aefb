# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ..models.gorod24_bulk_job import WORKS
from ..models.gorod24_referral import RESULTS


class BulkStart(models.TransientModel):
    """One dialog for many chosen questions: what to do with all of them."""

    _name = "gorod24.bulk.start"
    _description = "Work on the chosen questions"

    question_ids = fields.Many2many("gorod24.question", string="Questions")
    question_count = fields.Integer(compute="_compute_summary")
    summary = fields.Char(compute="_compute_summary")
    work = fields.Selection(WORKS, "What to do", required=True, default="result")
    outcome = fields.Selection(RESULTS)
    result_text = fields.Text("What was done")
    attachment_ids = fields.Many2many("ir.attachment", string="Photos and files")
    participant_id = fields.Many2one(
        "res.partner",
        "Participant",
        domain="[('is_participant', '=', True)]",
        ondelete="cascade",
    )
    section_id = fields.Many2one(
        "gorod24.section",
        domain="[('participant_id', '=', participant_id)]",
        ondelete="cascade",
    )
    leading_id = fields.Many2one(
        "gorod24.question", "Leading question", ondelete="cascade"
    )
    reason = fields.Text()

    @api.model
    def default_get(self, fields_list):
        vals = super().default_get(fields_list)
        if self.env.context.get("active_model") == "gorod24.question":
            vals["question_ids"] = [(6, 0, self.env.context.get("active_ids", []))]
        return vals

    @api.depends("question_ids")
    def _compute_summary(self):
        """What the chosen ones have in common: the operator sees what he is about."""
        for wizard in self:
            questions = wizard.question_ids
            common = [
                records.display_name
                for records in (
                    questions.participant_id,
                    questions.topic_id,
                    questions.building_id,
                )
                if len(records) == 1
            ]
            wizard.question_count = len(questions)
            wizard.summary = " · ".join(common)

    @api.onchange("participant_id")
    def _onchange_participant_id(self):
        if self.section_id.participant_id != self.participant_id:
            section = self.participant_id and self.participant_id._get_default_section()
            self.section_id = section

    def action_start(self):
        """Start the job and show how it goes."""
        self.ensure_one()
        names = {
            "result": ("outcome", "result_text"),
            "resend": ("participant_id", "section_id", "reason"),
            "join": ("leading_id", "reason"),
        }[self.work]
        vals = {
            name: self[name].id if self._fields[name].relational else self[name]
            for name in names
        }
        if self.work == "result":
            vals["attachment_ids"] = self.attachment_ids.ids
        questions = self.question_ids
        if self.work == "join":
            # the main one is often ticked together with the others
            questions -= self.leading_id
        job = self.env["gorod24.bulk.job"]._start(self.work, questions, **vals)
        return {
            "type": "ir.actions.act_window",
            "res_model": job._name,
            "res_id": job.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
