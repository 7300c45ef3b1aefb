# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: a question outside the participants' competence goes to another body.

Source: 59-FZ, article 8, part 3: within seven days, and the citizen is told.
"""

from odoo import fields, models
from odoo.exceptions import UserError

from .gorod24_question import AT_WORK
from .gorod24_question_terms import BY_HAND


class QuestionForward(models.Model):
    _inherit = "gorod24.question"

    forwarding_ids = fields.One2many(
        "gorod24.question.forwarding", "question_id", "Forwarded outside"
    )

    def action_forward_outside(
        self,
        addressee,
        forwarded_on,
        addressee_id=False,
        number=False,
        note=False,
        notice_date=False,
    ):
        """Forward the question to a body outside and stop its terms.

        :param addressee: name of the body as it stands in the letter
        :param forwarded_on: local date of the letter; the term to forward ends then
        :param notice_date: when the citizen was told; without it the question goes
            to those to be informed
        :raises UserError: when it is finished, or a date or the addressee is wrong
        """
        self.ensure_one()
        question = self._lock_for_terms()
        question._check_may_forward()
        day = fields.Date.to_date(forwarded_on)
        notice = fields.Date.to_date(notice_date)
        question._check_forward_days(day, notice)
        if not (addressee or "").strip():
            raise UserError(self.env._("Write to whom the question is forwarded."))
        # sudo: nobody writes forwardings but by this door
        forwarding = (
            self.env["gorod24.question.forwarding"]
            .sudo()
            .create(
                {
                    "question_id": question.id,
                    "addressee": addressee.strip(),
                    "addressee_id": addressee_id,
                    "forwarded_on": day,
                    "number": (number or "").strip() or False,
                    "note": (note or "").strip() or False,
                    "notice_date": notice,
                }
            )
        )
        question._forward(forwarding)
        return True

    def _check_may_forward(self):
        if self.state not in ("registered", *AT_WORK):
            raise UserError(
                self.env._(
                    "Question %(name)s is not at work any more: it cannot be"
                    " forwarded.",
                    name=self.name,
                )
            )

    def _check_forward_days(self, day, notice):
        today = self._get_service_day(fields.Datetime.now())
        first = self._get_service_day(self.registered_at or fields.Datetime.now())
        if not day or not first <= day <= today:
            raise UserError(
                self.env._(
                    "The date of the letter lies between the registration"
                    " (%(first)s) and today.",
                    first=first.strftime("%d.%m.%Y"),
                )
            )
        if notice and not first <= notice <= today:
            raise UserError(
                self.env._("The citizen cannot have been told on such a day.")
            )

    def _forward(self, forwarding):
        now = fields.Datetime.now()
        # the letter of an earlier day met the term on that day
        moment = min(now, self._get_day_end(forwarding.forwarded_on))
        text = self._get_forward_text(forwarding)
        self._log_events("note", " ".join(filter(None, [text, forwarding.note])))
        self._clock_stop_kinds(("forwarding", "acceptance", "execution"), moment)
        reachable = self.phone_e164 or self._is_told_by_letter_only()
        if forwarding.notice_date or not reachable:
            self._close(now, outcome="forwarded_outside", result_text=text)
            return
        self._withdraw_referrals(now)
        self._clock_stop_kinds(BY_HAND, moment)
        self.write(
            {
                "outcome": "forwarded_outside",
                "result_text": text,
                "decision_since": False,
                "decision_reason": False,
            }
        )
        self._start_informing(now)

    def _withdraw_referrals(self, moment):
        """The participants learn that nothing more is expected of them."""
        still_open = self.referral_ids.filtered(lambda one: one.state in AT_WORK)
        if still_open:
            still_open._withdraw("closed", moment)

    def _get_forward_text(self, forwarding):
        """What the citizen is told."""
        known = {
            "body": forwarding.addressee,
            "day": forwarding.forwarded_on.strftime("%d.%m.%Y"),
        }
        if forwarding.number:
            return self.env._(
                "Forwarded to %(body)s on %(day)s, No. %(number)s.",
                number=forwarding.number,
                **known,
            )
        return self.env._("Forwarded to %(body)s on %(day)s.", **known)
