# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    building_id = fields.Many2one(
        "gorod24.building", string="House", index="btree_not_null", ondelete="restrict"
    )
    flat = fields.Char()
    address_note = fields.Char(
        string="Address in words",
        help="What the directory cannot hold: entrance, landmark, unknown street.",
    )
    address_confirmed = fields.Boolean(
        help="The caller confirmed this address to the operator."
    )

    @api.onchange("building_id", "flat")
    def _onchange_building_id(self):
        for partner in self.filtered("building_id"):
            partner.update(partner._prepare_postal_address())

    def _prepare_postal_address(self):
        """Values of the standard postal fields for the chosen house."""
        self.ensure_one()
        building = self.building_id
        town = building.street_id._get_town()
        street = building.display_name
        if self.flat:
            street = self.env._(
                "%(house)s, flat %(flat)s", house=street, flat=self.flat
            )
        return {
            "street": street,
            "zip": building.postal_code or self.zip,
            "city": town.name or self.city,
        }
