# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .gorod24_question import WORK_TERMS
from .locking import busy_in_words

STATES = [
    ("sent", "New"),
    ("accepted", "At work"),
    ("refused", "Refused"),
    ("done", "Done"),
    ("withdrawn", "Withdrawn"),
]
# "Fixed" is never merged with "explained": only the first says the problem is gone.
RESULTS = [
    ("fixed", "Fixed, measures taken"),
    ("explained", "Explained"),
    ("supported", "Supported, measures planned"),
    ("not_supported", "Not supported"),
]


class Referral(models.Model):
    """One sending of a question to a participant: who held it, how long, what came."""

    _name = "gorod24.referral"
    _description = "Referral of a question to a participant"
    _order = "id desc"

    question_id = fields.Many2one(
        "gorod24.question", required=True, index=True, ondelete="restrict"
    )
    appeal_id = fields.Many2one(
        "helpdesk.ticket", "Appeal", required=True, index=True, ondelete="restrict"
    )
    participant_id = fields.Many2one(
        "res.partner", "Participant", required=True, ondelete="restrict"
    )
    section_id = fields.Many2one("gorod24.section", ondelete="restrict")
    person_id = fields.Many2one(
        "res.partner", "Responsible person", ondelete="restrict"
    )
    state = fields.Selection(STATES, required=True, default="sent")
    sent_at = fields.Datetime(required=True, default=fields.Datetime.now)
    accept_due = fields.Datetime("Accept before")
    execution_due = fields.Datetime("Execute before")
    accepted_at = fields.Datetime()
    accepted_by_id = fields.Many2one("res.users", "Accepted by", ondelete="restrict")
    planned_at = fields.Datetime("Visit planned for")
    visit_note = fields.Char()
    refused_at = fields.Datetime()
    refused_by_id = fields.Many2one("res.users", "Refused by", ondelete="restrict")
    refusal_reason = fields.Text()
    done_at = fields.Datetime()
    done_by_id = fields.Many2one("res.users", "Reported by", ondelete="restrict")
    outcome_claimed = fields.Selection(RESULTS, "Reported outcome")
    result_text = fields.Text("Result")
    attachment_ids = fields.Many2many("ir.attachment", string="Photos and files")
    cost = fields.Float("Cost, rub.", digits=(12, 2))
    emergency = fields.Boolean(related="question_id.emergency")
    paid = fields.Boolean(related="question_id.paid")
    topic_id = fields.Many2one(related="question_id.topic_id")
    text = fields.Text(related="question_id.text")
    place = fields.Char(related="question_id.place")
    is_overdue = fields.Boolean(
        "Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )

    # Journal of a section, open first; control of terms.
    _section_idx = models.Index("(section_id, state, id DESC)")
    _participant_idx = models.Index("(participant_id, state, id DESC)")
    _due_idx = models.Index("(execution_due) WHERE state IN ('sent', 'accepted')")

    @api.depends("question_id.name")
    def _compute_display_name(self):
        for referral in self:
            referral.display_name = referral.question_id.name

    @api.depends("state", "accept_due", *WORK_TERMS)
    def _compute_is_overdue(self):
        now = fields.Datetime.now()
        for referral in self:
            due = referral._running_due()
            referral.is_overdue = bool(due and due < now)

    def _running_due(self):
        """Return the term the participant has to keep next (UTC) or False."""
        self.ensure_one()
        terms = []
        if self.state in ("sent", "accepted"):
            terms = [self[term] for term in WORK_TERMS]
        if self.state == "sent":
            terms.append(self.accept_due)
        return min(filter(None, terms), default=False)

    @api.model
    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()
        unaccepted = Domain("state", "=", "sent") & Domain("accept_due", "<", now)
        late = Domain.OR(Domain(term, "<", now) for term in WORK_TERMS)
        undone = Domain("state", "in", ("sent", "accepted")) & late
        return unaccepted | undone

    @api.model
    def _get_notified_vals(self):
        """Return what a referral carries that `_notify_sent` will tell of. Hook."""
        return {}

    def _notify_sent(self):
        """Hook: the participant has new referrals. The portal sends a letter."""

    # Work of the participant ---------------------------------------------------

    def action_accept(self):
        """Take the referrals to work.

        :raises UserError: when somebody did it before or the referral is finished.
        """
        for referral in self._lock_for_work():
            now = fields.Datetime.now()
            referral._move(
                "accepted", now, accepted_at=now, accepted_by_id=self.env.uid
            )
            referral._tell_question("accepted", now)
        return True

    def action_refuse(self, reason):
        """Give the referrals back to the operator with a reason.

        :raises UserError: without a reason, or when the referral is finished.
        """
        if not (reason or "").strip():
            raise UserError(self.env._("Write why you refuse the request."))
        for referral in self._lock_for_work():
            now = fields.Datetime.now()
            referral._move(
                "refused",
                now,
                refused_at=now,
                refused_by_id=self.env.uid,
                refusal_reason=reason.strip(),
            )
            referral._tell_question("refused", now)
        return True

    def action_plan(self, planned_at, note=False):
        """Set the moment of the visit (UTC); an unaccepted referral is accepted."""
        if not planned_at:
            raise UserError(self.env._("Choose the date and time of the visit."))
        self.filtered(lambda referral: referral.state == "sent").action_accept()
        for referral in self._lock_for_work():
            referral._check_open()
            referral._add_plan(planned_at, note)
        return True

    def action_done(self, result_text, outcome, attachment_ids=None, cost=0.0):
        """Report the result.

        :param outcome: one of fixed, explained, supported, not_supported.
        :param attachment_ids: ids of photos and files already stored.
        :raises UserError: without a text or an outcome, or when already finished.
        """
        self._check_result(result_text, outcome)
        self.filtered(lambda referral: referral.state == "sent").action_accept()
        for referral in self._lock_for_work():
            now = fields.Datetime.now()
            referral._move(
                "done",
                now,
                done_at=now,
                done_by_id=self.env.uid,
                outcome_claimed=outcome,
                result_text=result_text.strip(),
                attachment_ids=[(4, file_id) for file_id in attachment_ids or []],
                cost=cost,
            )
            referral._tell_question("done", now)
        return True

    @api.model
    def _check_result(self, result_text, outcome):
        if not (result_text or "").strip():
            raise UserError(self.env._("Write what was done."))
        if outcome not in dict(RESULTS):
            raise UserError(self.env._("Choose the outcome."))

    def _lock_for_work(self):
        """Return the referrals locked, with the rights the work needs.

        A participant holds no rights on questions, clocks and citizens; what he may do
        is checked here (reading by record rules, membership), then done by the system.
        """
        self.check_access("read")
        for referral in self:
            if not referral._may_work():
                raise AccessError(
                    self.env._("Only members of the section work this request.")
                )
        with busy_in_words(self.env):
            self._lock_rows()
        self.invalidate_recordset()
        return self.sudo()

    def _lock_rows(self):
        """Lock the referrals at once or raise LockError. Hook: the portal waits."""
        self.lock_for_update()

    def _may_work(self):
        """Tell whether the user may act for the participant. Hook."""
        self.ensure_one()
        if self.env.su or self.env.user.has_group("gorod24_appeals.group_operator"):
            return True
        # Membership of the user himself only, never shown.
        return self.env.user in self.sudo()._get_workers()

    def _get_workers(self):
        """Return the users who may act on the referral. Hook."""
        self.ensure_one()
        return self.section_id._get_users()

    def _check_open(self):
        self.ensure_one()
        if self.state not in ("sent", "accepted"):
            raise UserError(self._already_message())

    def _already_message(self):
        self.ensure_one()
        who, when = {
            "accepted": (self.accepted_by_id, self.accepted_at),
            "refused": (self.refused_by_id, self.refused_at),
            "done": (self.done_by_id, self.done_at),
            "withdrawn": (self.ended_by_id, self.ended_at),
        }.get(self.state, (self.env["res.users"], self.write_date))
        local = self.env["gorod24.clock"]._to_local(when or self.write_date)
        return self.env._(
            "%(state)s already: %(who)s, %(when)s.",
            state=dict(self._fields["state"]._description_selection(self.env))[
                self.state
            ],
            who=who.name or self.env._("the hotline"),
            when=local.strftime("%d.%m.%Y %H:%M"),
        )
