# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class Gorod24GarImportUnit(models.Model):
    """A region or municipality met in an archive, to be chosen by name."""

    _name = "gorod24.gar.import.unit"
    _description = "Place in an Archive of the Register"
    _order = "is_region desc, level, name, id"

    import_id = fields.Many2one(
        "gorod24.gar.import", required=True, index=True, ondelete="cascade"
    )
    region = fields.Char(help="Two digits; empty when the archive has no folders.")
    is_region = fields.Boolean()
    objectid = fields.Integer()
    level = fields.Char()
    type_name = fields.Char(string="Type")
    name = fields.Char(required=True)

    @api.depends("name", "type_name", "region", "is_region")
    def _compute_display_name(self):
        for unit in self:
            if unit.is_region:
                unit.display_name = f"{unit.region} {unit.name}".strip()
            else:
                unit.display_name = f"{unit.name}, {unit.type_name}"
