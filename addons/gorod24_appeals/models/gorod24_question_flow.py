# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""How a question travels: sent, accepted, done, told, closed, reopened."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class QuestionFlow(models.Model):
    _inherit = "gorod24.question"

    def _dispatch(self, start=None):
        """Send registered questions that have a participant, and start their clocks.

        Everything is created in batches: one INSERT for the referrals, one for the
        clocks, whatever the number of questions.

        :param start: UTC moment the clocks start from, now by default.
        :return: the new referrals.
        """
        start = start or fields.Datetime.now()
        to_send = self.filtered("participant_id")
        to_send._start_work_clocks(start)
        referrals = self.env["gorod24.referral"].create(
            [question._prepare_referral_vals(start) for question in to_send]
        )
        for referral in referrals:
            referral.question_id.referral_id = referral
        to_send._transition("sent", start, sent_at=start)
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
            (question, "execution", question.regime_id, start)
            for question in self
            if question.id not in running_ids
        ]
        return self._clock_start_many(specs)

    def _prepare_referral_vals(self, start):
        """Return the values of the referral that sends this question. Hook."""
        self.ensure_one()
        return {
            "question_id": self.id,
            "appeal_id": self.appeal_id.id,
            "participant_id": self.participant_id.id,
            "section_id": self.section_id.id,
            "person_id": self.person_id.id,
            "sent_at": start,
            "accept_due": self.accept_due,
            "execution_due": self.execution_due,
        }

    def action_send(self, participant_id, section_id=False, reason=False):
        """Send the question to a participant chosen by the operator.

        :raises UserError: when the question is at work somewhere or is closed.
        """
        self._check_operator()
        self._check_participant(participant_id, section_id)
        for question in self:
            if question.state not in ("draft", "registered"):
                raise UserError(
                    self.env._(
                        "Question %(name)s cannot be sent: it is already at work "
                        "or finished.",
                        name=question.name,
                    )
                )
        # Operators change questions by this door only, so the rights are its own.
        questions = self.sudo()
        questions.write(
            {
                "participant_id": participant_id,
                "section_id": section_id,
                "person_id": False,
                "route_reason": reason or self.env._("Chosen by the operator"),
            }
        )
        return questions._dispatch().sudo(False)

    def _check_operator(self):
        if not self.env.su and not self.env.user.has_group(
            "gorod24_appeals.group_operator"
        ):
            raise AccessError(self.env._("Only operators send questions."))

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

    def _on_accepted(self, moment):
        self._transition("accepted", moment, accepted_at=moment)
        self._clock_stop("acceptance", moment)

    def _on_refused(self, moment):
        """Return to the operator: elapsed execution time keeps running."""
        self._clock_stop("acceptance", moment)
        self._transition("registered", moment, "refused", referral_id=False)

    def _on_done(self, moment, outcome, result_text):
        """Take the participant's result and put the question on the list to inform."""
        self._clock_stop("execution", moment)
        self._transition(
            "done", moment, done_at=moment, outcome=outcome, result_text=result_text
        )
        self._start_informing(moment)

    def _start_informing(self, moment):
        """Create the duty to tell the citizen, or close when nobody can be told."""
        for question in self:
            if not question.phone_e164:
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
            "due": self.informing_due,
        }

    def _close(self, moment=None, **vals):
        """Release the questions from control."""
        moment = moment or fields.Datetime.now()
        for kind in ("acceptance", "execution", "informing"):
            self._clock_stop(kind, moment)
        self._transition("closed", moment, closed_at=moment, **vals)

    def _reopen(self, reason):
        """Start a new control period: the first result stays on the old referral."""
        now = fields.Datetime.now()
        for question in self:
            question._clock_stop("informing", now)
            question._transition(
                "registered",
                now,
                "reopened",
                reason,
                outcome=False,
                closed_at=False,
                done_at=False,
                accepted_at=False,
                # The terms of the finished referral stay as they were.
                referral_id=False,
                route_reason=reason,
            )
        return self._dispatch(now)
