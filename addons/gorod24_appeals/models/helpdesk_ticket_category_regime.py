# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: the regime of a topic is chosen, not typed: the classifier knows only
its code, because it knows no regulation."""

from odoo import api, fields, models
from odoo.fields import Domain


class HelpdeskTicketCategory(models.Model):
    _inherit = "helpdesk.ticket.category"

    regime_id = fields.Many2one(
        "gorod24.regime",
        string="Legal regime",
        compute="_compute_regime_id",
        inverse="_inverse_regime_id",
        search="_search_regime_id",
        help="The set of time limits for questions with this topic.",
    )

    @api.depends("regime_code")
    def _compute_regime_id(self):
        regimes = self.env["gorod24.regime"].search(
            [("code", "in", list(set(self.mapped("regime_code"))))]
        )
        by_code = {regime.code: regime for regime in regimes}
        for category in self:
            category.regime_id = by_code.get(category.regime_code)

    @api.model
    def _get_regime_codes(self, *families):
        return self.env["gorod24.regime"]._get_family_codes(families)

    def _inverse_regime_id(self):
        for category in self:
            category.regime_code = category.regime_id.code

    def _search_regime_id(self, operator, value):
        if operator != "in":
            return NotImplemented
        regimes = self.env["gorod24.regime"].browse(i for i in value if i)
        codes = regimes.mapped("code") + ([False] if False in value else [])
        return Domain("regime_code", "in", codes)
