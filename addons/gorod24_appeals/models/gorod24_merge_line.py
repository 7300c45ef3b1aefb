# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import SQL


class MergeLine(models.Model):
    """One value a merge has changed: where it stands, what it was, what it became.

    Values are the database's own text of them, so that what comes back is the same to
    the letter. Lines are written and read by ``gorod24.merge`` alone.
    """

    _name = "gorod24.merge.line"
    _description = "Value moved by a merge"
    _order = "id"
    _log_access = False

    merge_id = fields.Many2one(
        "gorod24.merge", required=True, index=True, ondelete="cascade"
    )
    model = fields.Char(help="Empty for a bare link between two records.")
    table_name = fields.Char("Table", required=True)
    res_id = fields.Integer("Record", required=True, aggregator=None)
    field = fields.Char(required=True)
    other_column = fields.Char(
        help="Of a bare link: the column that holds the record it is linked to."
    )
    old_value = fields.Text()
    new_value = fields.Text()

    @api.model
    def _add(self, merge, table, lines):
        """Note changed values: (row id, column, old text, new text)."""
        if not lines:
            return
        model = merge._get_model_of(table) or None
        self.env.cr.execute_values(
            """
            INSERT INTO gorod24_merge_line
                (merge_id, model, table_name, res_id, field, old_value, new_value)
            VALUES %s
            """,
            [
                (merge.id, model, table, row_id, column, old, new)
                for row_id, column, old, new in lines
            ],
        )

    @api.model
    def _get_insert(self, merge, table, column, old, new, moved, other=None):
        """SQL that moves rows and notes them: one statement whatever their number.

        :param moved: SQL of an UPDATE that returns the row ids as ``res_id``
        """
        return SQL(
            """
            WITH moved AS (%(moved)s)
            INSERT INTO gorod24_merge_line (merge_id, model, table_name, res_id, field,
                                            other_column, old_value, new_value)
            SELECT %(merge)s, %(model)s, %(table)s, res_id, %(column)s, %(other)s,
                   %(old)s, %(new)s
              FROM moved
            """,
            moved=moved,
            merge=merge.id,
            model=merge._get_model_of(table) or None,
            table=table,
            column=column,
            other=other,
            old=str(old),
            new=str(new),
        )
