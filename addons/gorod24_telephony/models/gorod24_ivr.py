# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.gorod24_appeals.models.gorod24_question import OPEN

LIMIT = 20


class Ivr(models.AbstractModel):
    """What a voice menu may know of a caller before an operator is chosen.

    A handful of indexed look-ups, and nothing about a person: no name, no address, no
    text of an appeal leaves this door. Runs as superuser, behind a source's token.
    """

    _name = "gorod24.ivr"
    _description = "Look-up for the voice menu"

    @api.model
    def _look_up(self, number, appeal_number=""):
        """Return dict(known, priority, notice, open_appeals, appeal).

        :param number: the caller's number as the exchange has it.
        :param appeal_number: digits of an appeal the caller typed; told only when the
            appeal is his.
        """
        answer = self._nothing()
        phones = self.env["gorod24.phone"]._find(number)
        persons = phones.partner_id.filtered("active")
        if not persons:
            return answer
        questions = self.env["gorod24.question"].search(
            [("partner_id", "in", persons.ids), ("state", "in", OPEN)], limit=LIMIT
        )
        urgent = any(
            question.emergency or question.is_overdue for question in questions
        )
        buildings = persons.building_id
        return dict(
            answer,
            known=True,
            priority="high" if urgent else "normal",
            notice=self._notice(buildings) if len(buildings) == 1 else "",
            open_appeals=len(questions.appeal_id),
            appeal=self._appeal(questions, persons, appeal_number),
        )

    @api.model
    def _nothing(self):
        """The answer about somebody unknown; also when anything goes wrong."""
        return {
            **self._hours(),
            "known": False,
            "priority": "normal",
            "notice": "",
            "open_appeals": 0,
            "appeal": None,
        }

    @api.model
    def _hours(self):
        """Whether the hotline works, when it opens, and the hours to read aloud.

        :return: dict(open, opens_at, hours): ``opens_at`` with the offset of the
            service's zone, None while open; ``hours`` is "" round the clock
        """
        hours = self.env["gorod24.hotline.hours"]
        now = fields.Datetime.now()
        opening = hours._next_open(now)
        return {
            "open": opening <= now,
            "opens_at": None if opening <= now else hours._to_iso(opening),
            "hours": hours._get_words(),
        }

    @api.model
    def _notice(self, building):
        """Return one sentence to be read aloud about the house, or "". Hook."""
        return ""

    def _appeal(self, questions, persons, appeal_number):
        """State of the appeal asked for, or of the only open one, else None."""
        wanted = "".join(filter(str.isdigit, appeal_number or "")).lstrip("0")
        appeals = questions.appeal_id
        if wanted:
            appeals = self._find_appeal(persons, wanted)
        if len(appeals) != 1:
            return None
        points = self.env["gorod24.question"].search(
            [("appeal_id", "=", appeals.id)], limit=LIMIT
        )
        states = [question._get_state_to_citizen() for question in points]
        return {"number": appeals.number, "sentence": self._sentence(states)}

    def _find_appeal(self, persons, digits):
        """His appeal with these digits, of years ago too: one row by the index of his.

        :param digits: of the whole number, leading zeros left out
        """
        self.env["helpdesk.ticket"].flush_model(["number", "partner_id", "active"])
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM helpdesk_ticket WHERE partner_id = ANY(%s) AND active"
                " AND ltrim(regexp_replace(number, '[^0-9]', '', 'g'), '0') = %s"
                " ORDER BY id DESC LIMIT 1",
                persons.ids,
                digits,
            )
        )
        return self.env["helpdesk.ticket"].browse(row[0] for row in rows)

    def _sentence(self, states):
        """Return the state of an appeal as the voice menu reads it."""
        if states and all(state == "closed" for state in states):
            return self.env._("Your appeal is closed.")
        if "informing" in states or "done" in states:
            return self.env._("There is an answer to your appeal, we shall call you.")
        if "accepted" in states:
            return self.env._("Your appeal is being worked on.")
        return self.env._("Your appeal is registered and passed to those responsible.")
