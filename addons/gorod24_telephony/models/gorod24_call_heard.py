# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""How well the two ends of a call heard each other."""

from odoo import api, fields, models


class Call(models.Model):
    _inherit = "gorod24.call"

    quality_ids = fields.One2many(
        "gorod24.call.quality",
        "call_id",
        "Quality of the line",
        groups="gorod24_appeals.group_supervisor",
    )
    bad_line = fields.Boolean(
        compute="_compute_bad_line",
        store=True,
        precompute=True,
        groups="gorod24_appeals.group_supervisor",
        help="A telephone of the call measured something worse than the limits.",
    )

    # The filter of supervisors: few calls, the newest first.
    _bad_line_idx = models.Index("(started_at DESC) WHERE bad_line")

    @api.depends("quality_ids.fault")
    def _compute_bad_line(self):
        for call in self:
            call.bad_line = bool(call.quality_ids.filtered("fault"))
