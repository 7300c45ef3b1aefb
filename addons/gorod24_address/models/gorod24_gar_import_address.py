# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: regions, towns and streets of the register → the directory.

From the top down, one depth of the tree a step: found by GUID, else a hand-made
street or town of the same place and name is adopted, else added.
"""

from odoo import models
from odoo.tools import SQL

from ..gar import staging
from ..parsing import street_key, street_type
from . import gorod24_gar_address_sql as sql


class Gorod24GarImport(models.Model):
    _inherit = "gorod24.gar.import"

    def _run_compare(self, stage):
        """The tree of the scope, and what the curators had entered by hand."""
        execute = self.env.cr.execute
        self._normalise_guids()
        chosen = self._get_chosen_ids()
        for table in ("version", "link", "house", "param", "flat"):
            execute(SQL("ANALYZE %s", SQL.identifier(staging.PREFIX + table)))
        if self.kind == "full":
            execute(SQL(sql.FULL_TREE, chosen=chosen))
        else:
            execute(SQL(sql.DELTA_TREE))
            execute(SQL(sql.DELTA_KNOWN))
        execute(SQL("CREATE INDEX ON gorod24_gar_place (objectid)"))
        execute(SQL(sql.PARAMS))
        reasons = self._get_reasons()
        execute(
            SQL(
                sql.DOUBLE_GUID.format(table="gorod24_gar_place"),
                reason=reasons["double_guid"],
            )
        )
        execute(SQL(sql.OWN))
        execute(SQL(sql.OWN_ROOT))
        self._fill_own_keys()
        execute(SQL("ANALYZE gorod24_gar_place, gorod24_gar_own"))
        return self._check_loss()

    def _normalise_guids(self):
        """GUIDs typed by hand may be in capitals or an empty text."""
        for table in ("gorod24_address", "gorod24_building"):
            self.env.cr.execute(
                SQL(
                    "UPDATE %(table)s SET objectguid = NULLIF(lower(objectguid), '')"
                    " WHERE objectguid <> lower(objectguid) OR objectguid = ''",
                    table=SQL.identifier(table),
                )
            )

    def _fill_own_keys(self):
        """Keys of names entered by hand, by the same rules as of the register."""
        cr = self.env.cr
        cr.execute(
            SQL(
                "SELECT a.id, a.name, a.type_name FROM gorod24_gar_own o"
                " JOIN gorod24_address a USING (id)"
            )
        )
        rows = [
            (number, street_key(name or ""), street_type(kind or ""))
            for number, name, kind in cr.fetchall()
        ]
        if rows:
            cr.execute_values(
                "UPDATE gorod24_gar_own o SET key = v.key, street_type = v.kind"
                " FROM (VALUES %s) AS v(id, key, kind) WHERE v.id = o.id",
                rows,
            )

    def _run_write_addresses(self, stage):
        """One depth of the tree: find, adopt, change, add."""
        depth = stage.place or 0
        cr = self.env.cr
        cr.execute(SQL("SELECT max(depth) FROM gorod24_gar_place"))
        deepest = cr.fetchone()[0]
        if deepest is None or depth > deepest:
            return True
        self._write_depth(depth)
        stage.write(
            {
                "place": depth + 1,
                "rows": depth + 1,
                "progress": 100.0 * (depth + 1) / (deepest + 1),
            }
        )
        return False

    def _write_depth(self, depth):
        cr = self.env.cr
        words = {
            **self._get_words(),
            "depth": depth,
            "uid": self.user_id.id or self.env.uid,
        }
        reasons = self._get_reasons()
        cr.execute(SQL(sql.FIND, **words))
        cr.execute(SQL(sql.FIND_PARENT, **words))
        if self.kind == "delta":
            cr.execute(SQL(sql.FIND_KNOWN_PARENT, **words))
        cr.execute(SQL(sql.NO_PARENT, **words, reason=reasons["no_parent"]))
        cr.execute(SQL(sql.ADOPT_PLACES, **words))
        cr.execute(SQL(sql.ADOPT_STREETS, **words))
        cr.execute(SQL(sql.FORGET_OWN, **words))
        cr.execute(SQL(sql.LOOP, **words, reason=reasons["loop"]))
        cr.execute(SQL(sql.CLASSIFY, **words))
        cr.execute(SQL(sql.UPDATE, **words))
        changed = [number for (number,) in cr.fetchall()]
        if changed:
            cr.execute(SQL(sql.RENEW_PATHS, ids=changed))
        cr.execute(SQL(sql.NUMBER_NEW, **words))
        columns, values, defaults = self._get_defaults("gorod24.address", sql.INSERTED)
        insert = sql.INSERT.format(columns=columns, values=values)
        cr.execute(SQL(insert, **words, **defaults))
        cr.execute(SQL(sql.LOG, **words))
        self.env["gorod24.address"].invalidate_model()
