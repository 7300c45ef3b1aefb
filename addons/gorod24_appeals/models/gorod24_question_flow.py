# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""How a question travels: sent, accepted, done, told, closed, reopened."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .gorod24_question import AT_WORK
from .locking import busy_in_words


class QuestionFlow(models.Model):
    _inherit = "gorod24.question"

    def _dispatch(self, start=None, way="first", reason="", previous=None):
        """Send registered questions that have a participant, and start their clocks.

        Everything is created in batches: one INSERT for the referrals, one for the
        clocks, one for the events, whatever the number of questions.

        :param start: UTC moment the clocks start from, now by default.
        :param way: how the referrals come about: first, next, resent, rework, reopened
        :param reason: words for the participant: why it comes (again)
        :param previous: {question id: the referral this one follows}
        :return: the new referrals.
        :raises UserError: when a complaint would go to the one complained about.
        """
        start = start or fields.Datetime.now()
        to_send = self.filtered("participant_id")
        for question in to_send.filtered("complained_id"):
            question._check_not_complained(question.participant_id)
        to_send._start_work_clocks(start)
        previous = previous or {}
        referrals = self.env["gorod24.referral"].create(
            [
                {
                    **question._prepare_referral_vals(start),
                    **self.env["gorod24.referral"]._get_notified_vals(),
                    "way": way,
                    "reason": reason or False,
                    "previous_id": previous.get(question.id, False),
                }
                for question in to_send
            ]
        )
        for referral in referrals:
            referral.question_id.referral_id = referral
        names = {question.id: question.participant_id.name for question in to_send}
        to_send._transition(
            "sent",
            start,
            "resent" if way == "resent" else "sent",
            names,
            sent_at=start,
            decision_since=False,
            decision_reason=False,
        )
        referrals._notify_sent()
        return referrals

    def _start_work_clocks(self, start):
        """Start the acceptance clock, and the execution clock where none runs."""
        running = self._clock_find("execution", [("state", "!=", "stopped")])
        running_ids = set(running.mapped("res_id"))
        specs = [
            (question, "acceptance", question.regime_id, start) for question in self
        ]
        specs += [
            (
                question,
                "execution",
                question.regime_id,
                question._get_execution_start(start),
            )
            for question in self
            if question.id not in running_ids
        ]
        return self._clock_start_many(specs)

    def _get_execution_start(self, start):
        """Return the moment the execution clock starts from. Hook."""
        self.ensure_one()
        return start

    def _prepare_referral_vals(self, start):
        """Return the values of the referral that sends this question. Hook."""
        self.ensure_one()
        return {
            "question_id": self.id,
            "appeal_id": self.appeal_id.id,
            "participant_id": self.participant_id.id,
            "section_id": self.section_id.id,
            "person_id": self.person_id.id,
            "period": self.period,
            "sent_at": start,
            "accept_due": self.accept_due,
            "execution_due": self.execution_due,
        }

    def action_send(self, participant_id, section_id=False, reason=False):
        """Send the question to a participant chosen by the operator.

        :raises UserError: when the question is at work somewhere or is closed.
        """
        section_id = self._pick_section(participant_id, section_id)
        # Operators change questions by these doors only, so the rights are its own.
        questions = self._lock_for_control()
        for question in questions:
            if question.state not in ("draft", "registered"):
                raise UserError(question._get_fault_message("order", "sent"))
        receiver = self.env["res.partner"].browse(participant_id)
        for question in questions:
            # A co-executor that becomes responsible holds the question once.
            question._get_open_of(receiver)._withdraw("resent", note=reason or "")
        questions.write(
            {
                "participant_id": participant_id,
                "section_id": section_id,
                "person_id": False,
                "route_reason": reason or self.env._("Chosen by the operator"),
            }
        )
        return questions._dispatch(reason=reason or "").sudo(False)

    def _check_operator(self):
        if not self.env.su and not self.env.user.has_group(
            "gorod24_appeals.group_operator"
        ):
            raise AccessError(
                self.env._("Only operators of the hotline change questions.")
            )

    def _lock_for_control(self):
        """Return the questions locked, with the rights an operator's work needs.

        :raises UserError: when somebody works them or their referrals right now.
        """
        self._check_operator()
        self.check_access("read")
        # sudo: operators hold no bare right to write; they come by these doors only
        referrals = self.sudo().referral_ids
        with busy_in_words(self.env):
            self.lock_for_update()
            referrals.filtered(lambda one: one.state in AT_WORK).lock_for_update()
        self.invalidate_recordset()
        referrals.invalidate_recordset()
        return self.sudo()

    @api.model
    def _check_participant(self, participant_id, section_id):
        """Refuse a receiver nobody works for.

        :raises UserError: when it is no participant, or the section is another's.
        """
        participant = self.env["res.partner"].browse(participant_id or ()).exists()
        if not participant.filtered(lambda one: one.is_participant and one.active):
            raise UserError(self.env._("Choose a participant from the directory."))
        section = self.env["gorod24.section"].browse(section_id or ()).exists()
        if section_id and section.participant_id != participant:
            raise UserError(
                self.env._("The section belongs to another participant: choose again.")
            )

    @api.model
    def _pick_section(self, participant_id, section_id):
        """Return the section to send to: without one only the heads would see it.

        :raises UserError: as `_check_participant`
        """
        self._check_participant(participant_id, section_id)
        if section_id:
            return section_id
        return self.env["res.partner"].browse(participant_id)._get_default_section().id

    def _on_accepted(self, moment):
        who = {question.id: question.participant_id.name for question in self}
        self._transition("accepted", moment, note=who, accepted_at=moment)
        self._clock_stop("acceptance", moment)

    def _on_refused(self, moment):
        """Go to the next one who answers: elapsed execution time keeps running."""
        self._clock_stop("acceptance", moment)
        why = {
            question.id: f"{question.participant_id.name}: "
            f"{question.referral_id.refusal_reason or '–'}"
            for question in self
        }
        self._transition(
            "registered",
            moment,
            "refused",
            why,
            referral_id=False,
            # whoever gave it back does not have it any more
            accepted_at=False,
        )
        self._send_next(moment)

    def _on_done(self, moment, outcome, result_text):
        """Take the participant's result and put the question on the list to inform."""
        self._clock_stop("execution", moment)
        self.referral_ids.filtered(lambda one: one.role == "co")._withdraw(
            "finished", moment
        )
        self._transition(
            "done",
            moment,
            note={question.id: question.participant_id.name for question in self},
            done_at=moment,
            outcome=outcome,
            result_text=result_text,
        )
        self._start_informing(moment)

    def _start_informing(self, moment):
        """Create the duty to tell the citizen, or close when nobody can be told."""
        for question in self:
            if question.informing_declined:
                question._close(moment)
                continue
            question._clock_start("informing", question.regime_id, moment)
            self.env["gorod24.informing"].create(
                question._prepare_informing_vals(moment)
            )
            question._transition("informing", moment)

    def _prepare_informing_vals(self, moment):
        """Return the values of the informing record of a result. Hook."""
        self.ensure_one()
        return {
            "question_id": self.id,
            "partner_id": self.partner_id.id,
            "phone_e164": self.phone_e164,
            "period": self.period,
            "due": self.informing_due,
        }

    def _reopen(self, reason, way="reopened"):
        """Start a new control period: the first result stays on the old referral.

        :param way: "first" where nobody was told a result he is not content with: the
            question had waited for something else
        """
        return self._start_period(reason, "reopened", way)

    def _start_period(self, reason, event, way):
        """Send finished questions again, in a new control period.

        :param event: kind of the event to note
        :param way: how the new referrals come about
        """
        now = fields.Datetime.now()
        if event == "reopened":
            self._forget_declined()
        previous = {}
        for question in self:
            previous[question.id] = question.referral_id.id
            question._clock_stop("informing", now)
            question._transition(
                "registered",
                now,
                event,
                reason,
                outcome=False,
                closed_at=False,
                done_at=False,
                accepted_at=False,
                # The terms of the finished referral stay as they were.
                referral_id=False,
                period=question.period + 1,
            )
        if event == "rework":
            self._revive_execution()
        else:
            self._refresh_reopened()
        return self._dispatch(now, way, reason, previous)

    def _refresh_reopened(self):
        """Bring up to date whom reopened questions go to and by what terms. Hook."""

    def _revive_execution(self):
        """A result returned for rework was none: its term goes on. Hook."""
