# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: appeals are looked up by what their questions hold."""

from odoo import api, fields, models
from odoo.fields import Domain

from .gorod24_question import OUTCOMES


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    search_words = fields.Char(
        "Words of the citizen",
        compute="_compute_search_fields",
        search="_search_search_words",
    )
    search_street = fields.Char(
        "Street", compute="_compute_search_fields", search="_search_search_street"
    )
    district_id = fields.Many2one(
        "gorod24.address",
        "District",
        compute="_compute_search_fields",
        search="_search_district_id",
    )
    participant_id = fields.Many2one(
        "res.partner",
        "Participant",
        compute="_compute_search_fields",
        search="_search_participant_id",
    )
    section_id = fields.Many2one(
        "gorod24.section",
        compute="_compute_search_fields",
        search="_search_section_id",
    )
    outcome = fields.Selection(
        OUTCOMES, compute="_compute_search_fields", search="_search_outcome"
    )

    @api.depends("question_ids")
    def _compute_search_fields(self):
        """Of the first question: the fields are for looking up, not for showing."""
        for appeal in self:
            question = appeal.question_ids[:1]
            appeal.search_words = question.text
            appeal.search_street = question.address_id.display_name
            appeal.district_id = question.district_id
            appeal.participant_id = question.participant_id
            appeal.section_id = question.section_id
            appeal.outcome = question.outcome

    def _search_search_words(self, operator, value):
        return self._search_in_questions("search_words", operator, value)

    def _search_search_street(self, operator, value):
        return self._search_in_questions("search_street", operator, value)

    def _search_district_id(self, operator, value):
        return self._search_in_questions("district_id", operator, value)

    def _search_participant_id(self, operator, value):
        return self._search_in_questions("participant_id", operator, value)

    def _search_section_id(self, operator, value):
        return self._search_in_questions("section_id", operator, value)

    def _search_outcome(self, operator, value):
        return self._search_in_questions("outcome", operator, value)

    def _search_in_questions(self, name, operator, value):
        """Appeals with such a question; what is negated is asked the other way."""
        if Domain(name, operator, value).is_false() or operator.startswith("not"):
            return NotImplemented
        return Domain("question_ids", "any", Domain(name, operator, value))
