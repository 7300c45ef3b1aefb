# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: a merge is taken back to the letter, or not at all."""

from collections import defaultdict

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

SHOWN = 5


class Merge(models.Model):
    _inherit = "gorod24.merge"

    def action_undo(self):
        """Put everything back where it was before the merge.

        :raises AccessError: to others than supervisors
        :raises UserError: after a day, or naming what has been changed since
        """
        self.ensure_one()
        self._check_supervisor()
        # sudo: the right is checked above; moved records are of many models
        merge = self.sudo()
        merge._lock(merge)
        master, merged = merge._get_pair()
        if not merge.can_undo:
            raise UserError(
                self.env._(
                    "A merge can be taken back within %(hours)s hours, and once.",
                    hours=24,
                )
            )
        merge._lock(master + merged)
        self.env.flush_all()
        merge._take_back()
        merge.write(
            {
                "state": "undone",
                "undone_at": fields.Datetime.now(),
                "undone_by_id": self.env.uid,
            }
        )
        merge._after_undo(master, merged)
        return True

    def _take_back(self):
        fields_lines = self._read_lines(SQL("other_column IS NULL"))
        links = self._read_lines(SQL("other_column IS NOT NULL"))
        by_row = defaultdict(dict)
        for table, row_id, column, _other, old, new in fields_lines:
            # The first old value and the last new one, if a column moved twice.
            first = by_row[table, row_id].get(column, (old, new))[0]
            by_row[table, row_id][column] = first, new
        changed = self._find_changed(by_row)
        blocking = [
            (table, row_id, column)
            for table, row_id, column in changed
            if column not in self._get_derived_columns(table)
        ]
        if blocking:
            raise UserError(self._changed_message(blocking))
        for spot in changed:
            by_row[spot[:2]].pop(spot[2])
        self._restore_all(by_row)
        for line in links:
            self._restore_link(*line)
        self.env.invalidate_all()
        self._tell_moved()

    def _read_lines(self, condition):
        return self.env.execute_query(
            SQL(
                """
                SELECT table_name, res_id, field, other_column, old_value, new_value
                  FROM gorod24_merge_line
                 WHERE merge_id = %s AND %s
                 ORDER BY id
                """,
                self.id,
                condition,
            )
        )

    def _find_changed(self, by_row):
        """Return the spots (table, row, column) that are not as the merge left them.

        Rows deleted since are dropped from ``by_row``: there is nothing to put back.
        """
        spots = defaultdict(list)
        for (table, row_id), columns in by_row.items():
            for column in columns:
                spots[table, column].append(row_id)
        changed, gone = [], set()
        for (table, column), ids in spots.items():
            query = SQL(
                "SELECT id, %s::text FROM %s WHERE id = ANY(%s)",
                SQL.identifier(column),
                SQL.identifier(table),
                ids,
            )
            now = dict(self.env.execute_query(query))
            gone |= {(table, row_id) for row_id in ids if row_id not in now}
            changed += [
                (table, row_id, column)
                for row_id, value in now.items()
                if value != by_row[table, row_id][column][1]
            ]
        for row in gone:
            by_row.pop(row)
        return changed

    def _get_derived_columns(self, table):
        """Columns of a table that follow from others or change by themselves. Hook.

        Changed since the merge, they are no obstacle and stay as they are.
        """
        return {"last_used"} if table == "gorod24_phone" else set()

    def _changed_message(self, spots):
        """Say in words what stands in the way."""
        lines = []
        for table, row_id, column in spots[:SHOWN]:
            model = self._get_model_of(table)
            record = self.env[model].browse(row_id)
            field = record._fields[column]._description_string(self.env)
            name = self.env["ir.model"]._get(model).name
            lines.append(f"– {name} “{record.display_name}”: {field}")
        if len(spots) > SHOWN:
            more = len(spots) - SHOWN
            lines.append(self.env._("– and %(count)s more", count=more))
        return self.env._(
            "The merge cannot be taken back, this has been changed since:\n%(what)s",
            what="\n".join(lines),
        )

    def _restore_all(self, by_row):
        """Write the old values: rows that get the same ones in one statement."""
        groups = defaultdict(list)
        for (table, row_id), columns in by_row.items():
            values = tuple((name, old) for name, (old, _new) in columns.items())
            if values:
                groups[table, values].append(row_id)
        for (table, values), ids in groups.items():
            self._restore_rows(table, ids, dict(values))

    def _restore_link(self, table, row_id, column, other, old, new):
        """Move one bare link back; one that was removed since stays removed."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE %(table)s AS link SET %(column)s = %(old)s
                 WHERE link.%(column)s = %(new)s AND link.%(other)s = %(row)s
                   AND NOT EXISTS (
                       SELECT FROM %(table)s same
                        WHERE same.%(column)s = %(old)s AND same.%(other)s = %(row)s)
                """,
                table=SQL.identifier(table),
                column=SQL.identifier(column),
                other=SQL.identifier(other),
                old=int(old),
                new=int(new),
                row=row_id,
            )
        )

    def _after_undo(self, master, merged):
        """Bring in order what follows from the records put back. Hook by kind."""
