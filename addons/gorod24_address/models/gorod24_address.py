# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain

from ..parsing import format_name, street_key

#: Levels that houses can stand on (villages may have houses without streets).
HOUSE_LEVELS = ("street", "plan", "settlement")


class Gorod24Address(models.Model):
    """An address object: region, town, district or street, as in the state register."""

    _name = "gorod24.address"
    _description = "Address Object"
    _parent_store = True
    _order = "name, id"
    _rec_names_search = ["name", "search_key"]

    name = fields.Char(required=True, help="Name without type, for example Ленина.")
    type_name = fields.Char(
        string="Type", help="Abbreviated type: ул., пр-кт, пер., г., р-н."
    )
    level = fields.Selection(
        [
            ("region", "Region"),
            ("area", "Area"),
            ("city", "City"),
            ("settlement", "Settlement"),
            ("district", "City district"),
            ("plan", "Planning unit"),
            ("street", "Street"),
        ],
        required=True,
        default="street",
        index=True,
    )
    parent_id = fields.Many2one("gorod24.address", index=True, ondelete="restrict")
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("gorod24.address", "parent_id", string="Contents")
    district_id = fields.Many2one(
        "gorod24.address",
        string="City district",
        domain=[("level", "=", "district")],
        index="btree_not_null",
        ondelete="restrict",
        help="District of the whole street; a house may state another.",
    )
    alias_ids = fields.One2many(
        "gorod24.address.alias", "address_id", string="Other and former names"
    )
    building_ids = fields.One2many("gorod24.building", "street_id")
    building_count = fields.Integer(compute="_compute_building_count")
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
    register_name = fields.Char(
        string="Name in the register",
        readonly=True,
        help="As last imported; the name above may be the curator's own spelling.",
    )
    register_archived = fields.Boolean(
        string="Archived by an import",
        readonly=True,
        help="Gone from the register; comes back by itself when it is there again.",
    )
    postal_code = fields.Char()
    oktmo = fields.Char(string="OKTMO", help="Code of the municipality.")
    search_key = fields.Char(
        compute="_compute_search_key",
        store=True,
        index="trigram",
        export_string_translation=False,
        help="Normalised name and aliases, divided by |.",
    )
    active = fields.Boolean(default=True)

    _objectguid_uidx = models.UniqueIndex(
        "(objectguid) WHERE objectguid IS NOT NULL",
        "This object of the State Address Register is already here.",
    )

    @api.depends("name", "alias_ids.name")
    def _compute_search_key(self):
        for address in self:
            names = [address.name, *address.alias_ids.mapped("name")]
            keys = [street_key(name) for name in names if name]
            address.search_key = "|".join(dict.fromkeys(keys))

    @api.depends("name", "type_name")
    def _compute_display_name(self):
        for address in self:
            address.display_name = format_name(address.type_name, address.name)

    def _compute_building_count(self):
        counts = dict(
            self.env["gorod24.building"]._read_group(
                [("street_id", "in", self.ids)], ["street_id"], ["__count"]
            )
        )
        for address in self:
            address.building_count = counts.get(address, 0)

    @api.model_create_multi
    def create(self, vals_list):
        addresses = super().create(vals_list)
        addresses._forget_localities()
        return addresses

    def write(self, vals):
        result = super().write(vals)
        if {"name", "type_name", "level", "active"} & set(vals):
            self._forget_localities()
        return result

    def unlink(self):
        self._forget_localities()
        return super().unlink()

    def _forget_localities(self):
        """Drop the cached names of towns when a town is touched."""
        if any(address.level in ("city", "settlement") for address in self):
            self.env.registry.clear_cache()

    @api.model
    def _search_display_name(self, operator, value):
        if operator == "ilike" and isinstance(value, str) and value.strip():
            key = street_key(value)
            return Domain("search_key", "ilike", key) | Domain("name", "ilike", value)
        return super()._search_display_name(operator, value)

    def _get_path_ids(self, building=None):
        """Ids from the most general to the most exact, the district included.

        :param building: its district replaces the street's district
        :return: list of ids; the district stands just above the street
        """
        self.ensure_one()
        path = [int(i) for i in (self.parent_path or "").split("/") if i]
        district = (building and building.district_id) or self.district_id
        if district and district.id not in path:
            path.insert(len(path) - 1, district.id)
        return path

    def action_open_buildings(self):
        """Open the houses of this street."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gorod24_address.gorod24_building_action"
        )
        action["domain"] = [("street_id", "=", self.id)]
        action["context"] = {"default_street_id": self.id}
        return action

    def _get_town(self):
        """The town or village this object lies in (itself if it is one)."""
        self.ensure_one()
        address = self
        while address and address.level not in ("city", "settlement"):
            address = address.parent_id
        return address
