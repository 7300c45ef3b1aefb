# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Comparison keys of streets and houses by the rules of the new parser."""

import logging

from psycopg2.extras import execute_values

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL

from odoo.addons.gorod24_address.parsing import house_key, street_key

_logger = logging.getLogger(__name__)


def migrate(cr, version):
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    _renew_streets(env)
    _renew_houses(env)


def _renew_streets(env):
    """Hyphens are spaces in keys now: «северо-западная» = «северо западная»."""
    names = {}
    for address, name in env.execute_query(
        SQL("SELECT address_id, name FROM gorod24_address_alias ORDER BY name, id")
    ):
        names.setdefault(address, []).append(name)
    changed = []
    for id_, name, old in env.execute_query(
        SQL("SELECT id, name, search_key FROM gorod24_address")
    ):
        keys = [street_key(n) for n in [name, *names.get(id_, [])] if n]
        key = "|".join(dict.fromkeys(keys))
        if key != old:
            changed.append((key, id_))
    _write(env.cr, "gorod24_address", "search_key", changed)


def _renew_houses(env):
    """«стр. 5» without a number has a key of its own now; 54й is no letter."""
    rows = env.execute_query(
        SQL("SELECT id, street_id, house, house_key FROM gorod24_building")
    )
    taken = {(street, key) for _id, street, _house, key in rows}
    changed, kept = [], 0
    for id_, street, house, old in rows:
        key = house_key(house)
        if key == old:
            continue
        if (street, key) in taken:
            kept += 1
            continue
        taken.add((street, key))
        changed.append((key, id_))
    _write(env.cr, "gorod24_building", "house_key", changed)
    if kept:
        _logger.warning(
            "%s houses keep their old key: a namesake has the new one", kept
        )


def _write(cr, table, column, changed):
    """Write many (value, id) by few statements: a country has millions of houses."""
    execute_values(
        cr._obj,
        f"UPDATE {table} SET {column} = new.value"
        f" FROM (VALUES %s) AS new (value, id) WHERE {table}.id = new.id",
        changed,
        page_size=5000,
    )
