# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import frozendict

from ..rollup import DAY, MONTH, Definition, Dimension, Level

_BY_HOUR = (
    "hour",
    "weekday",
    "direction",
    "result",
    "line",
    "queue",
    "out_of_hours",
)
_ANSWERED = "r.direction = 'in' AND r.result = 'answered'"
# A setting: changing it makes all sums anew (models/ir_config_parameter.py).
SERVICE_LEVEL = "gorod24_telephony.service_level_seconds"
_THRESHOLD = (
    "COALESCE((SELECT NULLIF(substring(p.value FROM '^[0-9]{1,6}$'), '')::int"
    f" FROM ir_config_parameter p WHERE p.key = '{SERVICE_LEVEL}'), 20)"
)
_ALL = (*_BY_HOUR, "user_id", "profile")

STAT = Definition(
    table="gorod24_call_stat",
    source="gorod24_call",
    moment="r.started_at",
    dimensions=(
        Dimension("hour", "int4", "EXTRACT(hour FROM {local})"),
        Dimension("weekday", "varchar", "EXTRACT(isodow FROM {local})::int::text"),
        Dimension("direction", "varchar", "r.direction"),
        Dimension("result", "varchar", "r.result"),
        Dimension("line", "varchar", "r.line"),
        Dimension("queue", "varchar", "r.queue"),
        Dimension("out_of_hours", "bool", "COALESCE(r.out_of_hours, false)"),
        Dimension("user_id", "int4", "r.user_id"),
        Dimension("profile", "varchar", "r.profile"),
    ),
    measures=(
        ("call_count", "1"),
        ("wait_seconds", "COALESCE(r.wait_seconds, 0)"),
        ("talk_seconds", "COALESCE(r.talk_seconds, 0)"),
        ("answered_count", "CASE WHEN r.result = 'answered' THEN 1 ELSE 0 END"),
        ("hold_seconds", "COALESCE(r.hold_seconds, 0)"),
        ("work_seconds", "COALESCE(r.work_seconds, 0)"),
        ("offered_count", "CASE WHEN r.direction = 'in' THEN 1 ELSE 0 END"),
        (
            "abandoned_count",
            "CASE WHEN r.direction = 'in' AND r.result = 'missed' THEN 1 ELSE 0 END",
        ),
        ("card_count", "COALESCE(r.card_count, 0)"),
        (
            "in_time_hundred",
            f"CASE WHEN {_ANSWERED} AND COALESCE(r.wait_seconds, 0) <= {_THRESHOLD}"
            " THEN 100 ELSE 0 END",
        ),
        (
            "abandoned_hundred",
            "CASE WHEN r.direction = 'in' AND r.result = 'missed' THEN 100 ELSE 0 END",
        ),
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
                "line",
                "queue",
                "out_of_hours",
                "user_id",
                "profile",
                "wait_seconds",
                "talk_seconds",
                "hold_seconds",
                "work_seconds",
                "card_count",
            ]
        }
    )
    _stat = STAT
    _stat_ratios = {
        "wait_average": ("wait_seconds", "call_count"),
        "talk_average": ("talk_seconds", "answered_count"),
        "hold_average": ("hold_seconds", "answered_count"),
        "work_average": ("work_seconds", "answered_count"),
        "service_level": ("in_time_hundred", "offered_count"),
        "abandoned_share": ("abandoned_hundred", "offered_count"),
    }

    day = fields.Date("Date", readonly=True)
    hour = fields.Integer(aggregator=None, readonly=True)
    weekday = fields.Selection(
        [
            ("1", "Monday"),
            ("2", "Tuesday"),
            ("3", "Wednesday"),
            ("4", "Thursday"),
            ("5", "Friday"),
            ("6", "Saturday"),
            ("7", "Sunday"),
        ],
        "Day of the week",
        readonly=True,
    )
    line = fields.Char(
        readonly=True,
        help="By the number dialled. Calls given up in a queue have no queue, but they"
        " have a line.",
    )
    queue = fields.Char(readonly=True)
    out_of_hours = fields.Boolean("Outside hours", readonly=True)
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
    wait_average = fields.Float(
        "Average waiting, s",
        aggregator="avg",
        readonly=True,
        help="Of all calls: who gave up has waited, too.",
    )
    talk_average = fields.Float(
        "Average talk, s",
        aggregator="avg",
        readonly=True,
        help="Without the time on hold.",
    )
    hold_seconds = fields.Integer("Hold, s", aggregator="sum", readonly=True)
    work_seconds = fields.Integer("After the call, s", aggregator="sum", readonly=True)
    hold_average = fields.Float("Average hold, s", aggregator="avg", readonly=True)
    work_average = fields.Float(
        "Average after the call, s", aggregator="avg", readonly=True
    )
    offered_count = fields.Integer("Offered calls", aggregator="sum", readonly=True)
    abandoned_count = fields.Integer("Abandoned calls", aggregator="sum", readonly=True)
    card_count = fields.Integer("Cards", aggregator="sum", readonly=True)
    service_level = fields.Float(
        "Service level, %",
        aggregator="avg",
        readonly=True,
        help="Share of the calls offered that were answered within the threshold"
        " (20 seconds unless set otherwise).",
    )
    abandoned_share = fields.Float("Abandoned, %", aggregator="avg", readonly=True)
    in_time_hundred = fields.Integer(aggregator="sum", readonly=True)
    abandoned_hundred = fields.Integer(aggregator="sum", readonly=True)

    @api.model
    def _stat_extra(self, level):
        return (self._stat_ratio_columns(),)
