# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: the referral as a line of the journal of a section and of a service."""

from odoo import api, fields, models
from odoo.fields import Domain


class Referral(models.Model):
    _name = "gorod24.referral"
    _inherit = ["gorod24.referral", "gorod24.journal.mixin"]

    search_words = fields.Char(
        "Words of the citizen",
        compute="_compute_search_words",
        search="_search_search_words",
    )
    # Looked up in the question, as in the journal of the hotline.
    search_phone = fields.Char(
        related="question_id.search_phone", search="_search_search_phone"
    )
    search_street = fields.Char(
        related="question_id.search_street", search="_search_search_street"
    )
    partner_id = fields.Many2one(related="question_id.partner_id")
    building_id = fields.Many2one(related="question_id.building_id")
    district_id = fields.Many2one(related="question_id.district_id")
    operator_id = fields.Many2one(related="question_id.operator_id")
    repeated = fields.Boolean(related="question_id.repeated")
    recurrence = fields.Boolean(related="question_id.recurrence")

    # The whole journal of a section and of a service, newest first.
    _section_all_idx = models.Index("(section_id, id DESC)")
    _participant_all_idx = models.Index("(participant_id, id DESC)")
    # "Today" and a period of the journal.
    _sent_at_idx = models.Index("(sent_at) INCLUDE (section_id, participant_id, state)")
    # What is done, the latest first.
    _section_done_idx = models.Index(
        "(section_id, done_at DESC, id DESC) WHERE state = 'done'"
    )
    _participant_done_idx = models.Index(
        "(participant_id, done_at DESC, id DESC) WHERE state = 'done'"
    )
    # Live figures: read from the index alone, of what is open only.
    _section_sent_idx = models.Index(
        "(section_id) INCLUDE (accept_due, execution_due, restore_due, localise_due)"
        " WHERE state = 'sent'"
    )
    _section_accepted_idx = models.Index(
        "(section_id) INCLUDE (execution_due, restore_due, localise_due)"
        " WHERE state = 'accepted'"
    )
    _participant_open_idx = models.Index(
        "(participant_id, state)"
        " INCLUDE (accept_due, execution_due, restore_due, localise_due)"
        " WHERE state IN ('sent', 'accepted')"
    )

    @api.depends("question_id.text")
    def _compute_search_words(self):
        for referral in self:
            referral.search_words = referral.question_id.text

    @api.model
    def _search_search_words(self, operator, value):
        if operator not in ("ilike", "=") or not isinstance(value, str):
            return NotImplemented
        return Domain("question_id", "any", [("search_words", operator, value)])

    @api.model
    def _search_search_phone(self, operator, value):
        if operator not in ("ilike", "=") or not isinstance(value, str):
            return NotImplemented
        return Domain("question_id", "any", [("search_phone", operator, value)])

    @api.model
    def _search_search_street(self, operator, value):
        if operator not in ("ilike", "=") or not isinstance(value, str):
            return NotImplemented
        return Domain("question_id", "any", [("search_street", operator, value)])

    def _journal_depends(self):
        return [
            "question_id.text",
            "question_id.topic_id",
            "question_id.place",
            "question_id.partner_id",
            "question_id.phone_e164",
            "question_id.emergency",
            "participant_id",
            "section_id",
            "person_id",
            "result_text",
            "refusal_reason",
            "visit_note",
        ]

    def _journal_own_fields(self):
        return [
            "question_id",
            "sent_at",
            "outcome_claimed",
            "result_text",
            "refusal_reason",
            "visit_note",
        ]

    def _journal_question(self):
        return self.question_id

    def _journal_moment(self):
        return self.sent_at

    def _journal_note_parts(self):
        outcomes = dict(
            self._fields["outcome_claimed"]._description_selection(self.env)
        )
        refused = self.refusal_reason and self.env._(
            "Refused: %(reason)s", reason=self.refusal_reason
        )
        return [
            outcomes.get(self.outcome_claimed),
            self.result_text or refused or self.visit_note,
        ]
