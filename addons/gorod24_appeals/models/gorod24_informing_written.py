# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: the result is told in writing by an operator himself: by post, by e-mail
from his own mailbox, or handed over. Nothing here is sent; it is noted and counts."""

from odoo import fields, models
from odoo.exceptions import UserError

from .gorod24_informing_attempt import WRITTEN


class Informing(models.Model):
    _inherit = "gorod24.informing"

    def action_told_in_writing(self, way, day, note=""):
        """Fulfil the duties by an answer in writing; the questions close.

        :param way: post, email or handed
        :param day: when the answer left, a day between the result and today
        :param note: the outgoing number, the address
        :raises UserError: saying what is wrong; nothing is noted then.
        """
        note, day = (note or "").strip(), fields.Date.to_date(day)
        if way not in dict(WRITTEN):
            raise UserError(self.env._("Choose how the answer was sent."))
        duties = self._lock_for_operator()
        self.env["gorod24.informing.lease"]._check_mine(
            list(filter(None, duties.mapped("phone_e164")))
        )
        duties._check_attempt("reached", "not_asked", note)
        for duty in duties:
            duty._check_written_day(day)
        for duty in duties:
            duty._told_in_writing(way, day, note)
        return True

    def _check_written_day(self, day):
        question = self.question_id
        first = question._get_service_day(question.done_at or self.create_date)
        today = question._get_service_day(fields.Datetime.now())
        if not day or not first <= day <= today:
            raise UserError(
                self.env._(
                    "The answer left between the day of the result (%(first)s) and"
                    " today.",
                    first=first.strftime("%d.%m.%Y"),
                )
            )

    def _told_in_writing(self, way, day, note):
        """An answer of an earlier day met the term on that day."""
        now, question = fields.Datetime.now(), self.question_id
        self.env["gorod24.informing.attempt"].create(
            {
                "informing_id": self.id,
                "at": now,
                "disposition": way,
                "note": ", ".join(filter(None, [day.strftime("%d.%m.%Y"), note])),
            }
        )
        self.write({"attempt_count": self.attempt_count + 1, "call_back_at": False})
        self._finish("done", now, satisfaction="not_asked")
        question.satisfaction = "not_asked"
        question._clock_stop("informing", min(now, question._get_day_end(day)))
        question._close(now)
