# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class Gorod24AddressAlias(models.Model):
    """A former or spoken name by which people still look for a street."""

    _name = "gorod24.address.alias"
    _description = "Other Name of an Address Object"
    _order = "name"

    address_id = fields.Many2one(
        "gorod24.address", required=True, index=True, ondelete="cascade"
    )
    name = fields.Char(required=True)
    note = fields.Char(help="For example: former name, until 1992.")
