# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: faults in houses and streets that curators look for."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

TOWN_LEVELS = ("city", "settlement")


class Gorod24Building(models.Model):
    _inherit = "gorod24.building"

    is_duplicate = fields.Boolean(
        string="Entered twice",
        compute="_compute_is_duplicate",
        search="_search_is_duplicate",
        help="The town has another street of this name with a house of this number.",
    )

    # The houses a curator has to give a district.
    _no_district_idx = models.Index("(street_id) WHERE district_id IS NULL AND active")

    def _compute_is_duplicate(self):
        found = self.search(
            Domain("id", "in", self.ids) & Domain("is_duplicate", "=", True)
        )
        for building in self:
            building.is_duplicate = building in found

    @api.model
    def _search_is_duplicate(self, operator, value):
        if operator != "in":
            return NotImplemented
        streets = self.env["gorod24.address"]._get_twin_streets()
        self.flush_model(["house_key", "street_id", "active"])
        return Domain(
            "id",
            "in",
            SQL(
                "(SELECT unnest(array_agg(b.id)) FROM gorod24_building b"
                " JOIN unnest(%s::int[], %s::int[]) AS twin(street_id, number)"
                " ON twin.street_id = b.street_id"
                " WHERE b.active GROUP BY twin.number, b.house_key"
                " HAVING count(*) > 1)",
                list(streets),
                list(streets.values()),
            ),
        )


class Gorod24Address(models.Model):
    _inherit = "gorod24.address"

    is_townless = fields.Boolean(
        string="In no town",
        compute="_compute_is_townless",
        search="_search_is_townless",
    )

    def _compute_is_townless(self):
        found = self.search(
            Domain("id", "in", self.ids) & Domain("is_townless", "=", True)
        )
        for address in self:
            address.is_townless = address in found

    @api.model
    def _search_is_townless(self, operator, value):
        if operator != "in":
            return NotImplemented
        self.flush_model(["level", "parent_id", "parent_path"])
        # Nearly every street stands right under its town: the path is walked for the
        # few that do not.
        return Domain(
            "id",
            "in",
            SQL(
                "(SELECT a.id FROM gorod24_address a"
                " LEFT JOIN gorod24_address p ON p.id = a.parent_id"
                " WHERE a.level IN ('street', 'plan')"
                " AND (p.level IS NULL OR p.level NOT IN %(towns)s)"
                " AND NOT EXISTS (SELECT 1 FROM gorod24_address t"
                " WHERE t.level IN %(towns)s AND t.id = ANY("
                "string_to_array(rtrim(a.parent_path, '/'), '/')::int[])))",
                towns=TOWN_LEVELS,
            ),
        )

    @api.model
    def _get_twin_streets(self):
        """Active streets that share name, type and town: {id: number of the group}."""
        self.flush_model(["name", "type_name", "level", "parent_path", "active"])
        rows = self.env.execute_query(
            SQL(
                "WITH named AS (SELECT id, parent_path,"
                " replace(lower(name), 'ё', 'е') AS name,"
                " rtrim(lower(coalesce(type_name, '')), '.') AS kind,"
                " count(*) OVER (PARTITION BY replace(lower(name), 'ё', 'е'),"
                " rtrim(lower(coalesce(type_name, '')), '.')) AS twins"
                " FROM gorod24_address WHERE active AND level IN ('street', 'plan')),"
                " placed AS (SELECT n.id, n.name, n.kind, t.id AS town_id FROM named n"
                " LEFT JOIN gorod24_address t ON n.twins > 1 AND t.level IN %s"
                " AND t.id = ANY("
                "string_to_array(rtrim(n.parent_path, '/'), '/')::int[])"
                " WHERE n.twins > 1)"
                " SELECT id, dense_rank() OVER (ORDER BY name, kind, town_id),"
                " count(*) OVER (PARTITION BY name, kind, town_id) FROM placed",
                TOWN_LEVELS,
            )
        )
        return {street: group for street, group, count in rows if count > 1}
