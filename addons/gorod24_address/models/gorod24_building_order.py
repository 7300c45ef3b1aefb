# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: houses stand in a list as along a street: 2, 10, 10а, 100."""

from odoo import models
from odoo.tools import SQL


class GorodBuilding(models.Model):
    _inherit = "gorod24.building"

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        order = super()._order_field_to_sql(alias, field_name, direction, nulls, query)
        if field_name not in ("house", "house_key"):
            return order
        number = SQL(
            "substring(%s from '^[0-9]{1,9}')::integer %s %s",
            self._field_to_sql(alias, field_name, query),
            direction,
            nulls,
        )
        return SQL("%s, %s", number, order)
