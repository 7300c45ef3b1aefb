# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import frozendict

from ..rollup import DAY, MONTH, Definition, Dimension, Level, Source

# Rings of citizens. Legs without a direction are none of an outgoing call.
_IN = "r.direction IS DISTINCT FROM 'out' AND r.consult IS NOT TRUE"
_OWN = "r.consult IS NOT TRUE"
# As F9 counts it: what the citizen spent on hold is no talk.
_TALK = (
    "GREATEST(0, EXTRACT(epoch FROM r.ended_at - r.answered_at)::int"
    " - COALESCE(r.hold_seconds, 0))"
)

# Cards of the hotline's own people, not those of the site or of the system itself.
_OWN_CARD = (
    "r.registered_at IS NOT NULL AND r.create_uid > 1"
    " AND EXISTS (SELECT FROM res_users u WHERE u.id = r.create_uid AND NOT u.share)"
)
_BY_HOUR = ("hour", "EXTRACT(hour FROM {local})")
CARDS = Source(
    table="helpdesk_ticket",
    moment="r.registered_at",
    dimensions=(("user_id", "r.create_uid"), _BY_HOUR),
    measures=(
        ("card_count", f"CASE WHEN {_OWN_CARD} THEN 1 ELSE 0 END"),
        (
            "call_card_count",
            f"CASE WHEN r.from_call IS TRUE AND {_OWN_CARD} THEN 1 ELSE 0 END",
        ),
    ),
)
# A mark counts for the day of the talk, so that it stands beside it.
MARKS = Source(
    table="gorod24_call_mark",
    moment="CASE WHEN r.is_current THEN r.call_at END",
    dimensions=(("user_id", "r.user_id"), _BY_HOUR),
    measures=(("mark_count", "1"), ("mark_sum", "r.total")),
)

STAT = Definition(
    table="gorod24_operator_stat",
    source="gorod24_call_leg",
    moment="r.started_at",
    dimensions=(
        Dimension("user_id", "int4", "r.user_id"),
        Dimension("hour", "int4", "EXTRACT(hour FROM {local})"),
    ),
    measures=(
        ("leg_count", f"CASE WHEN {_IN} THEN 1 ELSE 0 END"),
        (
            "answered_count",
            f"CASE WHEN {_IN} AND r.answered_at IS NOT NULL THEN 1 ELSE 0 END",
        ),
        (
            "unanswered_count",
            f"CASE WHEN {_IN} AND r.end_reason = 'no_answer' THEN 1 ELSE 0 END",
        ),
        (
            "transferred_count",
            "CASE WHEN r.end_reason = 'transferred' THEN 1 ELSE 0 END",
        ),
        (
            "talk_seconds",
            f"CASE WHEN r.consult IS TRUE THEN 0 ELSE COALESCE({_TALK}, 0) END",
        ),
        ("consult_count", "CASE WHEN r.consult IS TRUE THEN 1 ELSE 0 END"),
        (
            "outgoing_count",
            f"CASE WHEN {_OWN} AND r.direction = 'out' THEN 1 ELSE 0 END",
        ),
        (
            "talk_count",
            f"CASE WHEN {_OWN} AND r.answered_at IS NOT NULL THEN 1 ELSE 0 END",
        ),
    ),
    levels=(
        Level("month", MONTH, ("user_id",)),
        Level("full", DAY, ("user_id", "hour")),
    ),
    more=(CARDS, MARKS),
)


class Gorod24OperatorStat(models.Model):
    """What each operator had: rings, talks, calls handed over, cards, marks (F11).

    Rings, answered and not answered are of incoming calls; talks are of both ways and
    without the time on hold, as in the statistics of calls.
    A call that two operators had counts for both here, and once in the statistics of
    calls. Cards are the appeals that the operator registered, from calls and otherwise;
    marks are those in force, by the day of the talk.
    """

    _name = "gorod24.operator.stat"
    _description = "Statistics of operators"
    _inherit = ["gorod24.stat.mixin"]
    _auto = False
    _order = "day desc, id"
    _rec_name = "day"
    _depends = frozendict(
        {
            "gorod24.call.leg": [
                "started_at",
                "answered_at",
                "ended_at",
                "hold_seconds",
                "user_id",
                "end_reason",
                "consult",
                "direction",
            ],
            "helpdesk.ticket": ["registered_at", "create_uid", "from_call"],
            "gorod24.call.mark": ["is_current", "call_at", "user_id", "total"],
        }
    )
    _stat = STAT
    _stat_ratios = {
        "talk_average": ("talk_seconds", "talk_count"),
        "mark_average": ("mark_sum", "mark_count"),
    }

    day = fields.Date("Date", readonly=True)
    hour = fields.Integer(aggregator=None, readonly=True)
    user_id = fields.Many2one("res.users", "Operator", readonly=True)
    leg_count = fields.Integer("Rings", aggregator="sum", readonly=True)
    answered_count = fields.Integer("Answered calls", aggregator="sum", readonly=True)
    unanswered_count = fields.Integer("Did not answer", aggregator="sum", readonly=True)
    transferred_count = fields.Integer("Handed over", aggregator="sum", readonly=True)
    consult_count = fields.Integer(
        "Advised colleagues", aggregator="sum", readonly=True
    )
    outgoing_count = fields.Integer("Outgoing calls", aggregator="sum", readonly=True)
    talk_count = fields.Integer("Talks", aggregator="sum", readonly=True)
    talk_seconds = fields.Integer(
        "Talk, s",
        aggregator="sum",
        readonly=True,
        help="With citizens, both ways; the time on hold is not counted.",
    )
    talk_average = fields.Float(
        "Average talk, s",
        aggregator="avg",
        readonly=True,
        help="Without the time on hold.",
    )
    card_count = fields.Integer(
        "Cards",
        aggregator="sum",
        readonly=True,
        help="Appeals that the operator registered, in calls and otherwise.",
    )
    call_card_count = fields.Integer("Cards of calls", aggregator="sum", readonly=True)
    mark_count = fields.Integer("Quality marks", aggregator="sum", readonly=True)
    mark_sum = fields.Integer(aggregator="sum", readonly=True)
    mark_average = fields.Float(
        "Average mark",
        aggregator="avg",
        readonly=True,
        help="Of the marks in force, by the day of the talk; from 0 to 100.",
    )

    @api.model
    def _stat_extra(self, level):
        return (self._stat_ratio_columns(),)
