# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: what operators do with a question at work: to another participant, with a
co-executor, back for rework."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .gorod24_question import AT_WORK
from .gorod24_referral_limits import MAX_REASON


class QuestionControl(models.Model):
    _inherit = "gorod24.question"

    holders_text = fields.Text(
        "Who held it and how long", compute="_compute_holders_text"
    )

    @api.depends("referral_ids.state", "referral_ids.held_seconds")
    def _compute_holders_text(self):
        for question in self:
            question.holders_text = "\n".join(question._get_holder_lines())

    def _get_holder_lines(self):
        """«Heating networks – 2 d 3 h, holds it now», in the order of the sending."""
        self.ensure_one()
        lines = []
        for participant in self.referral_ids.sorted("id").participant_id:
            mine = self.referral_ids.filtered(
                lambda one, participant=participant: one.participant_id == participant
            )
            seconds = sum(one._get_held_seconds() for one in mine)
            words = [mine._format_length(seconds)]
            if any(one.state in AT_WORK for one in mine):
                words.append(self.env._("holds it now"))
            if all(one.role == "co" for one in mine):
                words.append(self.env._("co-executor"))
            lines.append(f"{participant.name} – {', '.join(words)}")
        return lines

    # To another participant ------------------------------------------------------

    def action_resend(self, participant_id, section_id=False, reason=False):
        """Take the questions from their participants and send them to another one.

        The old referrals are closed, not changed; whoever held them is told.

        :return: the new referrals.
        :raises UserError: when a question is not at work, or is there already.
        """
        section_id = self._pick_section(participant_id, section_id)
        reason = self._clean_reason(reason)
        questions = self._lock_for_control()
        for question in questions:
            question._check_resend(participant_id, section_id)
        now = fields.Datetime.now()
        previous = {question.id: question.referral_id.id for question in questions}
        receiver = self.env["res.partner"].browse(participant_id)
        for question in questions:
            ended = question.referral_id
            # A co-executor that becomes responsible holds the question once.
            ended |= question._get_open_of(receiver)
            ended._withdraw("resent", now, reason)
            question._clock_stop("acceptance", now)
        questions.write(
            {
                "referral_id": False,
                "participant_id": participant_id,
                "section_id": section_id,
                "person_id": False,
                "accepted_at": False,
                "route_reason": reason or self.env._("Chosen by the operator"),
            }
        )
        return questions._dispatch(now, "resent", reason, previous).sudo(False)

    def _check_resend(self, participant_id, section_id):
        self.ensure_one()
        if self.state not in AT_WORK:
            raise UserError(self._get_fault_message("order", "sent"))
        same = (self.participant_id.id, self.section_id.id or False)
        if same == (participant_id, section_id or False):
            raise UserError(
                self.env._(
                    "Question %(name)s is with %(participant)s already.",
                    name=self.name,
                    participant=self.participant_id.name,
                )
            )

    def _get_open_of(self, participant):
        self.ensure_one()
        return self.referral_ids.filtered(
            lambda one: one.state in AT_WORK and one.participant_id == participant
        )

    def _clean_reason(self, reason, required=False):
        """Return the words of a reason without spaces around.

        :raises UserError: when they are needed and missing, or too long.
        """
        self.env["gorod24.referral"]._check_words(reason, MAX_REASON)
        reason = (reason or "").strip()
        if required and not reason:
            raise UserError(self.env._("Write the reason."))
        return reason

    # Co-executors ----------------------------------------------------------------

    def action_add_co(self, participant_id, section_id=False, reason=False):
        """Ask one more participant to take part; the responsible one stays.

        :return: the co-executor's referrals.
        :raises UserError: when nobody works the question, or this one does already.
        """
        section_id = self._pick_section(participant_id, section_id)
        reason = self._clean_reason(reason)
        participant = self.env["res.partner"].browse(participant_id)
        questions = self._lock_for_control()
        for question in questions:
            question._check_co(participant)
        now = fields.Datetime.now()
        referrals = self.env["gorod24.referral"].sudo()
        referrals = referrals.create(
            [
                {
                    **question._prepare_referral_vals(now),
                    **referrals._get_notified_vals(),
                    "participant_id": participant.id,
                    "section_id": section_id,
                    "person_id": False,
                    "role": "co",
                    "way": "co",
                    "reason": reason or False,
                    "accept_due": question._get_accept_end(now),
                    "localise_due": False,
                }
                for question in questions
            ]
        )
        for referral in referrals:
            referral.question_id._note_co(referral, "sent", now)
        referrals._notify_sent()
        return referrals.sudo(False)

    def _check_co(self, participant):
        self.ensure_one()
        if self.state not in AT_WORK:
            raise UserError(
                self.env._(
                    "Question %(name)s is not at work now: first send it to the "
                    "responsible participant.",
                    name=self.name,
                )
            )
        if self._get_open_of(participant):
            raise UserError(
                self.env._(
                    "Question %(name)s is with %(participant)s already.",
                    name=self.name,
                    participant=participant.name,
                )
            )
        self._check_not_complained(participant)

    def _note_co(self, referral, what, moment):
        """Note the work of a co-executor: the question itself does not move."""
        words = {
            "sent": self.env._("Co-executor asked: %(name)s"),
            "accepted": self.env._("Co-executor accepted: %(name)s"),
            "refused": self.env._("Co-executor refused: %(name)s"),
            "done": self.env._("Co-executor reported: %(name)s"),
            "released": self.env._("Co-executor released: %(name)s"),
        }[what]
        note = words % {"name": referral.participant_id.name}
        self._log_events("note", note, moment=moment)

    # Rework ----------------------------------------------------------------------

    def action_rework(self, reason):
        """Return a reported result to the same participant.

        The old result stays on its own referral; the citizen is not told of it.

        :raises AccessError: without the right to return results.
        :raises UserError: without a reason, or when there is no result to return.
        """
        reason = self._clean_reason(reason, required=True)
        if not self._may_return():
            raise AccessError(self.env._("Only supervisors return results for rework."))
        questions = self._lock_for_control()
        for question in questions:
            if question.state not in ("done", "informing"):
                raise UserError(
                    self.env._(
                        "Question %(name)s has no result to return now (%(last)s).",
                        name=question.name,
                        last=question._get_last_words(),
                    )
                )
        questions._cancel_informing()
        return questions._start_period(reason, "rework", "rework").sudo(False)

    def action_reopen(self, reason):
        """Start a new control period of closed questions: the citizen came back.

        A question nobody has worked waits for a participant to be chosen.

        :raises UserError: without a reason, or when a question is not closed.
        """
        reason = self._clean_reason(reason, required=True)
        questions = self._lock_for_control()
        for question in questions:
            if question.state != "closed":
                raise UserError(question._get_fault_message("order", "registered"))
        return questions._reopen(reason).sudo(False)

    def _may_return(self):
        group = "gorod24_appeals.group_return_result"
        return self.env.su or self.env.user.has_group(group)

    def _cancel_informing(self, moment=None):
        """Take back the duty to tell the citizen."""
        due = self.informing_ids.filtered(lambda one: one.state == "due")
        due.write({"state": "cancelled", "done_at": moment or fields.Datetime.now()})

    # Terms -----------------------------------------------------------------------

    def _clock_changed(self, kind, clocks):
        """Co-executors keep to the term of the question, too."""
        result = super()._clock_changed(kind, clocks)
        if kind == "execution":
            for question, clock in zip(self, clocks, strict=True):
                question.referral_ids.filtered(
                    lambda one: one.role == "co" and one.state in AT_WORK
                ).execution_due = self._get_awaited_target(clock)
        return result
