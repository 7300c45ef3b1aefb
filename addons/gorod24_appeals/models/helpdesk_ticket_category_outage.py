# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from odoo.addons.gorod24_regulation.models.kinds import SERVICES


class HelpdeskTicketCategory(models.Model):
    """Concern: topics about a utility service that does not come to a house."""

    _inherit = "helpdesk.ticket.category"

    outage_service = fields.Selection(
        SERVICES,
        "Interrupted service",
        help="An emergency of this topic has to be ended within the interruption that"
        " is tolerated for the service.",
    )
    # Regimes of calls and of interruptions are no regimes of topics.
    regime_id = fields.Many2one(
        domain=[("family", "not in", ("outage", "call", "call_emergency"))]
    )

    def _preview_restoration(self, regime, moment, in_house=True):
        """When the service would have to be restored, as ``_clock_preview`` does."""
        if not self._is_outage_under(regime, in_house):
            return []
        return self.env["gorod24.question"]._clock_preview(
            regime._of_family("outage"),
            moment,
            kinds=("restoration",),
            service=self.outage_service,
        )

    def _is_outage_under(self, regime, in_house):
        """Whether an emergency of the topic is timed by the tolerated interruption."""
        # sudo: the same answer for every user
        regime = regime.sudo()
        lawful = regime.is_emergency and not regime._is_of("emergency_city")
        return bool(in_house and lawful and self.sudo().outage_service)
