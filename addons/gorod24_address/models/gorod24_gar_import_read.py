# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: the files of the archive → staging tables, portion by portion."""

import io
import time
from contextlib import ExitStack
from typing import Any, NamedTuple

from odoo import models
from odoo.tools import SQL

from ..gar import (
    ADDITION_WORDS,
    HOUSE_WORDS,
    AddressRows,
    GarError,
    HouseRows,
    IdSet,
    LinkRows,
    ParamRows,
    Place,
    Reader,
    read_rows,
    short_words,
    staging,
)

#: A portion ends at so many rows kept or seconds passed.
PORTION_ROWS = 50_000
PORTION_SECONDS = 5.0
#: Types of *_PARAMS we keep: their CODE in AS_PARAM_TYPES, usual TYPEID, our name.
PARAMS = (("PostIndex", "5", "postal_code"), ("OKTMO", "7", "oktmo"))
#: Rough seconds of each writing stage against those of reading a byte.
READ_WEIGHT = {
    "read_addresses": 1.6,
    "read_links": 1.2,
    "read_address_params": 0.6,
    "read_houses": 2.5,
    "read_house_params": 0.6,
}
APPLY_WEIGHT = {
    "compare": 0.03,
    "write_addresses": 0.05,
    "write_aliases": 0.02,
    "match_houses": 0.10,
    "write_houses": 0.25,
    "archive": 0.03,
    "report": 0.02,
}


class Open(NamedTuple):
    """A file being read by this process."""

    stage_id: int
    stack: ExitStack
    reader: Reader
    rows: Any


#: The one open file of a process, by database; steps of a stage share it.
_OPEN = {}


