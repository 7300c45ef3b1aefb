# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: the keys of all streets in memory, renewed when the directory changes."""

from odoo import api, models, tools
from odoo.tools import SQL

from ..parsing import StreetIndex
from .gorod24_address import HOUSE_LEVELS

KEY_FIELDS = {"name", "level", "active", "alias_ids", "search_key"}


class Gorod24Address(models.Model):
    _inherit = "gorod24.address"

    @api.model
    def _get_street_index(self):
        """The :class:`StreetIndex` of the directory as it stands."""
        self.flush_model()
        # Rows loaded past the ORM (imports) show by the highest ids; what the ORM
        # does clears the cache.
        ((street, alias),) = self.env.execute_query(
            SQL(
                "SELECT (SELECT max(id) FROM gorod24_address),"
                " (SELECT max(id) FROM gorod24_address_alias)"
            )
        )
        return self._load_street_index(street, alias)

    @api.model
    @tools.ormcache("newest_street", "newest_alias")
    def _load_street_index(self, newest_street, newest_alias):
        rows = self.env.execute_query(
            SQL(
                """
                SELECT a.id, a.search_key, COALESCE(b.houses, 0)
                  FROM gorod24_address a
                  LEFT JOIN (
                       SELECT street_id, count(*) AS houses
                         FROM gorod24_building
                        GROUP BY street_id
                  ) b ON b.street_id = a.id
                 WHERE a.active AND a.level IN %s
                """,
                HOUSE_LEVELS,
            )
        )
        return StreetIndex(rows)

    @api.model_create_multi
    def create(self, vals_list):
        addresses = super().create(vals_list)
        self.env.registry.clear_cache()
        return addresses

    def write(self, vals):
        result = super().write(vals)
        if KEY_FIELDS & set(vals):
            self.env.registry.clear_cache()
        return result

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()
