# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: has this been told already? Looked up while the citizen speaks."""

from odoo import api, models

from ..likeness import LIKE, likeness
from .gorod24_caller_card import _iso
from .gorod24_question_marks import UNFINISHED

SHOWN = 3
# The newest open questions of a house and of its street whose words are compared.
IN_HOUSE, IN_STREET = 40, 60


class CallerCardSimilar(models.AbstractModel):
    _inherit = "gorod24.caller.card"

    @api.model
    def similar(
        self,
        partner_id=None,
        topic_id=None,
        building_id=None,
        address_id=None,
        text="",
    ):
        """Return earlier questions that may be the same trouble.

        Every look-up is a few rows of an index, whatever the number of appeals.

        :return: dict(repeat, recurrence: one question or None; duplicates: the open
            ones that can be joined, the likeliest first, each with "why": "person",
            "house" or "words").
        """
        self._check_operator()
        Question = self.env["gorod24.question"]
        topic = self.env["helpdesk.ticket.category"].browse(topic_id or ())
        partner = self.env["res.partner"].browse(partner_id or ())
        building = self.env["gorod24.building"].browse(building_id or ()).exists()
        repeat = Question._find_repeat(partner, topic)
        recurrence = Question._find_recurrence(building, topic)
        street_id = building.street_id.id or address_id
        found = self._find_duplicates(partner, topic, building, street_id, text)
        found = found[:SHOWN]
        shown = repeat | recurrence | Question.union(*(one for one, _why in found))
        self._log_seen(shown.appeal_id)
        return {
            "repeat": self._similar_vals(repeat) if repeat else None,
            "recurrence": self._similar_vals(recurrence) if recurrence else None,
            "duplicates": [
                dict(self._similar_vals(question), why=why) for question, why in found
            ],
        }

    def _find_duplicates(self, partner, topic, building, street_id, text):
        """Return [(question, why)] of what is open now, the likeliest first."""
        mine = self._search_open("partner_id", partner.id, IN_HOUSE)
        here = self._search_open("building_id", building.id, IN_HOUSE)
        near = self._search_open("address_id", street_id, IN_STREET)
        found = {}
        for question in mine | here:
            if topic and question.topic_id == topic:
                found[question] = "person" if question in mine else "house"
        alike = [
            (likeness(text, question.text or ""), question)
            for question in mine | here | near
            if question not in found
        ]
        alike = [pair for pair in alike if pair[0] >= LIKE]
        for _score, question in sorted(alike, key=lambda pair: -pair[0]):
            found[question] = (
                "person"
                if question in mine
                else "house"
                if question in here
                else "words"
            )
        return list(found.items())

    def _search_open(self, field, value, limit):
        Question = self.env["gorod24.question"]
        if not value:
            return Question
        return Question.search_fetch(
            [(field, "=", value), ("state", "in", UNFINISHED)],
            ["text", "topic_id"],
            limit=limit,
        )

    def _similar_vals(self, question):
        """Return one earlier question as the card shows it."""
        return {
            "id": question.id,
            "appeal_id": question.appeal_id.id,
            "name": question.name,
            "topic": question.topic_id.name or "",
            "topic_id": question.topic_id.id,
            "text": question.text or "",
            "place": question.place,
            "date": _iso(question.registered_at or question.create_date),
            "closed_at": _iso(question.closed_at),
            "state": question.state,
            "state_label": self._label(question, "state"),
            "outcome_label": self._label(question, "outcome"),
            "participant": question.participant_id.name or "",
            "execution_due": _iso(question.execution_due),
            "can_join": question.state in UNFINISHED,
        }
