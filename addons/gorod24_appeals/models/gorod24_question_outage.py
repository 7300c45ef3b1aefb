# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: a utility service is restored within the interruption that is tolerated.

Resolution 416, p. 13, and the table of resolution 354: for an emergency in a house
about a service a term runs from the registration, or from the start of the interruption
once it is known. The result ends it, or the operator when the service is there before.
"""

from datetime import UTC, timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from .gorod24_question import AT_WORK
from .gorod24_referral_limits import LATENESS

KIND = "restoration"
# An interruption that began earlier is another trouble.
LONGEST = timedelta(days=31)


class Question(models.Model):
    _inherit = "gorod24.question"

    outage_service = fields.Selection(related="topic_id.outage_service")
    outage_since = fields.Datetime("No service since", copy=False)
    outage_rule_id = fields.Many2one(
        "gorod24.regime.rule",
        "Case of the interruption",
        copy=False,
        ondelete="restrict",
    )
    restore_due = fields.Datetime("Restore before", copy=False)

    _restore_due_idx = models.Index("(restore_due) WHERE restore_due IS NOT NULL")

    # Which term --------------------------------------------------------------------

    def _get_clock_case(self, kind):
        case = super()._get_clock_case(kind)
        if kind == KIND:
            case["service"] = self._get_outage_service()
            case["preferred"] = self.outage_rule_id.id
        return case

    def _get_outage_service(self):
        """The service whose interruption times the question, "" for none."""
        self.ensure_one()
        topic, in_house = self.topic_id, self._is_in_house()
        timed = self.emergency and topic._is_outage_under(self.regime_id, in_house)
        return topic.outage_service if timed else ""

    def _get_outage_regime(self):
        return self.env["gorod24.regime"]._of_family("outage")

    def _get_outage_start(self, start):
        """The interruption began before anybody rang: known, it counts from then."""
        self.ensure_one()
        begin = self._get_term_start(start)
        return (self.period == 1 and self.outage_since) or begin

    def _start_registration_clocks(self, start, kinds):
        clocks = super()._start_registration_clocks(start, kinds)
        return clocks | self._start_outage_terms(start)

    def _start_outage_terms(self, start):
        """Start the terms to restore a service where none ran in this period."""
        asked = self.filtered(lambda one: one._get_outage_service())
        if not asked:
            return self.env["gorod24.clock"]
        known = set()
        for clock in asked._clock_find(KIND, []):
            begin = self.browse(clock.res_id)._get_period_begin()
            ended = clock.outcome != "excused" or clock.excused_by_id
            if clock.state != "stopped" or (begin and clock.stop >= begin and ended):
                known.add(clock.res_id)
        regime = self._get_outage_regime()
        return self._clock_start_many(
            [
                (question, KIND, regime, question._get_outage_start(start))
                for question in asked
                if question.id not in known
            ]
        )

    def _derive_terms(self):
        """Another topic may be about another service, or about none."""
        for question in self.filtered("outage_rule_id"):
            if question.outage_rule_id.service != question.topic_id.outage_service:
                question.outage_rule_id = False
        self._clock_rederive(KIND, self._get_outage_regime())
        return super()._derive_terms()

    def _revive_execution(self):
        """A rejected result has not brought the service back: its term goes on.

        A term that ended before the result was met by word of the service itself.
        """
        result = super()._revive_execution()
        regime = self._get_outage_regime()
        for question in self.filtered(lambda one: one._get_outage_service()):
            main = question.referral_ids.filtered(lambda one: one.role == "main")
            done = max(filter(None, main.mapped("done_at")), default=False)
            question._clock_revive(KIND, [("stop", ">=", done)] if done else [], regime)
        return result

    def _clock_changed(self, kind, clocks):
        result = super()._clock_changed(kind, clocks)
        if kind == KIND:
            for question, clock in zip(self, clocks, strict=True):
                runs = clock.state != "stopped"
                due = runs and self._get_awaited_target(clock)
                question.restore_due = due
                question.referral_ids.filtered(
                    lambda one: one.state in AT_WORK
                ).restore_due = due
        return result

    def _prepare_referral_vals(self, start):
        vals = super()._prepare_referral_vals(start)
        return {**vals, "restore_due": self.restore_due}

    # What becomes known later ------------------------------------------------------

    def action_set_outage(self, since=False, rule_id=False):
        """Note since when there is no service and in which case; the term follows.

        :param since: UTC moment; False: from the registration
        :param rule_id: limit of the service that counts (how many sources, how warm it
            is); False: the first one
        :raises UserError: for a senseless moment, a limit of another service, or when
            no restoration is timed now
        """
        self.ensure_one()
        question = self._lock_for_control()
        question._check_correctable()
        question._get_open_term(KIND)
        since = question._check_since(since)
        rule = question._check_outage_rule(rule_id)
        question.write({"outage_since": since, "outage_rule_id": rule.id})
        begin = question._get_outage_start(question._get_period_begin())
        question._clock_begin_anew(KIND, begin, question._get_outage_regime())
        begun = question._term_moment(since) if since else ""
        words = [
            self.env._("no service since %(moment)s", moment=begun) if since else "",
            rule.display_name or "",
        ]
        text = ", ".join(filter(None, words)) or self.env._("from the registration")
        question._note_term(KIND, text)
        return True

    def _check_since(self, since):
        """Return the moment in naive UTC, False for none; UserError when senseless."""
        if not since:
            return False
        try:
            moment = fields.Datetime.to_datetime(since)
        except (ValueError, TypeError) as error:
            message = self.env._("Write since when there is no service.")
            raise UserError(message) from error
        if moment.tzinfo:
            moment = moment.astimezone(UTC).replace(tzinfo=None)
        now = fields.Datetime.now()
        if not now - LONGEST <= moment <= now + LATENESS:
            raise UserError(
                self.env._(
                    "The interruption began in the past, a month back at most. Check"
                    " the date."
                )
            )
        return min(moment, now)

    def _check_outage_rule(self, rule_id):
        """Return the limit; UserError when it is not of the service in force."""
        rule = self.env["gorod24.regime.rule"].browse(rule_id or ()).exists()
        known = self._get_outage_regime().rule_ids.filtered(
            lambda one: one.service == self.outage_service
        )
        if rule - known:
            raise UserError(
                self.env._("Choose a limit of the service that is interrupted.")
            )
        return rule


class Referral(models.Model):
    _inherit = "gorod24.referral"

    restore_due = fields.Datetime("Restore before", copy=False)
