# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models

from ..conversation import Ref
from ..conversation.quality import (
    FIGURES,
    Limits,
    fault,
    loss_percent,
    nearest_leg,
)
from ..conversation.record import CLOCKS

# Names of calls are used again; a measurement is of the call it lies in, give or take.
NEAR = timedelta(minutes=5)
# What found no call waits for it so long.
PATIENCE = timedelta(days=7)
GC_BATCH = 5000
FAULTS = [
    ("silence", "No sound came"),
    ("loss", "Sound was lost"),
    ("mos", "Hard to understand (MOS)"),
    ("conceal", "Gaps were filled in"),
    ("jitter", "Uneven sound (jitter)"),
    ("latency", "Delay"),
]
# Limit → (parameter, in the unit of the limit).
LIMITS = {
    name: f"gorod24_telephony.quality_{name}" for name in Limits.__dataclass_fields__
}


class CallQuality(models.Model):
    """What one end of a leg measured: how well it heard the other.

    Told by the exchange after the talk, by a name of the call. What comes before its
    call waits for it; nobody changes it by hand.
    """

    _name = "gorod24.call.quality"
    _description = "Quality of the line in a talk"
    _order = "started_at desc, id desc"
    _rec_name = "extension"

    event_id = fields.Char(required=True)
    call_id = fields.Many2one("gorod24.call", index=True, ondelete="cascade")
    leg_id = fields.Many2one(
        "gorod24.call.leg", index="btree_not_null", ondelete="set null"
    )
    user_id = fields.Many2one("res.users", "Operator", index="btree_not_null")
    refs = fields.Json("References")
    ref_value = fields.Char("Name of the call")
    extension = fields.Char()
    side = fields.Selection(
        [("near", "Operator"), ("far", "Other end")],
        "Who heard",
        required=True,
        help="The telephone that measured: the operator's, or the gateway to the city.",
    )
    started_at = fields.Datetime("Began", required=True)
    ended_at = fields.Datetime("Ended", required=True)
    packets_sent = fields.Integer("Packets sent", aggregator=None)
    packets_received = fields.Integer("Packets received", aggregator=None)
    packets_lost = fields.Integer("Packets lost", aggregator=None)
    loss_percent = fields.Float("Lost, %", digits=(6, 2), aggregator="avg")
    jitter_ms = fields.Integer("Jitter, ms", aggregator="avg")
    latency_ms = fields.Integer("Delay, ms", aggregator="avg")
    mos = fields.Float("MOS", digits=(3, 2), aggregator="avg")
    mos_min = fields.Float("Lowest MOS", digits=(3, 2), aggregator="min")
    conceal_ratio = fields.Float(
        "CCR", digits=(6, 4), aggregator="avg", help="Share of concealed sound."
    )
    conceal_interval = fields.Float(
        "ICR", digits=(6, 4), aggregator=None, help="The same in the last interval."
    )
    conceal_worst = fields.Float(
        "Worst ICR", digits=(6, 4), aggregator="max", help="In the worst interval."
    )
    conceal_seconds = fields.Integer("Seconds with gaps", aggregator="sum")
    severe_seconds = fields.Integer("Seconds with large gaps", aggregator="sum")
    fault = fields.Selection(
        FAULTS,
        "What was wrong",
        readonly=True,
        help="By the limits that were set when it was measured.",
    )

    _event_uniq = models.Constraint("UNIQUE (event_id)", "It is measured already.")
    # A call that has come looks for what waits for it.
    _waiting_idx = models.Index("(ref_value) WHERE call_id IS NULL")
    # The list of bad lines, the newest first.
    _fault_idx = models.Index("(started_at DESC) WHERE fault IS NOT NULL")

    @api.model
    def _take_in(self, events):
        """Keep the measurements among ``events``, each once, with their calls.

        Runs as superuser inside ``serialised``, like all of the door.
        """
        known = self.search_fetch(
            [("event_id", "in", [event.event_id for event in events])], ["event_id"]
        )
        known = set(known.mapped("event_id"))
        limits = self._limits()
        fresh = [event for event in events if event.event_id not in known]
        self.create([self._prepare(event, limits) for event in fresh])._join()

    @api.model
    def _prepare(self, event, limits):
        event = self.env["gorod24.call"]._on_our_clock(event)
        figures = dict(event.quality)
        # The name of the whole call, where there is one; else any.
        main = next((ref for ref in event.refs if ref.kind == "gcid"), event.refs[0])
        return {
            **{name: figures[name] for name in FIGURES if name in figures},
            "event_id": event.event_id,
            "refs": [[ref.system, ref.kind, ref.value] for ref in event.refs],
            "ref_value": main.value,
            "extension": event.extension or False,
            "side": figures["side"],
            "started_at": event.started_at.replace(microsecond=0),
            "ended_at": event.at.replace(microsecond=0),
            "loss_percent": loss_percent(figures) or 0,
            "fault": fault(figures, limits) or False,
        }

    @api.model
    def _limits(self):
        # Reading settings: no personal data behind this sudo.
        get = self.env["ir.config_parameter"].sudo().get_param
        values = {}
        for name, parameter in LIMITS.items():
            try:
                values[name] = float(get(parameter, ""))
            except ValueError:
                continue
        return Limits(**values)

    def _join(self):
        """Give each its call, if that has come, and its leg."""
        names = {row: [Ref(*name) for name in row.refs or ()] for row in self}
        calls = defaultdict(self.env["gorod24.call"].browse)
        every = {ref for refs in names.values() for ref in refs}
        for ref in self.env["gorod24.call.ref"]._of(every):
            calls[Ref(ref.system, ref.kind, ref.value)] |= ref.call_id
        for row, refs in names.items():
            found = calls[None].union(*(calls[ref] for ref in refs if ref in calls))
            found = found.filtered(row._lies_in)
            row.call_id = found.sorted(row._distance)[:1]
        self._find_legs()

    def _lies_in(self, call):
        end = call.ended_at or self.ended_at
        return call.started_at - NEAR <= self.ended_at and self.started_at <= end + NEAR

    def _distance(self, call):
        return abs(call.started_at - self.started_at)

    def _find_legs(self):
        """Point at the leg of the telephone with the most common time."""
        for row in self.filtered("call_id"):
            legs = row.call_id.leg_ids.filtered(
                lambda leg, row=row: leg.extension and leg.extension == row.extension
            )
            place = nearest_leg(
                [(leg.started_at, leg.ended_at or None) for leg in legs],
                row.started_at,
                row.ended_at,
                CLOCKS,
            )
            leg = legs.browse() if place is None else legs[place]
            if row.leg_id != leg or row.user_id != leg.user_id:
                row.write({"leg_id": leg.id, "user_id": leg.user_id.id})

    @api.model
    def _catch_up(self, calls):
        """The ``calls`` were told anew: join what waits for them, find legs again."""
        if not calls:
            return
        values = calls.ref_ids.mapped("value")
        self.search([("call_id", "=", False), ("ref_value", "in", values)])._join()
        self.search([("call_id", "in", calls.ids)])._find_legs()

    @api.autovacuum
    def _gc_waiting(self):
        """What waited a week is of a call that is none of ours.

        :return: (deleted, whether more are left).
        """
        old = self.search(
            [
                ("call_id", "=", False),
                ("create_date", "<", fields.Datetime.now() - PATIENCE),
            ],
            limit=GC_BATCH,
        )
        old.unlink()
        return len(old), len(old) == GC_BATCH
