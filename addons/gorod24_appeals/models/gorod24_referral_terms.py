# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: a co-executor has a term to accept and a ladder of its own people.

The question itself does not move by it: the responsible one works it all the same.
"""

from odoo import models

from .gorod24_question import AT_WORK

CO_TERM = "acceptance"
# Terms of the question that a co-executor keeps to as well.
SHARED = ("execution", "restoration")


class Referral(models.Model):
    _name = "gorod24.referral"
    _inherit = ["gorod24.referral", "gorod24.escalation.mixin"]

    def _start_co_terms(self, moment):
        """Time the acceptance of co-executors, each from its own asking."""
        self._clock_start_many(
            [(one, CO_TERM, one.question_id.regime_id, moment) for one in self]
        )

    def _find_clock_rule(self, kind, regime, start):
        """As for the question it is of."""
        return self.question_id._find_clock_rule(kind, regime, start)

    def _move(self, to_state, moment, **vals):
        """Whatever becomes of it, it has not to be accepted any more."""
        result = super()._move(to_state, moment, **vals)
        if self.role == "co" and to_state != "sent":
            self._clock_stop(CO_TERM, moment)
        return result

    def _clock_changed(self, kind, clocks):
        result = super()._clock_changed(kind, clocks)
        if kind == CO_TERM:
            for referral, clock in zip(self, clocks, strict=True):
                target = self.env["gorod24.question"]._get_awaited_target(clock)
                ended = clock.ended_by_regime
                referral.accept_due = False if ended else target
        return result

    def _get_escalation_readers(self, role):
        return self._get_section_readers(role)

    def _escalation_parts(self):
        """Of the same question, but it is the co-executor who has not accepted."""
        self.ensure_one()
        question = self.question_id
        main = question.participant_id.name
        parts = [part for part in question._escalation_parts() if part != main]
        return [*parts, self.participant_id.name, self.env._("co-executor")]


class Question(models.Model):
    _inherit = "gorod24.question"

    def action_add_co(self, participant_id, section_id=False, reason=False):
        """As before; the term to accept runs from now."""
        referrals = super().action_add_co(participant_id, section_id, reason)
        # sudo: operators came by the door above
        asked = referrals.sudo()
        for moment, asked_then in asked.grouped("sent_at").items():
            asked_then._start_co_terms(moment)
        return referrals

    def _derive_terms(self):
        """The terms of those who take part follow the regime as well."""
        result = super()._derive_terms()
        for regime, questions in self.grouped("regime_id").items():
            if regime:
                questions._get_open_co()._clock_rederive(CO_TERM, regime)
        return result

    def _get_open_co(self):
        return self.referral_ids.filtered(
            lambda one: one.role == "co" and one.state in AT_WORK
        )

    def _get_step_readers(self, step):
        """Whoever takes part keeps to the terms of the work: his people are told, too.

        The supervisor is told once, not instead of people a co-executor lacks.
        """
        readers = super()._get_step_readers(step)
        if step.kind not in SHARED or step.role == "supervisor":
            return readers
        helpers = self._get_open_co()
        supervisors = self._get_supervisors().ids
        told = helpers._get_section_readers(step.role)
        for referral in helpers:
            own = told[referral.id]
            if own != supervisors:
                mine = readers[referral.question_id.id]
                readers[referral.question_id.id] = sorted({*mine, *own})
        return readers
