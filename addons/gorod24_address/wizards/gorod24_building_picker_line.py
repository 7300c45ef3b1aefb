# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class Gorod24BuildingPickerLine(models.TransientModel):
    """One street of a pasted list with the houses found on it."""

    _name = "gorod24.building.picker.line"
    _description = "Street of a List of Houses"
    _order = "id"

    picker_id = fields.Many2one(
        "gorod24.building.picker", required=True, index=True, ondelete="cascade"
    )
    street_id = fields.Many2one(
        "gorod24.address", string="Address object", readonly=True
    )
    name = fields.Char(string="Street", readonly=True)
    text = fields.Char(string="As written", readonly=True)
    houses = fields.Char(readonly=True)
    count = fields.Integer(string="Found", readonly=True)
