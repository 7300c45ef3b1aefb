# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

ACTIONS = [
    ("added", "Added"),
    ("changed", "Changed"),
    ("archived", "Archived"),
    ("refused", "Refused"),
]
KINDS = [("address", "Street or place"), ("house", "House")]


class Gorod24GarImportChange(models.Model):
    """A line of the report: the first ones of each sort; all are in the CSV."""

    _name = "gorod24.gar.import.change"
    _description = "Change Made by an Import of the Register"
    _order = "action desc, kind, id"
    _rec_name = "label"

    import_id = fields.Many2one(
        "gorod24.gar.import", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(KINDS, required=True, string="What")
    action = fields.Selection(ACTIONS, required=True, string="Happened")
    label = fields.Char(string="Address")
    detail = fields.Char(string="Details")
    objectguid = fields.Char(string="Register GUID")
