# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: what the service owes this person, and how far his questions have come."""

from odoo import api, models

from ..finding import read
from .gorod24_caller_card import HISTORY_LIMIT, _iso
from .gorod24_question_marks import UNFINISHED
from .helpdesk_ticket import AUTHORS, KINDS

# Degree of completion of a question, in percent.
PROGRESS = {
    "draft": 0,
    "registered": 10,
    "sent": 30,
    "accepted": 55,
    "done": 80,
    "informing": 90,
    "closed": 100,
}


class CallerCardPerson(models.AbstractModel):
    _inherit = "gorod24.caller.card"

    @api.model
    def form_options(self):
        """Return the choices of the card: kinds, author types and channels."""
        self._check_operator()
        Ticket = self.env["helpdesk.ticket"]
        channels = self.env["helpdesk.ticket.channel"]._get_offered(self.env.lang)
        return {
            "kinds": self._choices(Ticket, "kind", KINDS),
            "author_types": self._choices(Ticket, "author_type", AUTHORS),
            "channels": [
                {"id": channel_id, "name": name, "starts_written": starts}
                for channel_id, name, starts in channels
            ],
        }

    def _choices(self, model, field, keys):
        labels = dict(model._fields[field]._description_selection(self.env))
        return [[key, labels[key]] for key, _label in keys]

    @api.model
    def find_organisations(self, text):
        """Return organisations by a part of the name: [dict(id, name)]."""
        self._check_operator()
        found = self.env["res.partner"].search_fetch(
            [("is_company", "=", True), ("name", "ilike", text)], ["name"], limit=8
        )
        return [{"id": partner.id, "name": partner.name} for partner in found]

    @api.model
    def find_persons(self, text):
        """Return known persons by words of a name or by phone: [dict(id, name, hint)].

        :param text: what the operator typed of the person the caller speaks for
        """
        self._check_operator()
        reading = read(text)
        if reading.digits:
            Phone = self.env["gorod24.phone"]
            phones = Phone._find(reading.text) or Phone._find_piece(reading.digits)
            persons, kind = phones.partner_id, "phone"
        elif reading.names:
            persons = self.env["res.partner"]._find_by_names(reading.names)
            kind = "person"
        else:
            return []
        persons = persons.filtered(lambda one: one.active and not one.is_company)
        views = self.env["gorod24.appeal.view"]
        views._log_list("card", {"res.partner": persons.ids}, kind)
        return [
            {"id": one.id, "name": one.name, "hint": self._person_hint(one)}
            for one in persons
        ]

    def _person_hint(self, partner):
        """What tells namesakes apart: where they live."""
        flat = partner.flat and self.env._("flat %(flat)s", flat=partner.flat)
        return ", ".join(filter(None, [partner.building_id.display_name, flat]))

    def _history_of(self, partners):
        """Add the promises; results of joined questions are told as well."""
        known = super()._history_of(partners)
        known["promises"] = self._promises_of(partners, known)
        return known

    def _find_to_inform(self, partners, open_ones):
        """All results due to these persons, whatever question they wait for."""
        return self.env["gorod24.informing"].search(
            [("partner_id", "in", partners.ids), ("state", "=", "due")],
            limit=HISTORY_LIMIT,
        )

    def _promises_of(self, partners, known):
        """Return what was promised and is not done yet, the nearest first.

        :return: [dict(kind: "visit", "call_back" or "result", at, question_id, name,
            topic, participant)].
        """
        ids = [item["id"] for item in known["open_questions"]]
        questions = self.env["gorod24.question"].browse(ids)
        promises = [
            self._promise_vals("visit", visit, question)
            for question in questions
            if (visit := question.referral_id.planned_at or question.visit_agreed_at)
        ]
        # Who waits for no visit was told by when the result comes.
        visited = {promise["question_id"] for promise in promises}
        promises += [
            self._promise_vals("result", question.execution_due, question)
            for question in questions
            if question.state in UNFINISHED
            and question.execution_due
            and question.id not in visited
        ]
        due = self.env["gorod24.informing"].browse(
            [item["id"] for item in known["to_inform"]]
        )
        promises += [
            self._promise_vals("call_back", one.call_back_at, one.question_id)
            for one in due
            if one.call_back_at
        ]
        return sorted(promises, key=lambda promise: promise["at"])

    def _promise_vals(self, kind, moment, question):
        return {
            "kind": kind,
            "at": _iso(moment),
            "question_id": question.id,
            "name": question.name,
            "topic": question.topic_id.name or "",
            "participant": question.participant_id.name or "",
        }

    def _history_vals(self, question):
        return dict(
            super()._history_vals(question),
            progress=PROGRESS.get(question.state, 0),
            repeated=question.repeated,
            joined_to=question.joined_to_id.name or "",
        )