class Gorod24GarImport(models.Model):
    _inherit = "gorod24.gar.import"

    def _prepare_stages(self):
        """Stages of this import: files of each region, then the writing.

        :raise UserError: when the archive lacks a file the import needs
        """
        values = []
        with self._open_archive() as archive:
            for region in self.region_ids:
                values += self._prepare_region_stages(archive, region.region)
        total = sum(v["weight"] for v in values) or 1.0
        values += [
            {"code": code, "weight": share * total}
            for code, share in APPLY_WEIGHT.items()
        ]
        self.env["gorod24.gar.import.stage"].sudo().create(
            [
                {**vals, "import_id": self.id, "sequence": i}
                for i, vals in enumerate(values)
            ]
        )

    def _prepare_region_stages(self, archive, region):
        tables = {
            "read_addresses": "ADDR_OBJ",
            "read_links": f"{self.hierarchy.upper()}_HIERARCHY",
            "read_address_params": "ADDR_OBJ_PARAMS",
            "read_houses": "HOUSES",
            "read_house_params": "HOUSES_PARAMS",
        }
        values = []
        for code, table in tables.items():
            members = archive.find(table, region)
            if not members and self.kind == "full" and "params" not in code:
                raise GarError("missing", region=region or "-", table=table)
            values += [
                {
                    "code": code,
                    "region": region,
                    "member": member.name,
                    "weight": member.size * READ_WEIGHT[code],
                }
                for member in members
            ]
        return values

    # STEPS OF READING

    def _run_read_addresses(self, stage):
        return self._read_step(stage)

    def _run_read_links(self, stage):
        return self._read_step(stage)

    def _run_read_address_params(self, stage):
        return self._read_step(stage)

    def _run_read_houses(self, stage):
        return self._read_step(stage)

    def _run_read_house_params(self, stage):
        return self._read_step(stage)

    def _read_step(self, stage):
        """Read one portion of a file into its staging table."""
        opened = self._get_reader(stage)
        reader, rows = opened.reader, opened.rows
        until = time.monotonic() + PORTION_SECONDS
        more = True
        while more and len(rows.lines) < PORTION_ROWS and time.monotonic() < until:
            more = reader.step()
        kept = len(rows.lines)
        self._copy(rows.table, rows.columns, rows.take())
        if isinstance(rows, LinkRows):
            self._copy("flat", ("objectid",), rows.take_flats())
        self._report_refused(stage, rows.take_refused())
        stage.write(
            {
                "place": list(reader.place),
                "progress": 100.0 * reader.place.offset / (reader.size or 1),
                "rows": stage.rows + kept,
            }
        )
        if not more:
            self._close_reader()
        return not more

    def _copy(self, table, columns, lines):
        if lines:
            self.env.cr.copy_expert(
                staging.copy_statement(table, columns), io.StringIO("".join(lines))
            )

    def _get_reader(self, stage):
        """The open file of a stage, at the place the stage has reached."""
        opened = _OPEN.get(self.env.cr.dbname)
        if opened and opened.stage_id == stage.id:
            if list(opened.reader.place) == (stage.place or list(Place())):
                return opened
        self._close_reader()
        with ExitStack() as stack:
            archive = stack.enter_context(self._open_archive())
            table = self._get_table(archive, stage)
            rows = getattr(self, f"_prepare_rows_{stage.code[5:]}")(archive, stage)
            place = Place(*stage.place) if stage.place else None
            reader = Reader(archive, table, rows, place)
            stack.callback(reader.close)
            opened = Open(stage.id, stack.pop_all(), reader, rows)
        _OPEN[self.env.cr.dbname] = opened
        return opened

    def _get_table(self, archive, stage):
        found = [m for m in archive.members if m.name == stage.member]
        if not found:
            raise GarError("changed", file=stage.member)
        return found[0]

    def _close_reader(self):
        opened = _OPEN.pop(self.env.cr.dbname, None)
        if opened:
            opened.stack.close()

    # WHAT IS KEPT OF EACH FILE

    def _prepare_rows_addresses(self, archive, stage):
        return AddressRows(self._today(), stage.region or "")

    def _prepare_rows_links(self, archive, stage):
        region = stage.region or ""
        parents = self._collect("version", region)
        known = ()
        if self.kind == "delta":
            parents = self._collect_known("gorod24_address", parents)
            known = self._collect_known("gorod24_building", IdSet())
        chosen = [str(number) for number in self._get_chosen_ids()]
        return LinkRows(self._today(), region, parents, chosen, known)

    def _prepare_rows_address_params(self, archive, stage):
        wanted = self._collect("version", stage.region or "")
        if self.kind == "delta":
            wanted = self._collect_known("gorod24_address", wanted)
        return ParamRows(self._today(), wanted, self._get_param_types(archive))

    def _prepare_rows_houses(self, archive, stage):
        # known ones too: their last version tells when they were closed
        wanted = self._collect_known("gorod24_building", self._collect("link"))
        words = self._read_types(archive, "HOUSE_TYPES", stage.region)
        additions = self._read_types(archive, "ADDHOUSE_TYPES", stage.region)
        return HouseRows(
            self._today(),
            stage.region or "",
            wanted,
            # a plain house («д.», «зд.») is said by its number alone
            {**short_words(words, HOUSE_WORDS), **dict.fromkeys("1235", "")},
            short_words(additions, ADDITION_WORDS),
        )

    def _prepare_rows_house_params(self, archive, stage):
        wanted = self._collect("house", stage.region or "")
        if self.kind == "delta":
            wanted = self._collect_known("gorod24_building", wanted)
        return ParamRows(self._today(), wanted, self._get_param_types(archive))

    def _read_types(self, archive, table, region):
        members = archive.find(table) or archive.find(table, region or "")
        return read_rows(archive, members[-1]) if members else []

    def _get_param_types(self, archive):
        """{TYPEID: our column} by the archive's own dictionary of parameters."""
        codes = {
            row.get("CODE"): row.get("ID")
            for row in self._read_types(archive, "PARAM_TYPES", "")
        }
        return {codes.get(code, usual): name for code, usual, name in PARAMS}

    def _collect(self, table, region=None):
        """OBJECTIDs of a staging table (of one region) as a compact set."""
        query = SQL("SELECT objectid FROM %s", SQL.identifier(staging.PREFIX + table))
        if region is not None:
            query = SQL("%s WHERE region = %s", query, region)
        return self._collect_query(query, IdSet())

    def _collect_known(self, table, numbers):
        """The same set with what the directory already holds."""
        query = SQL(
            "SELECT objectid FROM %s WHERE objectid <> 0", SQL.identifier(table)
        )
        return self._collect_query(query, numbers)

    def _collect_query(self, query, numbers):
        self.env.cr.execute(
            SQL("DECLARE gorod24_gar_ids NO SCROLL CURSOR FOR %s", query)
        )
        while True:
            self.env.cr.execute(SQL("FETCH 20000 FROM gorod24_gar_ids"))
            rows = self.env.cr.fetchall()
            if not rows:
                break
            numbers.add_all([number for (number,) in rows])
        self.env.cr.execute(SQL("CLOSE gorod24_gar_ids"))
        return numbers

    def _report_refused(self, stage, refused):
        """Rows that cannot be imported go into the report with the reason."""
        kind = "house" if "house" in stage.code else "address"
        reasons = self._get_reasons()
        lines = [
            (kind, "refused", guid, name, reasons[reason])
            for reason, guid, name in refused
        ]
        if lines:
            self.env.cr.execute_values(
                "INSERT INTO gorod24_gar_change"
                " (kind, action, objectguid, label, detail) VALUES %s",
                lines,
            )

    def _get_reasons(self):
        return {
            "bad_id": self.env._(
                "the register's number (OBJECTID) is missing or wrong"
            ),
            "bad_guid": self.env._(
                "the register's GUID (OBJECTGUID) is missing or wrong"
            ),
            "no_name": self.env._("the name is missing"),
            "bad_level": self.env._("the level is not one of streets and places"),
            "no_number": self.env._("the house has no number"),
            "no_street": self.env._("its street or place is not actual"),
            "no_parent": self.env._(
                "it stands in no actual place of the chosen division"
            ),
            "double_guid": self.env._("two objects of the register have the same GUID"),
            "double_number": self.env._(
                "another house of the street has the same number"
            ),
            "loop": self.env._("it would lie inside itself"),
            "in_use": self.env._(
                "gone from the register, kept: it holds active houses"
            ),
        }
