# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: how one sending came about, in which part, how it ended, how long it was.

A referral is never overwritten: sent again, returned for rework or reopened, the
question gets a new one, which names the reason and the one before it.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..course import REFERRAL, find_fault

OPEN = ("sent", "accepted")
ROLES = [("main", "Responsible"), ("co", "Co-executor")]
WAYS = [
    ("first", "Sent"),
    ("next", "Next after a refusal"),
    ("resent", "Sent by the operator to another participant"),
    ("rework", "Returned for rework"),
    ("reopened", "Reopened"),
    ("co", "Asked to take part"),
]
ENDINGS = [
    ("resent", "Sent to another participant"),
    ("released", "No longer needed"),
    ("finished", "The responsible participant has reported"),
    ("withdrawn", "Withdrawn by the citizen"),
    ("closed", "The question is closed"),
]
MINUTE, HOUR, DAY = 60, 3600, 86400


class Referral(models.Model):
    _inherit = "gorod24.referral"

    role = fields.Selection(ROLES, "Part", required=True, default="main")
    way = fields.Selection(WAYS, "How it came", required=True, default="first")
    period = fields.Integer("Control period", default=1)
    reason = fields.Text("Why it was sent")
    previous_id = fields.Many2one(
        "gorod24.referral", "After", index="btree_not_null", ondelete="set null"
    )
    ending = fields.Selection(ENDINGS, "Why it ended")
    ended_at = fields.Datetime("Withdrawn at")
    ended_by_id = fields.Many2one("res.users", "Withdrawn by", ondelete="restrict")
    ending_note = fields.Char("Words at the end")
    held_seconds = fields.Integer(
        "Held, seconds",
        help="From the sending to the refusal, the result or the withdrawal.",
    )
    held_text = fields.Char("Held", compute="_compute_held_text")
    plan_ids = fields.One2many("gorod24.referral.plan", "referral_id", "Visits")

    @api.depends("state", "sent_at", "held_seconds")
    def _compute_held_text(self):
        for referral in self:
            referral.held_text = self._format_length(referral._get_held_seconds())

    def _get_held_seconds(self):
        """Seconds the participant has held the question, until now while it does."""
        self.ensure_one()
        if self.state in OPEN:
            return int((fields.Datetime.now() - self.sent_at).total_seconds())
        return self.held_seconds

    @api.model
    def _format_length(self, seconds):
        """Return «2 d 3 h», «3 h 5 min» or «5 min»."""
        days, rest = divmod(max(seconds, 0), DAY)
        hours, minutes = rest // HOUR, rest % HOUR // MINUTE
        if days:
            return self.env._("%(days)s d %(hours)s h", days=days, hours=hours)
        if hours:
            return self.env._(
                "%(hours)s h %(minutes)s min", hours=hours, minutes=minutes
            )
        return self.env._("%(minutes)s min", minutes=minutes)

    # States ----------------------------------------------------------------------

    def _move(self, to_state, moment, **vals):
        """Bring a referral to a state; at its end the time it was held is kept.

        :raises UserError: saying who has already finished it, and when.
        """
        self.ensure_one()
        if find_fault(REFERRAL, self.state, to_state):
            raise UserError(self._already_message())
        if not REFERRAL.get_next(to_state):
            length = int((moment - self.sent_at).total_seconds())
            vals["held_seconds"] = max(length, 0)
        self.write({**vals, "state": to_state})

    def _tell_question(self, what, moment):
        """Pass on what the participant did.

        Only the responsible one moves the question; a co-executor's work is noted.
        """
        self.ensure_one()
        question = self.question_id
        if self.role == "co":
            question._note_co(self, what, moment)
        elif what == "accepted":
            question._on_accepted(moment)
        elif what == "refused":
            question._on_refused(moment)
        else:
            question._on_done(moment, self.outcome_claimed, self.result_text)

    def _add_plan(self, planned_at, note):
        """Plan a visit; the visits promised before stay in the history."""
        self.ensure_one()
        plans = self.env["gorod24.referral.plan"]
        plans.create(
            {
                "referral_id": self.id,
                "planned_at": planned_at,
                "note": note,
                "author_id": self.env.uid,
            }
        )
        self.write({"planned_at": planned_at, "visit_note": note})
        local = self.env["gorod24.clock"]._to_local(planned_at)
        words = [local.strftime("%d.%m.%Y %H:%M"), self.participant_id.name, note]
        self.question_id._log_events("planned", " · ".join(filter(None, words)))

    def _withdraw(self, ending, moment=None, note=""):
        """End the open ones without a result, and tell the participants.

        :param ending: one of ENDINGS
        """
        moment = moment or fields.Datetime.now()
        still_open = self.filtered(lambda referral: referral.state in OPEN)
        for referral in still_open:
            referral._move(
                "withdrawn",
                moment,
                ending=ending,
                ended_at=moment,
                ended_by_id=self.env.uid,
                ending_note=note or False,
            )
        still_open._notify_withdrawn()
        return still_open

    def _notify_withdrawn(self):
        """Hook: nothing more is expected. The portal sends a letter."""

    def action_release(self, reason=""):
        """Let a co-executor go: its part is no longer needed.

        :raises UserError: for the responsible one: the question is sent to another.
        """
        self.question_id._check_operator()
        for referral in self._lock_for_work():
            if referral.role != "co":
                raise UserError(
                    self.env._(
                        "The responsible participant is replaced, not released: send "
                        "the question to another one."
                    )
                )
            referral._check_open()
            referral._withdraw("released", note=(reason or "").strip())
            referral.question_id._note_co(referral, "released", fields.Datetime.now())
        return True
