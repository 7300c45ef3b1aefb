# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: the question as a line of the journal of the hotline."""

from odoo import fields, models


class Question(models.Model):
    _name = "gorod24.question"
    _inherit = ["gorod24.question", "gorod24.journal.mixin"]

    author_type = fields.Selection(related="appeal_id.author_type")
    repeated = fields.Boolean(related="appeal_id.repeated")

    def _journal_depends(self):
        return [
            "text",
            "topic_id",
            "place",
            "partner_id",
            "phone_e164",
            "participant_id",
            "section_id",
            "person_id",
            "emergency",
            "outcome",
            "result_text",
        ]

    def _journal_own_fields(self):
        return ["registered_at", "outcome", "result_text"]

    def _journal_note_parts(self):
        outcomes = dict(self._fields["outcome"]._description_selection(self.env))
        return [outcomes.get(self.outcome), self.result_text]
