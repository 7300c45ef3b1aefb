# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class TelephonyOperatorsLine(models.TransientModel):
    """One operator in the table."""

    _name = "gorod24.telephony.operators.line"
    _description = "Telephone of an operator"
    _order = "id"

    wizard_id = fields.Many2one(
        "gorod24.telephony.operators", required=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        "res.users", "Operator", required=True, ondelete="cascade"
    )
    login = fields.Char(related="user_id.login")
    agent = fields.Char("Agent of the call centre")
    extension = fields.Char()
