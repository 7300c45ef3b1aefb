# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

# The concern of this file: what becomes of a term under another regime, and of a miss.
# What was missed stays missed until somebody excuses it on purpose.

from odoo import fields, models


class Gorod24Clock(models.Model):
    _inherit = "gorod24.clock"

    missed_end = fields.Datetime(
        help="An end this term had passed when it was counted anew under another"
        " regime: what was missed stays missed until a supervisor excuses it."
    )
    ended_by_regime = fields.Boolean(
        help="Its regime was changed for one without such a limit: it goes on when"
        " such a regime comes back."
    )

    def _rederive(self, regime, moment):
        """Count anew under another regime: start and pauses stay.

        A regime without such a limit ends the term as excused. What was missed by
        then stays missed, whatever end the new regime gives.
        """
        for clock in self:
            late = clock.state == "running" and clock.target < moment
            if late and not (clock.excuse or clock.missed_end):
                clock.missed_end = clock.target
        without = self.browse()
        for clock in self:
            rule = clock._find_own_rule(regime)
            if rule is None:
                without += clock
            else:
                clock.write({"regime_id": regime.id, "rule_id": rule.rule_id})
        (self - without)._recount(moment)
        without._stop(moment)
        without.ended_by_regime = True
        without.filtered(lambda clock: clock.outcome == "met").write(
            {"outcome": "excused", "excuse": regime.display_name}
        )

    def _begin_anew(self, start, regime, moment):
        """Count these terms from another beginning, pauses and extensions kept.

        For what was learned later: when it really began, which limit it is under. A
        regime without such a limit ends the term, as in ``_rederive``.
        """
        self.start = start
        self._rederive(regime, moment)

    def _revive(self, regime, moment):
        """Let terms that were stopped go on as if they had not been.

        Start, pauses, extensions and an excuse by a person stay; the time since the
        stop counts. For a result that was not accepted and for a regime that came back.
        """
        for clock in self:
            rule = clock._find_own_rule(regime)
            vals = {"regime_id": regime.id, "rule_id": rule.rule_id} if rule else {}
            if not clock.excused_by_id:
                vals["excuse"] = False
            clock.write(
                {
                    **vals,
                    "state": "running",
                    "stop": False,
                    "outcome": False,
                    "ended_by_regime": False,
                }
            )
        self._recount(moment)

    def _excuse(self, reason):
        """Take the blame off a term that was missed, whether it is over or runs.

        A running one is no longer escalated, and ends as excused.
        """
        now = fields.Datetime.now()
        excuse = {
            "excuse": reason,
            "excused_by_id": self.env.uid,
            "excused_at": now,
        }
        missed = self.filtered(lambda clock: clock.outcome == "missed")
        missed.write({**excuse, "outcome": "excused", "missed_end": False})
        late = self.filtered(
            lambda clock: clock.state == "running" and clock.target < now
        )
        late.write({**excuse, "attend_at": False})
        # an earlier end was missed, the one that counts now lies ahead and goes on
        earlier = self.filtered(
            lambda clock: clock.state != "stopped" and clock.missed_end
        )
        earlier.missed_end = False
        return missed + (late | earlier)
