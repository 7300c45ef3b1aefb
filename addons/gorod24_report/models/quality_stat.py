# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import frozendict

from odoo.addons.gorod24_telephony.models.gorod24_call_quality import FAULTS

from ..rollup import DAY, MONTH, Definition, Dimension, Level

_MEASURED_MOS = "COALESCE(r.mos, 0) >= 1"

STAT = Definition(
    table="gorod24_quality_stat",
    source="gorod24_call_quality",
    # what waits for its call is counted when it has found it
    moment="CASE WHEN r.call_id IS NOT NULL THEN r.started_at END",
    dimensions=(
        Dimension("extension", "varchar", "r.extension"),
        Dimension("side", "varchar", "r.side"),
        Dimension("user_id", "int4", "r.user_id"),
        Dimension("fault", "varchar", "r.fault"),
    ),
    measures=(
        ("measure_count", "1"),
        ("bad_count", "CASE WHEN r.fault IS NOT NULL THEN 1 ELSE 0 END"),
        ("bad_hundred", "CASE WHEN r.fault IS NOT NULL THEN 100 ELSE 0 END"),
        # averages are over talks; hundredths keep two digits in whole numbers
        (
            "mos_sum",
            f"CASE WHEN {_MEASURED_MOS} THEN round(r.mos * 100)::int ELSE 0 END",
        ),
        ("mos_hundred", f"CASE WHEN {_MEASURED_MOS} THEN 100 ELSE 0 END"),
        ("loss_sum", "round(COALESCE(r.loss_percent, 0) * 100)::int"),
        ("loss_hundred", "100"),
        ("jitter_sum", "LEAST(COALESCE(r.jitter_ms, 0), 10000)"),
        ("latency_sum", "LEAST(COALESCE(r.latency_ms, 0), 10000)"),
    ),
    levels=(
        Level("month", MONTH, ("extension", "side", "fault")),
        Level("full", DAY, ("extension", "side", "user_id", "fault")),
    ),
)


class Gorod24QualityStat(models.Model):
    """How well the telephones heard: by day, telephone, operator and side."""

    _name = "gorod24.quality.stat"
    _description = "Quality of the line"
    _inherit = ["gorod24.stat.mixin"]
    _auto = False
    _order = "day desc, id"
    _rec_name = "day"
    _depends = frozendict(
        {
            "gorod24.call.quality": [
                "call_id",
                "started_at",
                "extension",
                "side",
                "user_id",
                "fault",
                "mos",
                "loss_percent",
                "jitter_ms",
                "latency_ms",
            ]
        }
    )
    _stat = STAT
    _stat_ratios = {
        "bad_share": ("bad_hundred", "measure_count"),
        "mos_average": ("mos_sum", "mos_hundred"),
        "loss_average": ("loss_sum", "loss_hundred"),
        "jitter_average": ("jitter_sum", "measure_count"),
        "latency_average": ("latency_sum", "measure_count"),
    }

    day = fields.Date("Date", readonly=True)
    extension = fields.Char(readonly=True)
    side = fields.Selection(
        [("near", "Operator"), ("far", "Other end")], "Who heard", readonly=True
    )
    user_id = fields.Many2one("res.users", "Operator", readonly=True)
    fault = fields.Selection(FAULTS, "What was wrong", readonly=True)
    measure_count = fields.Integer("Measurements", aggregator="sum", readonly=True)
    bad_count = fields.Integer("Bad", aggregator="sum", readonly=True)
    bad_hundred = fields.Integer(aggregator="sum", readonly=True)
    mos_sum = fields.Integer(aggregator="sum", readonly=True)
    mos_hundred = fields.Integer(aggregator="sum", readonly=True)
    loss_sum = fields.Integer(aggregator="sum", readonly=True)
    loss_hundred = fields.Integer(aggregator="sum", readonly=True)
    jitter_sum = fields.Integer(aggregator="sum", readonly=True)
    latency_sum = fields.Integer(aggregator="sum", readonly=True)
    bad_share = fields.Float("Bad, %", aggregator="avg", readonly=True)
    mos_average = fields.Float("Average MOS", aggregator="avg", readonly=True)
    loss_average = fields.Float("Lost, %", aggregator="avg", readonly=True)
    jitter_average = fields.Float("Average jitter, ms", aggregator="avg", readonly=True)
    latency_average = fields.Float("Average delay, ms", aggregator="avg", readonly=True)

    @api.model
    def _stat_extra(self, level):
        return (self._stat_ratio_columns(),)
