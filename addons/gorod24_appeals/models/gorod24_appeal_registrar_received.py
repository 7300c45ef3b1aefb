# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: the term an appeal has to be registered in.

59-FZ, article 8, part 2: within three days from the receipt. A caller is registered
while he speaks; a letter, or what a paper blank says, came earlier than it was entered.
The term runs from the receipt to the entry, so a letter that lay too long is seen.
"""

from datetime import UTC, timedelta

from odoo import fields, models

from .gorod24_appeal_registrar import CardError

KIND = "registration"
# Clocks on the wall and in the computer differ a little.
LATENESS = timedelta(minutes=5)
LONGEST = timedelta(days=366)


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    received_at = fields.Datetime(
        "Received",
        readonly=True,
        copy=False,
        help="When a letter came, if it was registered later.",
    )

    def _get_receipt(self):
        """Return (moment of the receipt, moment of the entry), UTC.

        A paper blank is registered by the conversation and entered later.
        """
        self.ensure_one()
        registered = self.registered_at or self.create_date
        entered = self.entered_at or registered
        return min(self.received_at or registered, entered), entered


class Question(models.Model):
    _inherit = "gorod24.question"

    def _note_registration(self):
        """Time the registration where the regime does: from receipt to entry."""
        clocks = self.env["gorod24.clock"]
        specs = []
        for question in self:
            received, _entered = question.appeal_id._get_receipt()
            if clocks._find_rule(question.regime_id, KIND, received):
                specs.append((question, KIND, question.regime_id, received))
        if not specs:
            return
        known = set(self._clock_find(KIND, []).mapped("res_id"))
        specs = [spec for spec in specs if spec[0].id not in known]
        for clock in self._clock_start_many(specs):
            question = self.browse(clock.res_id)
            question._clock_stop(KIND, question.appeal_id._get_receipt()[1])

    def _convert(self, regime):
        """A converted call was registered while the citizen spoke."""
        result = super()._convert(regime)
        self.filtered(lambda one: one.regime_id == regime)._note_registration()
        return result

    def _set_topic(self, topic):
        """Another topic may bring the regime of written appeals."""
        result = super()._set_topic(topic)
        self._note_registration()
        return result


class AppealRegistrar(models.AbstractModel):
    _inherit = "gorod24.appeal.registrar"

    def _check(self, values, questions):
        result = super()._check(values, questions)
        values["received"] = self._read_received(values.get("received_at"))
        return result

    def _read_received(self, raw):
        """Return the moment of the receipt (naive UTC), False when none is told.

        :raises CardError: when it is no moment, in the future or too long ago
        """
        if not raw:
            return False
        try:
            moment = fields.Datetime.to_datetime(raw)
        except (TypeError, ValueError):
            moment = None
        if moment and moment.tzinfo:
            moment = moment.astimezone(UTC).replace(tzinfo=None)
        now = fields.Datetime.now()
        if not moment or not now - LONGEST <= moment <= now + LATENESS:
            raise CardError(
                self.env._(
                    "Received: a moment of the past, a year back at most. Check the"
                    " date on the letter."
                ),
                "received",
            )
        return min(moment, now)

    def _prepare_appeal_vals(self, values, partner, number, points):
        vals = super()._prepare_appeal_vals(values, partner, number, points)
        # A blank has a moment of its own: the conversation.
        received = values.get("received")
        if received and not values.get("blank"):
            vals["received_at"] = received
        return vals

    def _create_questions(self, appeal, points):
        questions = super()._create_questions(appeal, points)
        questions._note_registration()
        return questions
