# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.exceptions import UserError

from .gorod24_question import AT_WORK

KIND = "papers"
MAX_WORDS = 500


class PaperRequest(models.Model):
    """Papers asked of another body: 59-FZ, article 10, part 2 gives it 15 days.

    The citizen's own term does not move by it: whoever needs more time extends that
    term by its own rule.
    """

    _name = "gorod24.paper.request"
    _description = "Request for papers of another body"
    _inherit = ["gorod24.escalation.mixin"]
    _order = "id desc"
    _rec_name = "addressee"

    question_id = fields.Many2one(
        "gorod24.question", required=True, index=True, ondelete="cascade"
    )
    addressee = fields.Char("Asked of", required=True)
    subject = fields.Text("What papers", required=True)
    number = fields.Char("Number of the request")
    requested_on = fields.Date("Asked on", required=True)
    author_id = fields.Many2one("res.users", "Asked by", ondelete="restrict")
    due = fields.Datetime("Expected before")
    state = fields.Selection(
        [
            ("waiting", "Waited for"),
            ("received", "Received"),
            ("cancelled", "Not needed any more"),
        ],
        required=True,
        default="waiting",
    )
    ended_at = fields.Datetime("Received or cancelled")
    ended_by_id = fields.Many2one("res.users", "Noted by", ondelete="restrict")

    def action_received(self):
        """Note that the papers came; their term ends.

        :raises UserError: when they are not waited for any more
        """
        for request in self._lock_for_operator():
            request._end("received")
            words = self.env._("Papers received: %(who)s", who=request.addressee)
            request.question_id._log_events("note", words)
        return True

    def action_cancel(self):
        """The papers are not needed any more."""
        for request in self._lock_for_operator():
            request._end("cancelled")
            words = self.env._(
                "Papers not needed any more: %(who)s", who=request.addressee
            )
            request.question_id._log_events("note", words)
        return True

    def _lock_for_operator(self):
        self.check_access("read")
        self.question_id._lock_for_control()
        # sudo: operators hold no bare right to write; this is the door
        requests = self.sudo()
        if any(request.state != "waiting" for request in requests):
            raise UserError(self.env._("These papers are not waited for any more."))
        return requests

    def _end(self, state):
        now = fields.Datetime.now()
        for clock in self._clock_stop(KIND, now).sudo():
            if state == "cancelled" and clock.outcome == "met":
                reason = self.env._("Not needed any more")
                clock.write({"outcome": "excused", "excuse": reason})
        self.write({"state": state, "ended_at": now, "ended_by_id": self.env.uid})

    def _find_clock_rule(self, kind, regime, start):
        return self.question_id._find_clock_rule(kind, regime, start)

    def _clock_changed(self, kind, clocks):
        result = super()._clock_changed(kind, clocks)
        for request, clock in zip(self, clocks, strict=True):
            request.due = clock.target
        return result

    def _get_escalation_readers(self, role):
        """Whoever asked for them asks again; the supervisors as everywhere."""
        readers = super()._get_escalation_readers(role)
        for request in self.filtered("author_id.active"):
            own = {*readers[request.id], request.author_id.id}
            readers[request.id] = sorted(own)
        return readers

    def _escalation_parts(self):
        self.ensure_one()
        return [self.question_id.name, self.addressee]


class Question(models.Model):
    _inherit = "gorod24.question"

    paper_request_ids = fields.One2many(
        "gorod24.paper.request", "question_id", "Requests for papers"
    )

    def action_request_papers(self, addressee, subject, day=False, number=""):
        """Note that papers were asked of another body; their term runs from that day.

        :param day: when the request left, today by default
        :return: the request; without a term where the regime gives none
        :raises UserError: without an addressee or words, for a senseless day, or when
            the question is not worked any more
        """
        self.ensure_one()
        referrals = self.env["gorod24.referral"]
        for words in (addressee, subject, number):
            referrals._check_words(words, MAX_WORDS)
        addressee, subject = (addressee or "").strip(), (subject or "").strip()
        if not addressee or not subject:
            raise UserError(self.env._("Write whom you asked and for what papers."))
        question = self._lock_for_control()
        if question.state not in ("registered", *AT_WORK):
            raise UserError(
                self.env._("The question is not worked any more: nothing is asked.")
            )
        day = question._check_request_day(fields.Date.to_date(day))
        request = self.env["gorod24.paper.request"].sudo()
        request = request.create(
            {
                "question_id": question.id,
                "addressee": addressee,
                "subject": subject,
                "number": (number or "").strip() or False,
                "requested_on": day,
                "author_id": self.env.uid,
            }
        )
        begin = min(question._get_day_end(day), fields.Datetime.now())
        request._clock_start(KIND, question.regime_id, begin)
        until = request.due and question._term_moment(request.due)
        note = self.env._("Papers asked of %(who)s", who=addressee)
        if until:
            note = self.env._("%(what)s, expected before %(day)s", what=note, day=until)
        question._log_events("note", note)
        return request.sudo(False)

    def _check_request_day(self, day):
        """Return the day, today for none; UserError when it cannot be."""
        today = self._get_service_day(fields.Datetime.now())
        first = self._get_service_day(self.registered_at or self.create_date)
        if day and not first <= day <= today:
            raise UserError(
                self.env._(
                    "The request left between the registration (%(first)s) and today.",
                    first=first.strftime("%d.%m.%Y"),
                )
            )
        return day or today

    def _close(self, moment=None, *args, **vals):
        """Nothing is waited for when the question is closed."""
        result = super()._close(moment, *args, **vals)
        # sudo: as the closing itself
        waiting = self.sudo().paper_request_ids
        for request in waiting.filtered(lambda one: one.state == "waiting"):
            request._end("cancelled")
        return result
