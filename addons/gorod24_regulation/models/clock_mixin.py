# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from .. import clockwork
from . import wording

# what is shown before a question is sent
WORK_KINDS = ("acceptance", "localisation", "planned_time", "execution")


class Gorod24ClockMixin(models.AbstractModel):
    """Terms for any record.

    Services: ``_clock_preview``, ``_clock_start``, ``_clock_start_many``,
    ``_clock_stop``, ``_clock_pause``, ``_clock_resume``, ``_clock_extend``,
    ``_clock_rederive``, ``_clock_revive``, ``_clock_excuse``. All are batches; moments
    are naive UTC; a regime is a record or its code.

    Hooks an owner may override, each called once for all records concerned:
    ``_clock_changed(kind, clocks)`` when targets or states changed,
    ``_clock_warned(clocks)``, ``_clock_missed(clocks)`` and
    ``_clock_escalated(clocks, step)`` from the sweep.
    ``clock.res_id`` tells which record a clock belongs to.
    """

    _name = "gorod24.clock.mixin"
    _description = "Record with terms"

    clock_ids = fields.One2many(
        "gorod24.clock",
        "res_id",
        "Terms",
        domain=lambda self: [("res_model", "=", self._name)],
    )

    def unlink(self):
        ids = self.ids
        result = super().unlink()
        # bookkeeping follows its owner, who was allowed to go
        clocks = self.env["gorod24.clock"].sudo()
        clocks.search([("res_model", "=", self._name), ("res_id", "in", ids)]).unlink()
        return result

    # SERVICES

    @api.model
    def _clock_preview(self, regime, start, kinds=WORK_KINDS, emergency=False, **case):
        """Due dates as they would be, without storing anything.

        :param kinds: in the order of the stages; kinds the regime does not
            limit are left out. A limit counted from the previous stage is
            counted from that stage's own due date.
        :param emergency: take the emergency regime unless it is one already
        :param case: what the terms are about, see ``clockwork.choose``
        :return: list of dicts kind, label, start and target (naive UTC), explanation,
            regime_id
        """
        clocks = self.env["gorod24.clock"]
        regime = self.env["gorod24.regime"]._as_regime(regime)
        if emergency:
            regime = regime._for_emergency()
        labels = wording.kind_labels(self.env)
        ends, found = {}, []
        for kind in kinds:
            rule = clocks._find_rule(regime, kind, start, **case)
            if rule is None:
                continue
            begin = start
            if rule.start_from == "previous":
                begin = ends.get(clockwork.PREVIOUS.get(kind), start)
            due = clocks._due(rule, begin)
            ends[kind] = due.target
            steps = [step.as_json() for step in due.steps]
            found.append(
                {
                    "kind": kind,
                    "label": labels[kind],
                    "start": begin,
                    "target": due.target,
                    "explanation": wording.explain(self.env, steps),
                    "regime_id": regime.id,
                }
            )
        return found

    def _find_clock_rule(self, kind, regime, start):
        """The clockwork rule that times a term of this record, or None. Hook."""
        return self.env["gorod24.clock"]._find_rule(regime, kind, start)

    def _clock_start(self, kind, regime, start):
        """Start a term on all these records; return the clocks."""
        return self._clock_start_many(
            [(record, kind, regime, start) for record in self]
        )

    @api.model
    def _clock_start_many(self, specs):
        """Start many terms with one insert.

        :param specs: list of (record, kind, regime, start); records of several
            models may be mixed
        :return: the clocks, without those whose regime has no such limit
        :raise: IntegrityError when a term of the kind already runs for a record
        """
        # users cannot write clocks; only this code makes them, for owners that
        # the caller has already been allowed to create or write
        clocks = self.env["gorod24.clock"].sudo()
        regimes = self.env["gorod24.regime"]
        vals_list = []
        for record, kind, regime, start in specs:
            regime = regimes._as_regime(regime)
            vals = clocks._prepare_vals(record, kind, regime, start)
            if vals:
                vals_list.append(vals)
        # a term stopped a moment ago must be out of the way of the unique index
        clocks.flush_model(["state"])
        created = clocks.create(vals_list) if vals_list else clocks
        created._tell_owners(self.env)
        return created.sudo(False)

    def _clock_stop(self, kind, moment=None):
        """Stop the open terms of a kind (default: now); return them."""
        return self._clock_apply(kind, "_stop", moment or fields.Datetime.now())

    def _clock_stop_kinds(self, kinds, moment=None):
        """Stop the open terms of several kinds with one search; return them."""
        domain = [("kind", "in", list(kinds)), ("state", "!=", "stopped")]
        clocks = self._clock_search(domain)
        if clocks:
            clocks._stop(moment or fields.Datetime.now())
            clocks._tell_owners(self.env)
        return clocks.sudo(False)

    def _clock_pause(self, kind, reason, moment=None):
        """Let the terms stand still from a moment (default: now)."""
        moment = moment or fields.Datetime.now()
        return self._clock_apply(kind, "_pause", reason, moment)

    def _clock_resume(self, kind, moment=None):
        """Let paused terms run again: targets move by the length of the pause."""
        return self._clock_apply(kind, "_resume", moment or fields.Datetime.now())

    def _clock_extend(self, kind, new_target, reason, notice_date=False):
        """Prolong the open terms to a later moment; UserError if it is not."""
        return self._clock_apply(kind, "_extend", new_target, reason, notice_date)

    def _clock_rederive(self, kind, regime):
        """Count the open terms anew under another regime.

        The start, pauses and granted extensions stay. Where the new regime has
        no such limit, the term ends as excused.
        """
        regime = self.env["gorod24.regime"]._as_regime(regime)
        return self._clock_apply(kind, "_rederive", regime, fields.Datetime.now())

    def _clock_begin_anew(self, kind, start, regime):
        """Count the open terms from another beginning, under a regime; return them."""
        regime = self.env["gorod24.regime"]._as_regime(regime)
        now = fields.Datetime.now()
        return self._clock_apply(kind, "_begin_anew", start, regime, now)

    def _clock_revive(self, kind, domain=(), regime=None):
        """Let the last stopped term of a kind go on.

        :param regime: the one it goes on under; by default the ``regime_id`` of the
            record, for owners that have one
        :return: the terms that run again
        """
        clocks = self._clock_find(kind, [])
        taken = clocks.filtered(lambda one: one.state != "stopped").mapped("res_id")
        stopped = clocks.filtered_domain([("state", "=", "stopped"), *domain])
        revived = clocks.browse()
        for record in self.filtered(lambda one: one.id not in taken):
            mine = stopped.filtered(lambda one, owner=record.id: one.res_id == owner)
            last = mine.sorted("id")[-1:]
            last._revive(regime or record.regime_id, fields.Datetime.now())
            revived += last
        revived._tell_owners(self.env)
        return revived.sudo(False)

    def _clock_excuse(self, kind, reason):
        """Mark missed terms of the kind as excused, running late ones too."""
        clocks = self._clock_find(kind, [])._excuse(reason)
        clocks._tell_owners(self.env)
        return clocks.sudo(False)

    def _clock_find(self, kind, domain):
        """Clocks of one kind of these records, with the rights to change them."""
        return self._clock_search([("kind", "=", kind), *domain])

    def _clock_search(self, domain):
        """Clocks of these records, with the rights to change them."""
        # users cannot write clocks; the owner's methods act for them
        clocks = self.env["gorod24.clock"].sudo()
        mine = [("res_id", "in", self.ids), ("res_model", "=", self._name)]
        return clocks.search(mine + domain)

    def _clock_apply(self, kind, action, *args):
        clocks = self._clock_find(kind, [("state", "!=", "stopped")])
        if clocks:
            getattr(clocks, action)(*args)
            clocks._tell_owners(self.env)
        return clocks.sudo(False)

    # HOOKS

    def _clock_changed(self, kind, clocks):
        """Terms of one kind were started, moved, paused or stopped.

        :param self: the owners, in the order of ``clocks``
        """

    def _clock_warned(self, clocks):
        """The warning moment of these clocks has come."""

    def _clock_missed(self, clocks):
        """The target of these clocks has passed while they were running."""

    def _clock_escalated(self, clocks, step):
        """These clocks reached a step of the escalation ladder: tell ``step.role``.

        Called once per step and clock; after a standstill for the highest step only.
        """
