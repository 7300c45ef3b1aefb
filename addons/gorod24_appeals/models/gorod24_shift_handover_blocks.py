# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: what stands open when a shift ends. Every block is one indexed look-up for
its lines and one bounded count, whatever the number of appeals in the base."""

from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..phone_number import pretty
from .gorod24_question import TERMS, WORK_TERMS
from .gorod24_question_terms import TIMED

SHOWN = 30
COUNT_LIMIT = 1000
# The next shift works twelve hours, and hands over what ends an hour later.
AHEAD = timedelta(hours=13)


class Question(models.Model):
    _inherit = "gorod24.question"

    # "IS TRUE" as searches say it: the planner compares the conditions by their form.
    _emergency_idx = models.Index(
        "(execution_due) WHERE emergency IS TRUE AND state != 'closed'"
    )


class Referral(models.Model):
    _inherit = "gorod24.referral"

    _planned_idx = models.Index(
        "(planned_at) WHERE planned_at IS NOT NULL AND state IN ('sent', 'accepted')"
    )


class ShiftHandover(models.Model):
    _inherit = "gorod24.shift.handover"

    @api.model
    def _get_blocks(self):
        """Return the blocks of the page in their order. Hook of other addons.

        :return: list of dict(key, title, count, capped, rows, model, domain): a row is
            dict(id, model, number, title, place, who, moment, left_minutes, urgent,
            badge: the word for urgent, when it is not that of a question);
            ``domain`` opens the whole list in the browser.
        """
        now, tonight = fields.Datetime.now(), self._tonight()
        titles = self._get_block_titles()
        blocks = [
            self._work_block("emergency", self._emergency_domain()),
            self._question_block(
                "unaccepted",
                Domain("state", "=", "sent") & Domain("accept_due", "<", now),
                "accept_due",
            ),
            self._work_block("overdue", self._overdue_domain(now)),
            self._work_block("due_today", self._due_domain(now, tonight)),
            self._visit_block(tonight),
            self._promise_block(tonight),
            self._inform_block(tonight),
        ]
        return [{**block, "title": titles[block["key"]]} for block in blocks]

    @api.model
    def _get_block_titles(self):
        """Return {key: title} of all blocks, for the page and for the log. Hook."""
        return {
            "emergency": self.env._("Emergencies still open"),
            "unaccepted": self.env._("Not accepted in time"),
            "overdue": self.env._("Overdue work"),
            "due_today": self.env._("Work due soon"),
            "visits": self.env._("Visits planned soon and missed ones"),
            "promises": self.env._("Promised calls"),
            "inform": self.env._("To inform soon"),
        }

    @api.model
    def _tonight(self):
        """Return until when the page looks ahead, naive UTC.

        The end of the service's day; in the evening the morning, for the next shift.
        """
        today = self.env["gorod24.service.time"]._get_service_today()
        midnight = datetime.combine(today + timedelta(days=1), time())
        midnight = self.env["gorod24.informing"]._to_utc(midnight)
        return max(midnight, fields.Datetime.now() + AHEAD)

    @api.model
    def _emergency_domain(self):
        # "!=" as in the index: a list of states would not use it.
        return Domain("emergency", "=", True) & Domain("state", "!=", "closed")

    @api.model
    def _overdue_domain(self, now):
        """Whatever term of the work has passed; what is not accepted stands apart."""
        return self._working_domain(now) & Domain.OR(
            Domain(term, "<", now) for term in WORK_TERMS
        )

    @api.model
    def _due_domain(self, now, until):
        """A term of the work ends before a moment, and none has passed yet."""
        ends = [
            Domain(term, ">=", now) & Domain(term, "<", until) for term in WORK_TERMS
        ]
        lasts = [
            Domain(term, "=", False) | Domain(term, ">=", now) for term in WORK_TERMS
        ]
        return self._working_domain(now) & Domain.OR(ends) & Domain.AND(lasts)

    @api.model
    def _working_domain(self, now):
        """Questions whose work is timed, without those not accepted in time."""
        accepted = (
            Domain("state", "!=", "sent")
            | Domain("accept_due", "=", False)
            | Domain("accept_due", ">=", now)
        )
        return Domain("state", "in", TIMED) & accepted

    @api.model
    def _block(self, key, records, domain, rows):
        count = len(records)
        if count == SHOWN:
            count = records.search_count(domain, limit=COUNT_LIMIT)
        return {
            "key": key,
            "count": count,
            "capped": count >= COUNT_LIMIT,
            "rows": rows,
            "model": records._name,
            "domain": list(domain),
        }

    @api.model
    def _question_block(self, key, domain, due):
        questions = self.env["gorod24.question"].search(
            domain, limit=SHOWN, order=f"{due}, id"
        )
        rows = [self._question_row(question, question[due]) for question in questions]
        return self._block(key, questions, domain, rows)

    @api.model
    def _work_block(self, key, domain):
        """Questions by the term that runs now, whichever it is: the soonest first.

        No column has it, so as many are read as are counted, by their terms alone.
        """
        questions = self.env["gorod24.question"].search_fetch(
            domain, ["state", *TERMS], limit=COUNT_LIMIT, order="execution_due, id"
        )
        soonest = questions.sorted(lambda one: one._running_due() or datetime.max)
        rows = [
            self._question_row(question, question._running_due())
            for question in soonest[:SHOWN].with_prefetch()
        ]
        return self._block(key, questions, domain, rows)

    @api.model
    def _question_row(self, question, moment):
        return {
            "id": question.id,
            "model": "gorod24.question",
            "number": question.name,
            "title": question.topic_id.name or "",
            "place": question.place or "",
            "who": question.participant_id.name or "",
            "urgent": question.emergency,
            **self._when(moment),
        }

    @api.model
    def _when(self, moment):
        now = fields.Datetime.now()
        left = int((moment - now).total_seconds() // 60) if moment else False
        moment = f"{moment.isoformat(timespec='seconds')}Z" if moment else False
        return {"moment": moment, "left_minutes": left}

    @api.model
    def _visit_block(self, tonight):
        domain = Domain("planned_at", "<", tonight) & Domain(
            "state", "in", ("sent", "accepted")
        )
        referrals = self.env["gorod24.referral"].search(
            domain, limit=SHOWN, order="planned_at, id"
        )
        rows = [
            {
                **self._question_row(referral.question_id, referral.planned_at),
                "who": referral.participant_id.name,
            }
            for referral in referrals
        ]
        return self._block("visits", referrals, domain, rows)

    @api.model
    def _promise_block(self, tonight):
        """Citizens who were promised a call, whatever the day."""
        domain = Domain("state", "=", "due") & Domain("call_back_at", "<", tonight)
        return self._informing_block("promises", domain, "call_back_at")

    @api.model
    def _inform_block(self, tonight):
        domain = (
            Domain("state", "=", "due")
            & Domain("due", "<", tonight)
            & Domain("call_back_at", "=", False)
        )
        return self._informing_block("inform", domain, "due")

    @api.model
    def _informing_block(self, key, domain, due):
        duties = self.env["gorod24.informing"].search(
            domain, limit=SHOWN, order=f"{due}, id"
        )
        rows = [
            {
                **self._question_row(duty.question_id, duty[due]),
                "model": "gorod24.informing",
                "id": duty.id,
                "who": duty.partner_id.name or "",
                "place": pretty(duty.phone_e164) or "",
            }
            for duty in duties
        ]
        return self._block(key, duties, domain, rows)
