# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: the end of control: who may end it, with what, and why not."""

from odoo import fields, models
from odoo.exceptions import UserError

from ..course import RECEIVED
from .gorod24_question import AT_WORK

# An operator may end a question so by himself: nothing is expected of a participant.
BY_OPERATOR = ("answered_in_call", "navigated", "joined_notice", "duplicate")


class QuestionClose(models.Model):
    _inherit = "gorod24.question"

    informing_declined = fields.Boolean(
        "Informing not needed",
        help="The citizen said that he need not be told of the result.",
    )
    declined_at = fields.Datetime()
    declined_by_id = fields.Many2one(
        "res.users", "Declined: noted by", ondelete="restrict"
    )

    def _close(self, moment=None, event="closed", note="", **vals):
        """Release the questions from control.

        :param vals: outcome and other values; what was reported stays without one
        :raises UserError: when the citizen has still to be told, or a result is
            claimed that no participant reported.
        """
        moment = moment or fields.Datetime.now()
        self._check_transition("closed", vals)
        for question in self:
            question._check_may_close(vals.get("outcome"))
        for kind in ("acceptance", "execution", "informing"):
            self._clock_stop(kind, moment)
        ending = "withdrawn" if vals.get("outcome") == "withdrawn" else "closed"
        self.referral_ids._withdraw(ending, moment, note)
        self._cancel_informing(moment)
        self._transition(
            "closed",
            moment,
            event,
            note,
            closed_at=moment,
            decision_since=False,
            decision_reason=False,
            **vals,
        )

    def _check_may_close(self, outcome):
        self.ensure_one()
        if self.state in AT_WORK and (outcome or self.outcome) in RECEIVED:
            raise UserError(
                self.env._(
                    "Question %(name)s is with %(participant)s: it is closed so when "
                    "the result is reported.",
                    name=self.name,
                    participant=self.participant_id.name,
                )
            )
        if self.state in ("done", "informing") and not (outcome or self._is_told()):
            raise UserError(
                self.env._(
                    "Question %(name)s is not closed yet: the citizen has to be told "
                    "of the result. It closes without a call when the citizen "
                    "declined to be informed or cannot be reached by the rules.",
                    name=self.name,
                )
            )

    def _forget_declined(self):
        """Who comes back wants to know, unless his appeal says otherwise."""
        back = self.filtered("informing_declined").filtered(
            lambda question: question.appeal_id.inform_way != "none"
        )
        back.write(
            {"informing_declined": False, "declined_at": False, "declined_by_id": False}
        )

    def _is_told(self):
        """Whether nothing has to be told any more."""
        self.ensure_one()
        if self.informing_declined:
            return True
        duties = self._get_duties()
        return bool(duties) and "due" not in duties.mapped("state")

    def _get_duties(self):
        """Duties to tell the result of this control period.

        A duty taken back told nobody anything, and what was told of an earlier result
        is no news of this one.
        """
        self.ensure_one()
        return self.informing_ids.filtered(
            lambda one: one.state != "cancelled" and one.period == self.period
        )

    # What operators do -------------------------------------------------------------

    def action_close(self, outcome=False, note=False, leading_id=False):
        """End the questions without a participant's result.

        :param outcome: answered_in_call, navigated, joined_notice or duplicate; none
            for what was reported and told.
        :param leading_id: the question these are joined to or repeat.
        :raises UserError: saying what is missing.
        """
        note = self._clean_reason(note)
        questions = self._lock_for_control()
        if outcome and outcome not in BY_OPERATOR:
            raise UserError(
                self.env._(
                    "An operator does not close a question with this outcome: it is "
                    "reported by the participant."
                )
            )
        leading = self._check_leading(outcome, leading_id)
        vals = {"outcome": outcome} if outcome else {}
        if outcome and note:
            vals["result_text"] = note
        if leading:
            vals["joined_to_id"] = leading.id
            words = self.env._("Leading question: %(name)s", name=leading.name)
            note = ". ".join(filter(None, [words, note]))
        questions._check_not_joined()
        for question in questions:
            if outcome and question.state in ("done", "informing"):
                raise UserError(
                    self.env._(
                        "Question %(name)s already has a result: it is told to the "
                        "citizen or returned for rework.",
                        name=question.name,
                    )
                )
        questions._close(note=note, **vals)
        return True

    def _check_not_joined(self):
        """:raises UserError: these are closed; only the telling is still to come."""
        for question in self:
            if question._is_joined():
                raise UserError(
                    self.env._(
                        "Question %(name)s is joined to %(leading)s and is closed"
                        " already: its citizen is told of that result. If he need not"
                        " be told, note that no informing is needed.",
                        name=question.name,
                        leading=question.joined_to_id.name,
                    )
                )

    def _check_leading(self, outcome, leading_id):
        """Return the question these are joined to.

        :raises UserError: when it is missing, one of these, or follows one of these.
        """
        leading = self.browse(leading_id or ()).exists()
        if outcome not in ("joined_notice", "duplicate"):
            return self.browse()
        if not leading:
            raise UserError(self.env._("Choose the question these repeat."))
        leading.check_access("read")
        leading = leading._get_joinable()
        chain = leading
        while chain.joined_to_id and chain.joined_to_id not in chain:
            chain |= chain.joined_to_id
        if chain & self:
            raise UserError(
                self.env._(
                    "Question %(name)s cannot repeat itself: choose another one.",
                    name=leading.name,
                )
            )
        return leading

    def action_withdraw(self, reason):
        """End the questions because the citizen withdrew them.

        The terms stop; the participants are told that nothing more is expected.

        :raises UserError: without a reason, or when a question is finished.
        """
        reason = self._clean_reason(reason, required=True)
        questions = self._lock_for_control()
        questions._close(
            event="withdrawn", note=reason, outcome="withdrawn", result_text=reason
        )
        return True

    def action_decline_informing(self, note=False):
        """Note that the citizen need not be told; a reported question closes at once.

        :raises UserError: when the question is closed.
        """
        note = self._clean_reason(note)
        questions = self._lock_for_control()
        for question in questions:
            if question.state == "closed" and not question._is_joined():
                raise UserError(question._get_fault_message("same", "closed"))
        fresh = questions.filtered(lambda question: not question.informing_declined)
        fresh._decline_informing(fields.Datetime.now(), note)
        fresh.filtered(
            lambda one: one.state in ("done", "informing") or one._is_joined()
        )._close(note=note)
        return True

    def _decline_informing(self, moment, note=""):
        self.write(
            {
                "informing_declined": True,
                "declined_at": moment,
                "declined_by_id": self.env.uid,
            }
        )
        words = self.env._("The citizen need not be informed")
        self._log_events("note", ". ".join(filter(None, [words, note])), moment=moment)
