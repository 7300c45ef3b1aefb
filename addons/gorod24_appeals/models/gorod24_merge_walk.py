# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: everything that points at the merged record points at the other one.

Three kinds of pointers: foreign keys of the database (fields and bare links alike),
pairs (model, id) such as those of messages and attachments, and references "model,id".
"""

import psycopg2

from odoo import api, models
from odoo.tools import SQL, mute_logger, ormcache


class Merge(models.Model):
    _inherit = "gorod24.merge"

    def _move_references(self, master, merged):
        for table, column in self._get_foreign_keys(master._table):
            if self._is_moved(table, column):
                types = self._get_column_types(table)
                if "id" in types:
                    own = table == master._table
                    pair = (master + merged).ids
                    rest = SQL("AND id <> ALL(%s)", pair) if own else SQL()
                    self._move_column(table, column, merged.id, master.id, rest)
                else:
                    self._move_link(table, column, set(types), merged, master)
        for table, column, model_column in self._get_pointers():
            rest = SQL("AND %s = %s", SQL.identifier(model_column), master._name)
            if table == "ir_attachment":
                # Files of the record's own fields (a picture) stay its own.
                rest = SQL("%s AND res_field IS NULL", rest)
            self._move_column(table, column, merged.id, master.id, rest)
        for table, column in self._get_reference_columns():
            old, new = (f"{master._name},{one.id}" for one in (merged, master))
            self._move_column(table, column, old, new, SQL())

    def _is_moved(self, table, column):
        """Whether the pointer moves. Hook."""
        model = self._get_model_of(table)
        passing = bool(model) and self.env[model]._transient
        return not table.startswith("gorod24_merge") and not passing

    def _move_column(self, table, column, old, new, rest):
        """Set a column of many rows; rows a rule of the database holds back stay."""
        condition = SQL("%s = %s %s", SQL.identifier(column), old, rest)
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint(flush=False):
                self._move_rows(table, column, old, new, condition)
        except psycopg2.IntegrityError:
            # The other one has such a row already (the same phone, the same follower):
            # the rest moves row by row.
            query = SQL("SELECT id FROM %s WHERE %s", SQL.identifier(table), condition)
            for (row_id,) in self.env.execute_query(query):
                self._try_row(table, column, old, new, row_id)

    def _try_row(self, table, column, old, new, row_id):
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint(flush=False):
                self._move_rows(table, column, old, new, SQL("id = %s", row_id))
        except psycopg2.IntegrityError:
            return

    def _move_rows(self, table, column, old, new, condition):
        update = SQL(
            "UPDATE %s SET %s = %s WHERE %s RETURNING id AS res_id",
            SQL.identifier(table),
            SQL.identifier(column),
            new,
            condition,
        )
        lines = self.env["gorod24.merge.line"]
        self.env.cr.execute(lines._get_insert(self, table, column, old, new, update))

    def _move_link(self, table, column, columns, merged, master):
        """Move the rows of a bare link that the other one does not have."""
        others = columns - {column}
        if len(others) != 1:
            return
        other = others.pop()
        update = SQL(
            """
            UPDATE %(table)s AS link SET %(column)s = %(new)s
             WHERE link.%(column)s = %(old)s
               AND NOT EXISTS (
                   SELECT FROM %(table)s same
                    WHERE same.%(column)s = %(new)s AND same.%(other)s = link.%(other)s)
            RETURNING link.%(other)s AS res_id
            """,
            table=SQL.identifier(table),
            column=SQL.identifier(column),
            other=SQL.identifier(other),
            old=merged.id,
            new=master.id,
        )
        self.env.cr.execute(
            self.env["gorod24.merge.line"]._get_insert(
                self, table, column, merged.id, master.id, update, other
            )
        )

    def _set_values(self, table, row_id, values):
        """Set columns of one row (texts or None), noting the old ones."""
        names = list(values)
        query = SQL(
            "SELECT %s FROM %s WHERE id = %s FOR UPDATE",
            SQL(", ").join(SQL("%s::text", SQL.identifier(name)) for name in names),
            SQL.identifier(table),
            row_id,
        )
        old = dict(zip(names, self.env.execute_query(query)[0], strict=True))
        changed = {name: new for name, new in values.items() if new != old[name]}
        if changed:
            self._restore_rows(table, [row_id], changed)
            self.env["gorod24.merge.line"]._add(
                self,
                table,
                [(row_id, name, old[name], new) for name, new in changed.items()],
            )

    def _restore_rows(self, table, ids, values):
        """Write texts of the database into columns of rows."""
        types = self._get_column_types(table)
        assignments = SQL(", ").join(
            SQL("%s = %s::%s", SQL.identifier(name), value, SQL(types[name]))  # pylint: disable=sql-injection
            for name, value in values.items()
        )
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET %s WHERE id = ANY(%s)",
                SQL.identifier(table),
                assignments,
                ids,
            )
        )

    def _tell_moved(self):
        """Let the ORM derive anew what it stores beside the values moved by SQL.

        Call it with an empty cache.
        """
        query = SQL(
            """
            SELECT model, field, array_agg(DISTINCT res_id) FROM gorod24_merge_line
             WHERE merge_id = %s AND model IS NOT NULL GROUP BY model, field
            """,
            self.id,
        )
        for model, field, ids in self.env.execute_query(query):
            records = self.env[model].browse(ids)
            if field in records._fields:
                records.exists().modified([field])
        self.env.flush_all()

    # The shape of the database ------------------------------------------------------

    @api.model
    @ormcache("table")
    def _get_foreign_keys(self, table):
        """(table, column) of every single-column foreign key to a table."""
        return tuple(
            self.env.execute_query(
                SQL(
                    """
                    SELECT source.relname, attribute.attname
                      FROM pg_constraint rule
                      JOIN pg_class source ON source.oid = rule.conrelid
                      JOIN pg_class target ON target.oid = rule.confrelid
                      JOIN pg_attribute attribute
                           ON attribute.attrelid = rule.conrelid
                          AND attribute.attnum = rule.conkey[1]
                     WHERE rule.contype = 'f'
                       AND cardinality(rule.conkey) = 1
                       AND target.relname = %s
                       AND target.relnamespace = current_schema::regnamespace
                     ORDER BY 1, 2
                    """,
                    table,
                )
            )
        )

    @api.model
    @ormcache("table")
    def _get_column_types(self, table):
        """{column: its type in SQL} of a table, generated columns left out."""
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT attname, format_type(atttypid, atttypmod)
                      FROM pg_attribute
                     WHERE attrelid = (
                           SELECT oid FROM pg_class
                            WHERE relname = %s
                              AND relnamespace = current_schema::regnamespace)
                       AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
                     ORDER BY attnum
                    """,
                    table,
                )
            )
        )

    @api.model
    def _get_model_of(self, table):
        """Name of the model stored in a table, "" for a bare link."""
        return self._get_models_by_table().get(table, "")

    @api.model
    @ormcache()
    def _get_models_by_table(self):
        return {
            model._table: name
            for name, model in self.env.registry.items()
            if not model._abstract and model._auto
        }

    def _get_stored_fields(self, kind):
        """Stored fields of a type, of tables that keep records."""
        for model in self._get_models_by_table().values():
            records = self.env[model]
            if not records._transient:
                yield from (
                    (records, field)
                    for field in records._fields.values()
                    if field.type == kind and field.store and field.column_type
                )

    def _get_pointers(self):
        """(table, column of the id, column of the model) of pairs (model, id)."""
        for records, field in self._get_stored_fields("many2one_reference"):
            model_field = records._fields.get(field.model_field)
            named = model_field is not None and model_field.store
            if (
                named
                and model_field.type in ("char", "selection")
                # The name of a record in a data file is its own.
                and records._table != "ir_model_data"
                and self._is_moved(records._table, field.name)
            ):
                yield records._table, field.name, model_field.name

    def _get_reference_columns(self):
        for records, field in self._get_stored_fields("reference"):
            if self._is_moved(records._table, field.name):
                yield records._table, field.name
