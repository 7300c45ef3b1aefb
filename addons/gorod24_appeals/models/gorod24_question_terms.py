# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: which terms a question has in each part of its life.

Beside acceptance, execution and informing the law knows the forwarding outside
(59-FZ), the localisation of damage and the telling of the planned time (resolution
416). A term counted from the previous stage begins when that stage ends.
"""

from odoo import api, fields, models

from .gorod24_question import AT_WORK

# Terms counted from the registration, whoever the question is sent to.
FROM_REGISTRATION = ("forwarding", "localisation", "planned_time")
# States in which the work is timed.
TIMED = ("registered", *AT_WORK)
# What is met when the participant takes the question: it is in somebody's competence.
BY_ACCEPTANCE = ("forwarding",)
# What the result puts an end to.
BY_RESULT = ("forwarding", "localisation", "planned_time", "restoration")
# What may be marked as done by hand, before the result.
BY_HAND = ("planned_time", "restoration")


class QuestionTerms(models.Model):
    _inherit = "gorod24.question"

    @api.model
    def _clock_start_many(self, specs):
        """An execution counted from the acceptance waits for it."""
        return super()._clock_start_many(
            [spec for spec in specs if not self._is_too_early(*spec)]
        )

    @api.model
    def _is_too_early(self, question, kind, regime, start):
        if kind != "execution" or question.state not in ("draft", "registered", "sent"):
            return False
        rule = question._find_clock_rule(
            kind, self.env["gorod24.regime"]._as_regime(regime), start
        )
        return bool(rule) and rule.start_from == "previous"

    def _dispatch(self, start=None, *args, **kwargs):
        """A question nobody was found for is timed too: the law counts for it."""
        start = start or fields.Datetime.now()
        self._settle_regimes()
        unsent = self.filtered(
            lambda one: not one.participant_id and one.state == "registered"
        )
        unsent._start_registration_clocks(start, ("execution", *FROM_REGISTRATION))
        return super()._dispatch(start, *args, **kwargs)

    def _start_work_clocks(self, start):
        clocks = super()._start_work_clocks(start)
        return clocks | self._start_registration_clocks(start, FROM_REGISTRATION)

    def _start_registration_clocks(self, start, kinds):
        """Start terms of these kinds where the regime has them and none runs.

        The first control period counts from the registration, a later one from
        ``start``. Forwarding is asked once: later somebody is known to be competent.
        """
        specs = [
            (question, kind, question.regime_id, begin)
            for question in self
            for kind in kinds
            for begin in [question._get_term_start(start)]
            if question._find_clock_rule(kind, question.regime_id, begin)
        ]
        if not specs:
            return self.env["gorod24.clock"]
        known = self._get_known_kinds(kinds)
        return self._clock_start_many(
            [spec for spec in specs if spec[1] not in known.get(spec[0].id, ())]
        )

    def _get_known_kinds(self, kinds):
        """{question id: kinds that run, or that are not asked again}.

        What was localised or told for one participant is not asked of the next one
        of the same control period.
        """
        known, begins = {}, {one.id: one._get_period_begin() for one in self}
        for clock in self._clock_search([("kind", "in", list(kinds))]):
            begin = begins[clock.res_id]
            ended = clock.outcome != "excused" or clock.excused_by_id
            in_period = begin and clock.start >= begin and ended
            if clock.state != "stopped" or clock.kind == "forwarding" or in_period:
                known.setdefault(clock.res_id, set()).add(clock.kind)
        return known

    def _get_period_begin(self):
        """When the current control period began (UTC), False when it begins now."""
        self.ensure_one()
        if self.period == 1:
            return self.registered_at
        sent = self.referral_ids.filtered(lambda one: one.period == self.period)
        return min(sent.mapped("sent_at"), default=False)

    def _get_execution_start(self, start):
        """By the law of a term counted from the registration, whenever it was sent."""
        start = super()._get_execution_start(start)
        if self.period == 1 and self.registered_at:
            return min(self.registered_at, start)
        return start

    def _get_term_start(self, start):
        """Moment a term counted from the registration begins at. Hook."""
        self.ensure_one()
        return (self.period == 1 and self.registered_at) or start

    def _on_accepted(self, moment):
        result = super()._on_accepted(moment)
        self._clock_stop_kinds(BY_ACCEPTANCE, moment)
        running = self._clock_find("execution", [("state", "!=", "stopped")])
        waiting = self.filtered(lambda one: one.id not in running.mapped("res_id"))
        waiting._clock_start_many(
            [(one, "execution", one.regime_id, moment) for one in waiting]
        )
        return result

    def _on_done(self, moment, *args, **kwargs):
        self._clock_stop_kinds(BY_RESULT, moment)
        return super()._on_done(moment, *args, **kwargs)

    def _close(self, moment=None, *args, **vals):
        moment = moment or fields.Datetime.now()
        self._clock_stop_kinds(BY_RESULT, moment)
        return super()._close(moment, *args, **vals)

    def _convert(self, regime):
        """A written appeal has a term to be forwarded in as well (59-FZ)."""
        result = super()._convert(regime)
        self.filtered(lambda one: one.regime_id == regime)._derive_terms()
        return result

    def _set_topic(self, topic):
        """Another topic may bring another regime: all its terms follow."""
        result = super()._set_topic(topic)
        self._derive_terms()
        return result

    def _settle_regimes(self):
        """A question that is worked is no reference question any more: it has terms.

        Under a regime that times no work it would never be overdue.
        """
        for regime, questions in self.grouped("regime_id").items():
            timed = regime._for_sending()
            if timed != regime:
                questions.regime_id = timed

    def _get_regime_for(self, topic):
        """A question at work keeps terms, whatever its topic is called."""
        regime = super()._get_regime_for(topic)
        is_open = self.state in ("registered", "informing", "done", *AT_WORK)
        return regime._for_sending() if is_open else regime

    def _derive_terms(self):
        """Bring the terms in line with the regimes.

        Elapsed time and pauses stay; a term the regime does not know ends as excused
        (a missed one stays missed), one only it knows begins.
        """
        kinds = ("acceptance", "execution", "informing", *FROM_REGISTRATION)
        for regime, questions in self.grouped("regime_id").items():
            for kind in kinds:
                if regime:
                    questions._clock_rederive(kind, regime)
        now = fields.Datetime.now()
        for question in self.filtered(lambda one: one.state in TIMED):
            question._start_missing_clocks(now)

    def _start_missing_clocks(self, now):
        """Start what the regime of a question at work asks for and nothing times.

        A term that only a passing regime had ended goes on with its pauses.
        """
        self.ensure_one()
        kinds = ["execution"]
        if self.state == "sent":
            kinds.append("acceptance")
        begin = self._get_period_begin() or now
        ended = [("ended_by_regime", "=", True), ("start", ">=", begin)]
        for kind in kinds:
            if not self._find_open_rule(kind, begin):
                continue
            if not self._clock_revive(kind, ended):
                self._clock_start(kind, self.regime_id, self._get_start_of(kind, begin))
        # whoever has accepted the question has not to forward it
        accepted = self.state == "accepted"
        lawful = [
            kind
            for kind in FROM_REGISTRATION
            if not accepted or kind not in BY_ACCEPTANCE
        ]
        for kind in lawful:
            if self._find_open_rule(kind, begin):
                self._clock_revive(kind, ended)
        self._start_registration_clocks(begin, lawful)

    def _find_open_rule(self, kind, begin):
        """The rule of a kind that nothing of the question is timed by, or None."""
        if self._clock_find(kind, [("state", "!=", "stopped")]):
            return None
        return self._find_clock_rule(kind, self.regime_id, begin)

    def _get_start_of(self, kind, begin):
        """The moment (UTC) a term that is missing should have begun at."""
        if kind == "acceptance":
            return self.referral_id.sent_at or begin
        rule = self._find_open_rule(kind, begin)
        if rule.start_from == "previous" and self.accepted_at:
            return self.accepted_at
        return self._get_execution_start(begin)

    def _get_accept_end(self, moment):
        """When whoever is asked at a moment has to accept (UTC), False: no limit."""
        kinds = ("acceptance",)
        case = self._get_clock_case("acceptance")
        terms = self._clock_preview(self.regime_id, moment, kinds, **case)
        return terms[0]["target"] if terms else False

    def _revive_execution(self):
        """The term goes on from its old start: a rejected result has not met it."""
        result = super()._revive_execution()
        self._clock_revive("execution")
        return result
