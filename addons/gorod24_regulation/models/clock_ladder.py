# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

# The concern of this file: a term climbing the escalation ladder, each step once.

from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

from .. import clockwork


class Gorod24Clock(models.Model):
    _inherit = "gorod24.clock"

    escalation_ids = fields.One2many("gorod24.clock.escalation", "clock_id")

    @api.model
    def _sweep_batch(self, domain):
        clocks = super()._sweep_batch(domain)
        clocks.exists()._climb(fields.Datetime.now())
        return clocks

    def _climb(self, now):
        """Take the steps of the ladder that these terms have reached."""
        running = self.filtered(
            lambda clock: clock.state == "running" and not clock.excuse
        )
        done = running._get_done_steps()
        reached, passed = defaultdict(list), []
        for clock in running:
            climb = clock._get_climb(done[clock.id], now)
            passed += [(clock.id, rung.step_id) for rung in climb.skip]
            for rung in climb.tell:
                reached[clock.res_model, rung.step_id].append(clock.id)
            attend_at = clock._earliest(clock.attend_at, climb.next_at)
            if attend_at != clock.attend_at:
                clock.attend_at = attend_at
        self._note_steps(passed, now, False)
        for (model, step_id), clock_ids in reached.items():
            step = self.env["gorod24.escalation.step"].browse(step_id)
            self.browse(clock_ids)._tell_step(model, step, now)

    @api.model
    def _note_steps(self, pairs, now, told):
        """Note in one statement that clocks have passed steps: (clock id, step id)."""
        if not pairs:
            return
        clock_ids, step_ids = (list(ids) for ids in zip(*pairs, strict=True))
        self.env.execute_query(
            SQL(
                """INSERT INTO gorod24_clock_escalation
                          (clock_id, step_id, at, told, create_uid, write_uid,
                           create_date, write_date)
                   SELECT clock_id, step_id, %(now)s, %(told)s, %(uid)s, %(uid)s,
                          %(now)s, %(now)s
                     FROM unnest(%(clocks)s, %(steps)s) AS pair (clock_id, step_id)
                RETURNING id""",
                now=now,
                told=told,
                uid=self.env.uid,
                clocks=clock_ids,
                steps=step_ids,
            )
        )
        self.browse(clock_ids).invalidate_recordset(["escalation_ids"], flush=False)

    def _get_climb(self, done, now):
        rungs = self.env["gorod24.escalation.step"]._get_rungs(
            self.regime_id.id, self.kind
        )
        return clockwork.climb(rungs, self.warn_at or None, self.target, done, now)

    def _get_done_steps(self):
        """{clock id: set of ids of the steps taken}."""
        done = defaultdict(set)
        rows = self.env["gorod24.clock.escalation"]._read_group(
            [("clock_id", "in", self.ids), ("void", "=", False)],
            ["clock_id"],
            ["step_id:array_agg"],
        )
        for clock, step_ids in rows:
            done[clock.id] = set(step_ids)
        return done

    @api.model
    def _earliest(self, *moments):
        return min(filter(None, moments), default=False)

    def _tell_step(self, model, step, now):
        """Tell the owners of a step; a step whose telling fails comes again later."""
        if model not in self.env:
            return
        failed = self._try_pieces(lambda piece: piece._try_step(model, step, now))
        for fault, clocks in failed.items():
            later = self._get_retry_time(fault)
            for clock in clocks:
                clock.attend_at = self._earliest(clock.attend_at, later)

    def _try_step(self, model, step, now):
        owners = self.env[model].browse(self.mapped("res_id"))

        def tell():
            self._note_steps([(clock.id, step.id) for clock in self], now, True)
            owners._clock_escalated(self, step)

        return self._try(tell, f"Step {step.id} of {model}")

    # A TERM THAT IS MOVED

    def _recount(self, now):
        result = super()._recount(now)
        self._step_down(now)
        return result

    def _step_down(self, now):
        """Void the steps that lie ahead again and look at the term in time."""
        self.env["gorod24.clock.escalation"].search(
            [("clock_id", "in", self.ids), ("void", "=", False)]
        ).filtered(lambda line: line._lies_ahead(now)).write({"void": True})
        done = self._get_done_steps()
        for clock in self.filtered(
            lambda one: one.state == "running" and not one.excuse
        ):
            climb = clock._get_climb(done[clock.id], now)
            pending = now if climb.tell else None
            clock.attend_at = self._earliest(clock.attend_at, climb.next_at, pending)
