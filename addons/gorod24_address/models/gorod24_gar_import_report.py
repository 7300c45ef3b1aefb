# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: what is gone is archived, what happened is told."""

import base64
import tempfile
import zipfile

from odoo import models
from odoo.tools import SQL

from .gorod24_gar_house_sql import street_label

#: Lines of each sort kept in the form; all are in the file.
SHOWN = 200
#: A longer file is zipped.
ZIPPED = 100_000

GONE = """
    SELECT a.id FROM gorod24_address a
     WHERE a.objectguid IS NOT NULL AND a.active AND a.level <> 'region'
       AND EXISTS (SELECT 1 FROM gorod24_address c
                    WHERE c.objectid = ANY(%(chosen)s) AND c.id <> a.id
                      AND a.parent_path LIKE c.parent_path || '%%')
       AND NOT EXISTS (SELECT 1 FROM gorod24_gar_place p WHERE p.address_id = a.id)
"""
#: Of changes: no version of the object is actual any more.
GONE_DELTA = """
    SELECT a.id FROM gorod24_address a
      JOIN gorod24_gar_version v ON v.objectguid = a.objectguid
     WHERE a.active GROUP BY a.id HAVING NOT bool_or(v.current)
"""
_IN_USE = """
    (EXISTS (SELECT 1 FROM gorod24_building b WHERE b.street_id = a.id AND b.active)
     OR EXISTS (SELECT 1 FROM gorod24_address c WHERE c.parent_id = a.id AND c.active))
"""
ARCHIVE = f"""
    UPDATE gorod24_address a
       SET active = FALSE, register_archived = TRUE,
           write_uid = %(uid)s, write_date = now() AT TIME ZONE 'UTC'
     WHERE a.id IN ({{gone}}) AND NOT {_IN_USE}
 RETURNING a.id
"""
LOG = """
    INSERT INTO gorod24_gar_change (kind, action, objectguid, label, detail)
    SELECT 'address', %(action)s, a.objectguid, {street}, %(detail)s
      FROM gorod24_address a WHERE a.id = ANY(%(ids)s) ORDER BY a.name
"""
COUNT_CHANGES = """
    SELECT kind || '_' || action, count(*) FROM gorod24_gar_change GROUP BY 1
"""
COUNT_UNCHANGED = """
    SELECT (SELECT count(*) FROM gorod24_gar_place WHERE act = 'unchanged'),
           (SELECT count(*) FROM gorod24_gar_spot
             WHERE act IS NULL AND building_id IS NOT NULL)
"""
HARMLESS = r"regexp_replace(%s, '^([=+@-])', '''\1')"
FIRST_CHANGES = """
    INSERT INTO gorod24_gar_import_change
           (import_id, kind, action, objectguid, label, detail)
    SELECT %(job)s, kind, action, objectguid, label, detail
      FROM (SELECT *, row_number() OVER (PARTITION BY kind, action ORDER BY id) AS place
              FROM gorod24_gar_change) c
     WHERE place <= %(shown)s ORDER BY kind, action, id
"""


