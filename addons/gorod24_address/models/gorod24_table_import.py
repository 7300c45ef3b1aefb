# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: a table in a file → checked without a trace → written whole or not at all.

A wizard inherits `gorod24.table.import` and says what its columns are
(`_get_columns`), what a file would change (`_plan`) and how to write it (`_apply`).
"""

import base64

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..tabular import (
    ImportPlan,
    TableError,
    guess_mapping,
    map_rows,
    read_table,
    write_table,
)

SHOWN_PROBLEMS = 100


class TableImport(models.AbstractModel):
    _name = "gorod24.table.import"
    _description = "Import of a Table"

    file = fields.Binary(attachment=False)
    filename = fields.Char(string="File name")
    state = fields.Selection(
        [("upload", "File"), ("checked", "Checked"), ("done", "Imported")],
        default="upload",
        required=True,
    )
    column_ids = fields.One2many(
        "gorod24.table.import.column",
        "res_id",
        domain=lambda self: [("res_model", "=", self._name)],
        string="Columns of the file",
    )
    read_file = fields.Char(
        export_string_translation=False, help="Name of the file the columns are of."
    )
    created_count = fields.Integer(string="To be added", readonly=True)
    updated_count = fields.Integer(string="To be changed", readonly=True)
    unchanged_count = fields.Integer(string="Without changes", readonly=True)
    archived_count = fields.Integer(string="To be archived", readonly=True)
    problem_count = fields.Integer(string="Errors", readonly=True)
    problems = fields.Json(readonly=True, export_string_translation=False)
    report = fields.Html(readonly=True, sanitize=False)
    problem_file = fields.Binary(
        string="All errors as a file", readonly=True, attachment=False
    )
    problem_filename = fields.Char(compute="_compute_filenames")
    sample_file = fields.Binary(
        string="Empty sheet with all columns", compute="_compute_sample_file"
    )
    sample_filename = fields.Char(compute="_compute_filenames")

    # TO BE GIVEN BY THE WIZARD

    @api.model
    def _get_columns(self):
        """Columns the import understands.

        :return: list of `tabular.Column`
        """
        raise NotImplementedError

    def _plan(self, rows):
        """What these rows would change; writes nothing.

        :param rows: list of `tabular.Row`, values keyed by our column names; a
            column that the file does not have is missing from the values
        :return: `tabular.ImportPlan`
        """
        raise NotImplementedError

    def _apply(self, plan):
        """Write what a plan without problems holds (in one transaction)."""
        raise NotImplementedError

    # SHOWN

    @api.depends("state")
    def _compute_filenames(self):
        for wizard in self:
            wizard.problem_filename = self.env._("errors.csv")
            wizard.sample_filename = self.env._("sample.xlsx")

    @api.depends("state")
    def _compute_sample_file(self):
        for wizard in self:
            titles = [column.label for column in self._get_columns()]
            wizard.sample_file = base64.b64encode(write_table(titles, [], "xlsx"))

    # STEPS

    def action_check(self):
        """Read the file and show what it would change; nothing is written."""
        self.ensure_one()
        self._check_may_import()
        table = self._read_file()
        self._offer_columns(table)
        self._show(self._plan_table(table))
        self.state = "checked"
        return self._reopen()

    def action_apply(self):
        """Write the file, after one more check against the data of this moment."""
        self.ensure_one()
        self._check_may_import()
        plan = self._plan_table(self._read_file())
        self._show(plan)
        if not plan.problems:
            self._apply(plan)
            self.state = "done"
        return self._reopen()

    def action_sample(self):
        """Download the empty sheet (of a saved wizard: a browser asks by its id)."""
        self.ensure_one()
        self._check_may_import()
        return {
            "type": "ir.actions.act_url",
            "target": "download",
            "url": f"/web/content/{self._name}/{self.id}/sample_file"
            f"?download=true&filename={self.sample_filename}",
        }

    def action_back(self):
        """Choose another file."""
        self.ensure_one()
        self.write({"state": "upload", "file": False, "filename": False})
        return self._reopen()

    def _check_may_import(self):
        """Hook: raise AccessError for those who may not; the ACL of the wizard
        decides by default."""

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "name": self._get_title(),
        }

    def _get_title(self):
        return self.env._("Import")

    # THE FILE

    def _read_file(self):
        """The table of the chosen file.

        :raise UserError: with a sentence about what is wrong with the file
        """
        if not self.file:
            raise UserError(self.env._("Choose a file first."))
        try:
            return read_table(base64.b64decode(self.file), self.filename or "")
        except TableError as error:
            raise UserError(self._explain(error)) from error

    def _explain(self, error):
        """A sentence for a `tabular.TableError`."""
        _ = self.env._
        sentences = {
            "empty": _("The file is empty."),
            "unknown_format": _("Only CSV, XLSX and JSON files can be read."),
            "too_large": _("The file is too large: more than %(limit)s MB."),
            "too_many_rows": _("The file has more than %(limit)s rows. Divide it."),
            "binary": _("This is no text table: save it as CSV or XLSX."),
            "bad_archive": _("The workbook is damaged: save it once more as XLSX."),
            "bad_json": _("The JSON file is damaged near line %(row)s."),
            "not_a_list": _("The JSON file must hold a list of objects."),
            "bad_quotes": _("Row %(row)s: a quotation mark is not closed."),
            "double_header": _("Two columns have the title “%(header)s”."),
            "long_row": _("Row %(row)s has more cells than there are titles."),
        }
        return sentences[error.code] % error.values

    def _offer_columns(self, table):
        """Lines “our column ← title in the file”, guessed when the file is new."""
        signature = "\n".join([self.filename or "", *table.headers])
        if self.read_file == signature:
            return
        headers = self.env["gorod24.table.import.header"].create(
            [{"name": header} for header in table.headers]
        )
        by_title = dict(zip(table.headers, headers.ids, strict=True))
        columns = self._get_columns()
        guessed = guess_mapping(columns, table.headers)
        values = [
            {
                "res_model": self._name,
                "name": column.name,
                "label": column.label,
                "required": column.required,
                "hint": column.hint,
                "header_id": by_title.get(guessed.get(column.name)),
                "header_ids": [Command.set(headers.ids)],
            }
            for column in columns
        ]
        self.write(
            {
                "read_file": signature,
                "column_ids": [
                    Command.clear(),
                    *(Command.create(line) for line in values),
                ],
            }
        )

    def _plan_table(self, table):
        """Plan of a table with the chosen columns; missing columns are problems."""
        lines = self.column_ids
        missing = lines.filtered(lambda line: line.required and not line.header_id)
        if missing:
            return self._prepare_missing_plan(missing)
        chosen = lines.filtered("header_id")
        mapping = {line.name: line.header_id.name for line in chosen}
        return self._plan(map_rows(table.rows, mapping))

    def _prepare_missing_plan(self, missing):
        plan = self._new_plan()
        for line in missing:
            message = self.env._(
                "The file has no column “%(column)s”: choose it below.",
                column=line.label,
            )
            plan.refuse(0, line.name, message)
        return plan

    @api.model
    def _new_plan(self):
        return ImportPlan()

    # THE REPORT

    def _show(self, plan):
        """Store what the check found, for the page and as a file."""
        labels = {column.name: column.label for column in self._get_columns()}
        problems = [
            {**p._asdict(), "label": labels.get(p.column, "")}
            for p in sorted(plan.problems, key=lambda p: p.row)
        ]
        self.write(
            {
                "created_count": plan.created,
                "updated_count": plan.updated,
                "unchanged_count": plan.unchanged,
                "archived_count": plan.archived,
                "problem_count": len(problems),
                "problems": problems[:SHOWN_PROBLEMS],
                "report": self._render_report(problems, plan),
                "problem_file": self._write_problems(problems),
            }
        )

    def _render_report(self, problems, plan):
        """The notes and the first errors as a table."""
        notes = [Markup("<p>%s</p>") % note for note in plan.notes]
        if not problems:
            return Markup("").join(notes)
        titles = self._get_problem_titles()
        head = Markup("").join(Markup("<th>%s</th>") % title for title in titles)
        rows = [
            Markup("<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>")
            % (p["row"] or "", p["label"], p["value"][:80], p["message"])
            for p in problems[:SHOWN_PROBLEMS]
        ]
        table = Markup(
            "<table class='table table-sm'><thead><tr>%s</tr></thead>"
            "<tbody>%s</tbody></table>"
        ) % (head, Markup("").join(rows))
        return Markup("").join([*notes, table, self._render_rest(problems)])

    def _render_rest(self, problems):
        rest = len(problems) - SHOWN_PROBLEMS
        if rest <= 0:
            return Markup("")
        text = self.env._("And %(count)s more: see the file of all errors.", count=rest)
        return Markup("<p>%s</p>") % text

    def _get_problem_titles(self):
        _ = self.env._
        return [_("Row"), _("Column"), _("Value"), _("What is wrong")]

    def _write_problems(self, problems):
        if not problems:
            return False
        rows = [[p["row"], p["label"], p["value"], p["message"]] for p in problems]
        content = write_table(self._get_problem_titles(), rows, "csv")
        return base64.b64encode(content)
