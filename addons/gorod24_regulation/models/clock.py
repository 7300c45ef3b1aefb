# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .. import clockwork
from . import wording
from .kinds import KINDS


class Gorod24Clock(models.Model):
    """One running term of one record.

    Clocks are made and moved only through ``gorod24.clock.mixin`` of the owner;
    users read them. No chatter and no stored computes: a clock costs one insert.
    """

    _name = "gorod24.clock"
    _description = "Term"
    _order = "target, id"

    res_model = fields.Char("Record model", required=True)
    res_id = fields.Many2oneReference("Record", model_field="res_model", required=True)
    kind = fields.Selection(KINDS, required=True)
    regime_id = fields.Many2one("gorod24.regime", required=True, ondelete="restrict")
    rule_id = fields.Many2one("gorod24.regime.rule", required=True, ondelete="restrict")
    start = fields.Datetime(required=True)
    target = fields.Datetime("Due", required=True)
    warn_at = fields.Datetime()
    attend_at = fields.Datetime(
        help="When the sweep must look at this term next; empty when it need not."
    )
    stop = fields.Datetime()
    state = fields.Selection(
        [("running", "Running"), ("paused", "Paused"), ("stopped", "Stopped")],
        required=True,
        default="running",
    )
    outcome = fields.Selection(
        [("met", "In time"), ("missed", "Late"), ("excused", "Excused")]
    )
    excuse = fields.Char("Reason of excuse")
    excused_by_id = fields.Many2one("res.users", "Excused by", ondelete="restrict")
    excused_at = fields.Datetime("Excused on")
    # read with the explanation only: the sweep has no use for it
    steps = fields.Json(prefetch=False)
    explanation = fields.Text(compute="_compute_explanation")
    pause_ids = fields.One2many("gorod24.clock.pause", "clock_id", "Pauses")
    extension_ids = fields.One2many("gorod24.clock.extension", "clock_id", "Extensions")
    warned = fields.Boolean()
    escalated = fields.Boolean()
    is_overdue = fields.Boolean(
        "Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )

    _owner_idx = models.Index("(res_id, res_model)")
    # the sweep: attend_at <= now
    _attend_idx = models.Index("(attend_at) WHERE attend_at IS NOT NULL")
    # lists of what is due next or overdue
    _running_idx = models.Index("(target) WHERE state = 'running'")
    _open_uidx = models.UniqueIndex(
        "(res_id, res_model, kind) WHERE state <> 'stopped'",
        "A term of this kind is already running for this record.",
    )

    @api.depends("kind", "regime_id", "target")
    def _compute_display_name(self):
        labels = wording.kind_labels(self.env)
        for clock in self:
            when = wording.moment(self.env, self._to_local(clock.target))
            kind = labels.get(clock.kind, "")
            clock.display_name = f"{clock.regime_id.code} {kind}: {when}"

    @api.depends("steps")
    def _compute_explanation(self):
        for clock in self:
            clock.explanation = wording.explain(self.env, clock.steps or [])

    @api.depends("state", "target", "excuse")
    def _compute_is_overdue(self):
        now = fields.Datetime.now()
        for clock in self:
            running = clock.state == "running" and not clock.excuse
            clock.is_overdue = running and clock.target < now

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()
        late = Domain("state", "=", "running") & Domain("target", "<", now)
        return late & Domain("excuse", "=", False)

    # CALCULATION

    @api.model
    def _get_zone(self):
        """The time zone of the service; UserError if the setting is wrong."""
        # everyone's terms are counted in the same zone
        settings = self.env["ir.config_parameter"].sudo()
        name = settings.get_param("gorod24.timezone") or "Asia/Barnaul"
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise UserError(
                self.env._(
                    "The time zone %(name)s in the system parameter gorod24.timezone"
                    " is unknown. Write one like Asia/Barnaul.",
                    name=name,
                )
            ) from error

    @api.model
    def _to_local(self, moment):
        """Naive UTC → naive time of the service (None for no moment)."""
        if not moment:
            return None
        aware = moment.replace(tzinfo=ZoneInfo("UTC"))
        return aware.astimezone(self._get_zone()).replace(tzinfo=None)

    @api.model
    def _get_today(self):
        """The day it is where the service works, whoever asks from wherever."""
        return self._to_local(fields.Datetime.now()).date()

    @api.model
    def _due(self, rule, start, pauses=()):
        """Run the pure calculation with the calendar and zone of the service."""
        calendar = self.env["gorod24.production.calendar"]._get_calendar()
        return clockwork.due(start, rule, calendar, self._get_zone(), pauses)

    @api.model
    def _find_rule(self, regime, kind, start, **case):
        """The rule in force when the term starts, or None.

        :param case: what the term is about, see ``clockwork.choose``
        """
        return regime._rule_for(kind, self._to_local(start).date(), **case)

    @api.model
    def _find_rule_of(self, owner, kind, regime, start):
        """The rule of a regime for a term of this very owner, or None."""
        if isinstance(owner, self.env.registry["gorod24.clock.mixin"]):
            return owner._find_clock_rule(kind, regime, start)
        return self._find_rule(regime, kind, start)

    def _find_own_rule(self, regime):
        """The rule of a regime for this very term, or None."""
        owner = self.env[self.res_model].browse(self.res_id)
        return self._find_rule_of(owner, self.kind, regime, self.start)

    @api.model
    def _prepare_vals(self, record, kind, regime, start):
        """Values of a new clock; None when the regime has no such limit."""
        rule = self._find_rule_of(record, kind, regime, start)
        if rule is None:
            return None
        due = self._due(rule, start)
        return {
            "res_model": record._name,
            "res_id": record.id,
            "kind": kind,
            "regime_id": regime.id,
            "rule_id": rule.rule_id,
            "start": start,
            "target": due.target,
            "warn_at": due.warn_at,
            "attend_at": due.warn_at or due.target,
            "steps": [step.as_json() for step in due.steps],
        }

    # LIFE

    def _stop(self, moment):
        """Stop at a moment: met, or missed when it is after the target.

        A miss that was excused while the term still ran stays excused. Pauses made
        after a moment that lies back move nothing.
        """
        self.filtered(lambda clock: clock.state == "paused")._resume(moment)
        now = fields.Datetime.now()
        if moment < fields.Datetime.subtract(now, minutes=1):
            self._forget_pauses_after(moment)
        late = self.filtered(lambda clock: clock.target < moment or clock.missed_end)
        excused = late.filtered("excuse")
        for clocks, outcome in (
            (late - excused, "missed"),
            (excused, "excused"),
            (self - late, "met"),
        ):
            clocks.write(
                {
                    "state": "stopped",
                    "stop": moment,
                    "outcome": outcome,
                    "attend_at": False,
                }
            )
        # a letter of an earlier day: a term begun since then lasted no time
        for clock in self.filtered(lambda clock: clock.start > moment):
            clock.stop = clock.start

    def _forget_pauses_after(self, moment):
        """Count these terms without the pauses made after they were over."""
        touched = self.filtered(
            lambda clock: any(
                pause.date_to and pause.date_to > moment for pause in clock.pause_ids
            )
        )
        touched.stop = moment
        touched._recount(moment)

    def _pause(self, reason, moment):
        """Let the term stand still; paused and stopped terms are left alone.

        A pause begins when the term or its last pause ends, at the earliest.
        """
        running = self.filtered(lambda clock: clock.state == "running")
        # a pause that ended a moment ago must be out of the way of the unique index
        self.env["gorod24.clock.pause"].flush_model(["date_to"])
        self.env["gorod24.clock.pause"].create(
            [
                {
                    "clock_id": clock.id,
                    "reason": reason,
                    "author_id": self.env.uid,
                    "date_from": max(
                        [moment, clock.start, *clock.pause_ids.mapped("date_to")]
                    ),
                }
                for clock in running
            ]
        )
        running.write({"state": "paused", "attend_at": False})

    def _resume(self, moment):
        """End the pause and move the target by its length."""
        paused = self.filtered(lambda clock: clock.state == "paused")
        for pause in paused.pause_ids.filtered(lambda pause: not pause.date_to):
            pause.date_to = max(moment, pause.date_from)
        paused.write({"state": "running"})
        paused._recount(moment)

    def _extend(self, new_target, reason, notice_date=False):
        """Prolong the term to a new moment (naive UTC) by decision.

        UserError when the term is over or has passed, the moment is not later or
        lies back, or the rule does not allow it (how far, and whether the citizen must
        have been told, within the term).
        """
        now = fields.Datetime.now()
        self._check_not_passed(new_target, now)
        self._check_extension(new_target, notice_date)
        for clock in self:
            if clock.state == "stopped" or new_target <= clock.target:
                raise UserError(
                    self.env._(
                        "A term can only be extended while it runs, and to a later"
                        " moment than %(target)s.",
                        target=wording.moment(self.env, self._to_local(clock.target)),
                    )
                )
        self.env["gorod24.clock.extension"].create(
            [
                {
                    "clock_id": clock.id,
                    "reason": reason,
                    "author_id": self.env.uid,
                    "date": now,
                    "old_target": clock.target,
                    "new_target": new_target,
                    "notice_date": notice_date,
                }
                for clock in self
            ]
        )
        self._recount(now)

    def _recount(self, now):
        """Set the target again from start, rule, pauses and extensions."""
        for clock in self:
            due, steps = clock._due_with_history()
            warned = clock.warned and bool(due.warn_at) and due.warn_at <= now
            escalated = clock.escalated and due.target <= now
            if clock.excuse and clock.state != "stopped" and due.target > now:
                # the miss that was excused is none any more; a new one is a new one
                clock.write(
                    {"excuse": False, "excused_by_id": False, "excused_at": False}
                )
            clock.write(
                {
                    "target": due.target,
                    "warn_at": due.warn_at,
                    "warned": warned,
                    "escalated": escalated,
                    "attend_at": clock._next_attention(due, warned, escalated),
                    "steps": [step.as_json() for step in steps],
                }
            )

    def _get_clockwork_rule(self):
        rules = self.regime_id._get_rules(self.regime_id.id)
        return next(rule for rule in rules if rule.rule_id == self.rule_id.id)

    def _get_finished_pauses(self):
        until = self.stop or datetime.max
        return [
            (pause.date_from, min(pause.date_to, until))
            for pause in self.pause_ids
            if pause.date_to and pause.date_from < until
        ]

    def _due_without_extensions(self):
        self.ensure_one()
        pauses = self._get_finished_pauses()
        return self._due(self._get_clockwork_rule(), self.start, pauses)

    def _due_with_history(self):
        rule, pauses = self._get_clockwork_rule(), self._get_finished_pauses()
        due = self._due_without_extensions()
        steps = list(due.steps)
        for extension in self.extension_ids.sorted("new_target")[-1:]:
            zone = self._get_zone()
            calendar = self.env["gorod24.production.calendar"]._get_calendar()
            granted = self._get_granted_end(extension, rule, pauses)
            target = clockwork.extended(
                extension.date, granted, rule, calendar, zone, pauses
            )
            if target > due.target:
                moved = due.warn_at and due.warn_at + (target - due.target)
                due = due._replace(target=target, warn_at=moved)
                to = self._to_local(target).isoformat()
                steps.append(clockwork.Step("extension", {"to": to}))
        return due, steps

    def _get_granted_end(self, extension, rule, pauses):
        """The new end as far as the regime of now lets a term be extended.

        One that grants less, or nothing, ends what another regime had granted.
        """
        before = [pause for pause in pauses if pause[0] < extension.date]
        plain = self._due(rule, self.start, before).target
        most = plain + timedelta(days=self.rule_id.extension_days)
        return min(extension.new_target, most)

    def _tell_owners(self, env):
        """Call ``_clock_changed`` once per owner model and kind.

        :param env: the caller's environment, whose rights the owners act with
        """
        groups = self.grouped(lambda clock: (clock.res_model, clock.kind))
        for (model, kind), clocks in groups.items():
            owners = env[model].browse([clock.res_id for clock in clocks])
            owners._clock_changed(kind, clocks.with_env(env))

    def _next_attention(self, due, warned, escalated):
        if self.state != "running" or escalated or self.excuse:
            return False
        return due.target if warned or not due.warn_at else due.warn_at