class Gorod24GarImport(models.Model):
    _inherit = "gorod24.gar.import"

    def _run_archive(self, stage):
        """Streets and places that are gone, from the bottom of the tree upwards."""
        gone = GONE if self.kind == "full" else GONE_DELTA
        words = {
            "chosen": self._get_chosen_ids(),
            "uid": self.user_id.id or self.env.uid,
        }
        cr = self.env.cr
        while True:
            cr.execute(SQL(ARCHIVE.format(gone=gone), **words))
            ids = [number for (number,) in cr.fetchall()]
            if not ids:
                break
            self._log_addresses(ids, "archived", self._get_words()["gone"])
        cr.execute(SQL(gone, **words))
        kept = [number for (number,) in cr.fetchall()]
        self._log_addresses(kept, "refused", self._get_reasons()["in_use"])
        self.env["gorod24.address"].invalidate_model()
        return True

    def _log_addresses(self, ids, action, detail):
        if ids:
            log = LOG.format(street=street_label())
            self.env.cr.execute(SQL(log, ids=ids, action=action, detail=detail))

    def _run_report(self, stage):
        """Counts, the first lines of each sort, and a file of all."""
        cr = self.env.cr
        cr.execute(SQL(COUNT_CHANGES))
        counts = dict(cr.fetchall())
        cr.execute(SQL(COUNT_UNCHANGED))
        counts["address_unchanged"], counts["house_unchanged"] = cr.fetchone()
        self.write({name: counts[name] for name in counts if name in self._fields})
        self.env["gorod24.gar.import.change"].flush_model()
        self.change_ids.unlink()
        cr.execute(SQL(FIRST_CHANGES, job=self.id, shown=SHOWN))
        self.env["gorod24.gar.import.change"].invalidate_model()
        self.invalidate_recordset(["change_ids"])
        self._write_report_file()
        return True

    def _write_report_file(self):
        """CSV of all changes, written through a file, not through memory."""
        cr = self.env.cr
        cr.execute(SQL("SELECT count(*) FROM gorod24_gar_change"))
        total = cr.fetchone()[0]
        if not total:
            return
        name = self.env._("register_%s.csv", (self.version or "").replace(".", "-"))
        with tempfile.TemporaryFile() as target:
            if total > ZIPPED:
                with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as pack:
                    with pack.open(name, "w") as stream:
                        self._write_rows(stream)
                name = f"{name}.zip"
            else:
                self._write_rows(target)
            target.seek(0)
            self.write(
                {
                    "report_file": base64.b64encode(target.read()),
                    "report_filename": name,
                }
            )

    def _write_rows(self, stream):
        """Lines of the report as CSV that a spreadsheet opens in Russian.

        PostgreSQL writes them: no line is held by Python.
        """
        change = self.env["gorod24.gar.import.change"]
        titles, values = [], []
        for name in ("action", "kind", "label", "detail", "objectguid"):
            field = change._fields[name]
            titles.append(field._description_string(self.env))
            if field.type == "selection":
                cases = [
                    SQL("WHEN %s THEN %s", value, word)
                    for value, word in field._description_selection(self.env)
                ]
                columns = SQL.identifier(name), SQL(" ").join(cases)
                values.append(SQL("CASE %s %s END", *columns))
            else:  # a spreadsheet must not take a name for a formula
                values.append(SQL(HARMLESS, SQL.identifier(name)))
        query = SQL(
            "COPY (SELECT %s FROM gorod24_gar_change ORDER BY id) TO STDOUT"
            " WITH (FORMAT csv, DELIMITER ';', ENCODING 'UTF8')",
            SQL(", ").join(values),
        )
        stream.write(("\ufeff" + ";".join(titles) + "\n").encode())
        cr = self.env.cr
        cr.copy_expert(cr.mogrify(query.code, query.params), stream)

    def _get_words(self):
        """What happened, in the words of the report."""
        return {
            "adopted": self.env._("linked with the register"),
            "replaced": self.env._("new GUID in the register"),
            "revived": self.env._("is in the register again"),
            "gone": self.env._("no longer in the register"),
            "name": self.env._("name"),
            "parent": self.env._("lies in"),
            "level": self.env._("level"),
            "number": self.env._("number"),
            "street": self.env._("street"),
            "postal_code": self.env._("postal code"),
            "oktmo": self.env._("OKTMO"),
            "alias": self.env._("other names"),
            "former": self.env._("former name"),
            "former_until": self.env._("former name, until") + " ",
        }

    def _get_defaults(self, model, filled):
        """Columns that other addons added to a model with a default.

        :return: (", column…", ", placeholder…", {placeholder: value})
        """
        records = self.env[model]
        skipped = {*filled, "id", "register_archived", *models.MAGIC_COLUMNS}
        columns, values, params = "", "", {}
        for name, field in records._fields.items():
            if not (field.store and field.column_type and field.default):
                continue
            if name in skipped:
                continue
            value = field.convert_to_cache(field.default(records), records)
            value = field.convert_to_column_insert(value, records)
            columns += f", {name}"
            values += f", %(default_{name})s"
            params[f"default_{name}"] = value
        return columns, values, params
