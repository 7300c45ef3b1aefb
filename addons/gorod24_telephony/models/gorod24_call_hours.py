# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: calls outside the working hours of the hotline.

Only emergencies are taken then, so such a call counts as one until its outcome says
otherwise: a card of another kind, or the reason why there is no card.
"""

from odoo import api, fields, models


class Call(models.Model):
    _inherit = "gorod24.call"

    out_of_hours = fields.Boolean(
        "Outside hours",
        compute="_compute_out_of_hours",
        store=True,
        precompute=True,
        help="A citizen rang while the hotline was closed, by the hours set then.",
    )
    profile = fields.Selection(
        compute="_compute_profile", store=True, precompute=True, readonly=False
    )

    _out_of_hours_idx = models.Index("(started_at) WHERE out_of_hours IS TRUE")

    @api.depends("direction", "started_at")
    def _compute_out_of_hours(self):
        hours = self.env["gorod24.hotline.hours"]
        for call in self:
            call.out_of_hours = (
                call.direction == "in"
                and bool(call.started_at)
                and not hours._is_open(call.started_at)
            )

    @api.depends("out_of_hours")
    def _compute_profile(self):
        for call in self:
            guess = "emergency" if call.out_of_hours else False
            call.profile = call.profile or guess

    def _is_profile_guessed(self):
        """Whether the kind of the call was told by the hour alone."""
        self.ensure_one()
        return self.out_of_hours and self.profile == "emergency" and not self.appeal_ids
