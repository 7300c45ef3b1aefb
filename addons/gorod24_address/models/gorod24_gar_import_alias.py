# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: earlier versions of a street's name become names it is found by."""

from odoo import models
from odoo.tools import SQL

from ..parsing import street_key

PORTION = 2000

KNOWN = """
    SELECT al.address_id, al.name FROM gorod24_address_alias al
     WHERE al.address_id IN (SELECT address_id FROM gorod24_gar_place)
"""
FORMER = """
    SELECT DISTINCT ON (p.address_id, v.key) p.address_id, v.key, v.name,
           CASE WHEN v.date_to IS NULL THEN %(former)s
                ELSE %(former_until)s || to_char(v.date_to, 'DD.MM.YYYY') END
      FROM gorod24_gar_place p
      JOIN gorod24_gar_version v ON v.objectguid = p.objectguid
      JOIN gorod24_address a ON a.id = p.address_id
     WHERE p.act <> 'refused' AND NOT v.current AND v.key <> p.key AND v.key <> ''
       AND v.key <> split_part(a.search_key, '|', 1)
     ORDER BY p.address_id, v.key, v.date_to DESC NULLS LAST
"""
RENAMED = """
    SELECT address_id, old_name FROM gorod24_gar_place
     WHERE old_name IS NOT NULL AND act <> 'refused'
"""
INSERT = """
    INSERT INTO gorod24_address_alias
           (address_id, name, note, create_uid, create_date, write_uid, write_date)
    SELECT v.address_id, v.name, v.note, {uid}, now() AT TIME ZONE 'UTC',
           {uid}, now() AT TIME ZONE 'UTC'
      FROM (VALUES %s) AS v(address_id, key, name, note)
"""
LOG = """
    WITH named AS (
        UPDATE gorod24_gar_place SET act = 'changed'
         WHERE act = 'unchanged' AND address_id = ANY(%(ids)s)
     RETURNING address_id, objectguid, label, town_id
    )
    INSERT INTO gorod24_gar_change (kind, action, objectguid, label, detail)
    SELECT 'address', 'changed', n.objectguid,
           n.label || COALESCE(' (' || t.name || ')', ''),
           %(alias)s || ': ' || (SELECT string_agg(al.name, ', ')
              FROM gorod24_address_alias al WHERE al.address_id = n.address_id)
      FROM named n LEFT JOIN gorod24_address t ON t.id = n.town_id
"""


class Gorod24GarImport(models.Model):
    _inherit = "gorod24.gar.import"

    def _run_write_aliases(self, stage):
        """Former names first, then the search keys of the streets that got one."""
        if not stage.place:
            self._write_aliases()
            stage.place = [0]
            return False
        last = stage.place[0]
        self.env.cr.execute(
            SQL(
                "SELECT DISTINCT address_id FROM gorod24_gar_alias"
                " WHERE address_id > %s ORDER BY address_id LIMIT %s",
                last,
                PORTION,
            )
        )
        ids = [number for (number,) in self.env.cr.fetchall()]
        if not ids:
            return True
        addresses = self.env["gorod24.address"].browse(ids)
        self.env.add_to_compute(addresses._fields["search_key"], addresses)
        addresses.flush_recordset(["search_key"])
        stage.place = [ids[-1]]
        return False

    def _write_aliases(self):
        cr = self.env.cr
        words = self._get_words()
        cr.execute(SQL(KNOWN))
        known = {(number, street_key(name)) for number, name in cr.fetchall()}
        cr.execute(SQL(FORMER, **words))
        found = {
            (number, key): (name, note) for number, key, name, note in cr.fetchall()
        }
        cr.execute(SQL(RENAMED))
        renamed = cr.fetchall()
        for number, name in renamed:
            found.setdefault((number, street_key(name)), (name, words["former"]))
        rows = [
            (number, key, name, note)
            for (number, key), (name, note) in found.items()
            if (number, key) not in known
        ]
        # a renamed one has a new key even when it has all its names already
        keys = {row[:2] for row in rows} | {
            (i, street_key(name)) for i, name in renamed
        }
        if keys:
            cr.execute_values(
                "INSERT INTO gorod24_gar_alias (address_id, key) VALUES %s",
                sorted(keys),
            )
        if not rows:
            return
        uid = int(self.user_id.id or self.env.uid)
        cr.execute_values(INSERT.format(uid=uid), rows)
        cr.execute(SQL(LOG, **words, ids=[row[0] for row in rows]))
        self.env["gorod24.address.alias"].invalidate_model()
        self.env["gorod24.address"].invalidate_model(["alias_ids"])
