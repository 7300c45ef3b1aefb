# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class TelephonySourceToken(models.TransientModel):
    """Shows a new token once. The token itself is stored nowhere."""

    _name = "gorod24.telephony.source.token"
    _description = "New token of a source"

    source_id = fields.Many2one("gorod24.telephony.source", readonly=True)
    token = fields.Char(compute="_compute_token")

    @api.depends_context("gorod24_token")
    def _compute_token(self):
        self.token = self.env.context.get("gorod24_token", "")
