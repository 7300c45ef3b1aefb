# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: by when a citizen whom nobody answered has to be rung back.

Resolution 416, p. 13: within ten minutes of his call, by day and by night where the
line is round the clock or an emergency service; else within the hours of calling. A
try in vain lets the term stand still until the next one; a citizen who rings anew is
waited for anew. It is met when he was reached, or got through himself.
"""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_datetime

KIND = "callback"
OPEN = ("waiting", "taken")


class Callback(models.Model):
    _name = "gorod24.callback"
    _inherit = ["gorod24.callback", "gorod24.escalation.mixin"]

    due = fields.Datetime("Ring back before", readonly=True)
    emergency = fields.Boolean(
        readonly=True,
        help="He rang an emergency line: he is rung back by day and by night.",
    )
    is_overdue = fields.Boolean(
        "Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )

    @api.depends("state", "due")
    def _compute_is_overdue(self):
        now = fields.Datetime.now()
        for callback in self:
            waits = callback.state in OPEN and callback.due
            callback.is_overdue = bool(waits and callback.due < now)

    @api.model
    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()
        return Domain("state", "in", OPEN) & Domain("due", "<", now)

    # The term ------------------------------------------------------------------------

    def _is_urgent(self):
        """Whether the term runs by day and by night."""
        hours = self.env["gorod24.hotline.hours"]
        return hours._is_round_the_clock() or any(self.mapped("emergency"))

    def _call_moment(self, moment, *rang):
        """An emergency is rung back at once, whatever the hour and the tries in vain.

        So is whoever rang a line that works round the clock, until a try in vain: to
        be woken by the next ones he has to ring anew.
        """
        again = self.filtered(lambda one: one.emergency or not one._is_tried())
        if self._is_urgent() and again == self:
            return moment
        return super()._call_moment(moment, *rang)

    def _is_tried(self):
        """Whether he was rung in vain since he rang last."""
        self.ensure_one()
        last = max(self.attempt_ids.mapped("at"), default=None)
        rang_anew = last and self.last_call_at and self.last_call_at > last
        return bool(self.attempt_count and not rang_anew)

    def _pause_minutes(self):
        """Whoever rang about an emergency is tried again sooner."""
        if self.emergency:
            return self._setting("callback_emergency_pause_minutes", 5)
        return super()._pause_minutes()

    def _get_term_regime(self):
        family = "call_emergency" if self._is_urgent() else "call"
        return self.env["gorod24.regime"]._of_family(family)

    def _want_in_time(self, call):
        """The citizen rang and nobody answered: time his callback, from the call on."""
        self.ensure_one()
        if call._is_emergency_line():
            self.emergency = True
        # after an earlier try in vain, too: he is at the telephone now
        self.next_at = min(self.next_at, self._call_moment(call._ring_back_from()))
        self._time_from(call.started_at)

    def _time_from(self, rung_at):
        """Start the term, or bring it in line with another call of his.

        A call told of late moves the beginning back; one after a try in vain begins a
        term of its own.
        """
        regime = self._get_term_regime()
        clock = self._clock_find(KIND, [("state", "!=", "stopped")])
        if clock.state == "paused":
            self._clock_stop(KIND, rung_at)
        elif clock:
            begin = min(clock.start, rung_at)
            if (begin, regime) != (clock.start, clock.regime_id):
                self._clock_begin_anew(KIND, begin, regime)
            return
        self._clock_start(KIND, regime, rung_at)

    def _attempt(self, user, disposition, call=None, at=None):
        result = super()._attempt(user, disposition, call, at)
        if self.state == "waiting" and disposition != "reached":
            attempts = self.env["gorod24.callback.attempt"]
            labels = attempts._fields["disposition"]._description_selection(self.env)
            moment = at or fields.Datetime.now()
            self._clock_pause(KIND, dict(labels)[disposition], moment)
            self._tell_later()
        return result

    def _close(self, state, user=None, moment=None):
        result = super()._close(state, user, moment)
        self._clock_stop(KIND, moment or fields.Datetime.now())
        reasons = {
            "given_up": self.env._("Rung in vain: %(count)s", count=self.attempt_count),
            "cancelled": self.env._("The call was answered after all"),
        }
        if state in reasons:
            last = self._clock_find(KIND, []).sorted("id")[-1:]
            # nobody was reached: the term is neither met nor, in time, missed
            if state == "cancelled" or last.outcome == "met":
                last.write({"outcome": "excused", "excuse": reasons[state]})
        return result

    @api.model
    def _cron_release(self, limit=200):
        result = super()._cron_release(limit)
        self._resume_due(fields.Datetime.now())
        return result

    @api.model
    def _resume_due(self, now):
        """Let the terms go on of those who are to be rung again: from that moment."""
        paused = self.env["gorod24.clock"].search(
            [("res_model", "=", self._name), ("state", "=", "paused")]
        )
        waiting = self.browse(paused.mapped("res_id")).filtered(
            lambda one: one.next_at and one.next_at <= now
        )
        for callback in waiting:
            callback._clock_resume(KIND, callback.next_at)

    # What is told --------------------------------------------------------------------

    def _clock_changed(self, kind, clocks):
        result = super()._clock_changed(kind, clocks)
        if kind == KIND:
            now = fields.Datetime.now()
            for callback, clock in zip(self, clocks, strict=True):
                # what has passed before a try in vain stays overdue
                stands = clock.state == "paused" and clock.target > now
                excused = clock.state == "running" and clock.excuse
                callback.due = not (stands or excused) and clock.target
        return result

    def _clock_warned(self, clocks):
        """Operators see on their screens that somebody has to ring now."""
        result = super()._clock_warned(clocks)
        # The number of duties is no secret among operators.
        operators = self.env.ref("gorod24_appeals.group_operator").sudo()
        due = min(clocks.mapped("target"))
        operators._bus_send(
            "gorod24_telephony.callback_warning",
            {"count": len(self), "due": f"{due.isoformat(timespec='seconds')}Z"},
        )
        return result

    def _get_escalation_titles(self):
        return {
            **super()._get_escalation_titles(),
            (KIND, True): self.env._("Citizens wait to be rung back: %(count)s"),
            (KIND, False): self.env._("Not rung back in time: %(count)s"),
        }

    def _escalation_parts(self):
        """No number: a letter leaves the hotline's own house."""
        self.ensure_one()
        zone = str(self.env["gorod24.clock"]._get_zone())
        rung = format_datetime(self.env, self.last_call_at, zone, "dd.MM HH:mm")
        parts = [self.env._("rang on %(moment)s", moment=rung), self.queue]
        if self.emergency:
            parts.insert(0, self.env._("EMERGENCY"))
        return parts

    def _get_escalation_url(self, user):
        return self[:1].get_base_url() + "/odoo/callbacks"
