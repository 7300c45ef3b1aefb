# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain

from ..gar import number_key
from ..parsing import house_key, parse
from .gorod24_address import HOUSE_LEVELS


class Gorod24Building(models.Model):
    """A house with its number. Look-up by text: see `gorod24_building_search`."""

    _name = "gorod24.building"
    _description = "Building"
    _order = "street_id, house_key, id"

    street_id = fields.Many2one(
        "gorod24.address",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("level", "in", HOUSE_LEVELS)],
    )
    house = fields.Char(string="House number", required=True, help="As written: 54-в.")
    house_key = fields.Char(
        compute="_compute_house_key",
        store=True,
        precompute=True,
        export_string_translation=False,
        help="Normalised number: 54-в, 54 В and 54B are one house.",
    )
    district_id = fields.Many2one(
        "gorod24.address",
        string="City district",
        domain=[("level", "=", "district")],
        compute="_compute_district_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    objectguid = fields.Char(
        string="Register GUID", help="OBJECTGUID of the State Address Register."
    )
    objectid = fields.Integer(
        string="Register number",
        index="btree_not_null",
        readonly=True,
        aggregator=None,
        help="OBJECTID of the State Address Register.",
    )
    register_archived = fields.Boolean(
        string="Archived by an import",
        readonly=True,
        help="Gone from the register; comes back by itself when it is there again.",
    )
    postal_code = fields.Char()
    oktmo = fields.Char(string="OKTMO", help="Code of the municipality.")
    kind = fields.Selection(
        [
            ("apartment", "Apartment building"),
            ("private", "Private house"),
            ("public", "Public building"),
            ("other", "Other"),
        ],
        required=True,
        default="apartment",
    )
    flat_count = fields.Integer(string="Flats")
    residents = fields.Integer()
    date_from = fields.Date(string="Exists since")
    date_to = fields.Date(string="Exists until")
    active = fields.Boolean(default=True)

    # Archived houses may share a number: a new house takes that of a gone one.
    _street_house_uidx = models.UniqueIndex(
        "(street_id, house_key) WHERE active", "This street already has such a house."
    )
    _objectguid_uidx = models.UniqueIndex(
        "(objectguid) WHERE objectguid IS NOT NULL",
        "This house of the State Address Register is already here.",
    )
    _check_dates = models.Constraint(
        "CHECK (date_to IS NULL OR date_from IS NULL OR date_to >= date_from)",
        "A house cannot disappear before it exists.",
    )

    @api.depends("house")
    def _compute_house_key(self):
        for building in self:
            building.house_key = number_key(building.house or "")

    @api.depends("street_id.district_id", "street_id.parent_id")
    def _compute_district_id(self):
        for building in self:
            street = building.street_id
            parent = street.parent_id
            district = street.district_id or (
                parent if parent.level == "district" else self.browse().street_id
            )
            # A house keeps the district a curator gave it.
            building.district_id = building._origin.district_id or district

    @api.depends("house", "street_id.name", "street_id.type_name")
    def _compute_display_name(self):
        for building in self:
            building.display_name = (
                f"{building.street_id.display_name}, {building.house}"
            )

    @api.model
    def _search_display_name(self, operator, value):
        if operator == "ilike" and isinstance(value, str) and value.strip():
            parsed = parse(value)
            if parsed.house and not parsed.street:
                return Domain("house_key", "=like", house_key(parsed.house) + "%")
            found = [c["building_id"] for c in self.suggest(value, limit=80)]
            if any(found):
                return Domain("id", "in", [i for i in found if i])
            return Domain("street_id", operator, value)
        return super()._search_display_name(operator, value)
