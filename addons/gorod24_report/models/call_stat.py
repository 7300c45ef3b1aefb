# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import frozendict

from ..rollup import DAY, MONTH, Definition, Dimension, Level

_BY_HOUR = ("hour", "direction", "result")
_ALL = (*_BY_HOUR, "user_id", "profile")

STAT = Definition(
    table="gorod24_call_stat",
    source="gorod24_call",
    moment="r.started_at",
    dimensions=(
        Dimension("hour", "int4", "EXTRACT(hour FROM {local})"),
        Dimension("direction", "varchar", "r.direction"),
        Dimension("result", "varchar", "r.result"),
        Dimension("user_id", "int4", "r.user_id"),
        Dimension("profile", "varchar", "r.profile"),
    ),
    measures=(
        ("call_count", "1"),
        ("wait_seconds", "COALESCE(r.wait_seconds, 0)"),
        ("talk_seconds", "COALESCE(r.talk_seconds, 0)"),
        ("answered_count", "CASE WHEN r.result = 'answered' THEN 1 ELSE 0 END"),
    ),
    levels=(
        Level("month", MONTH, _BY_HOUR),
        Level("hour", DAY, _BY_HOUR),
        Level("month_full", MONTH, _ALL),
        Level("full", DAY, _ALL),
    ),
)


class Gorod24CallStat(models.Model):
    """Calls by hour, direction, result and operator."""

    _name = "gorod24.call.stat"
    _description = "Statistics of calls"
    _inherit = ["gorod24.stat.mixin"]
    _auto = False
    _order = "day desc, hour, id"
    _rec_name = "day"
    _depends = frozendict(
        {
            "gorod24.call": [
                "started_at",
                "direction",
                "result",
                "user_id",
                "profile",
                "wait_seconds",
                "talk_seconds",
            ]
        }
    )
    _stat = STAT
    _stat_ratios = {
        "wait_average": ("wait_seconds", "call_count"),
        "talk_average": ("talk_seconds", "answered_count"),
    }

    day = fields.Date("Date", readonly=True)
    hour = fields.Integer(aggregator=None, readonly=True)
    direction = fields.Selection(
        [("in", "Incoming"), ("out", "Outgoing")], readonly=True
    )
    result = fields.Selection(
        [("answered", "Answered"), ("missed", "Missed"), ("failed", "Not reached")],
        readonly=True,
    )
    user_id = fields.Many2one("res.users", "Operator", readonly=True)
    profile = fields.Selection(
        [
            ("appeal", "Appeal"),
            ("emergency", "Emergency"),
            ("reference", "Reference"),
            ("navigated", "Navigated"),
            ("no_card", "No card"),
        ],
        readonly=True,
    )
    call_count = fields.Integer("Calls", aggregator="sum", readonly=True)
    answered_count = fields.Integer("Answered calls", aggregator="sum", readonly=True)
    wait_seconds = fields.Integer("Waiting, s", aggregator="sum", readonly=True)
    talk_seconds = fields.Integer("Talk, s", aggregator="sum", readonly=True)
    wait_average = fields.Float("Average waiting, s", aggregator="avg", readonly=True)
    talk_average = fields.Float("Average talk, s", aggregator="avg", readonly=True)

    @api.model
    def _stat_extra(self, level):
        ratios = (
            f"s.{above}::float / NULLIF(s.{below}, 0) AS {name}"
            for name, (above, below) in self._stat_ratios.items()
        )
        return (", ".join(ratios),)
