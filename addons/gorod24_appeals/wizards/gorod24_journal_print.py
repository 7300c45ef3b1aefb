# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

from ..sheets import cut

#: Models that are journals: they have the columns of form F14.
SOURCES = [("gorod24.question", "Questions"), ("gorod24.referral", "Referrals")]
#: A sheet of paper holds about twelve lines; more than this is for a workbook.
PDF_ROWS = 2000
#: How the form is drawn: characters in a hundredth of its width, lines on a sheet.
#: Beyond these lines wkhtmltopdf tears a row apart, or begins a sheet without a head.
CHARACTERS = 1.75
SHEET_LINES = 47


class JournalPrint(models.TransientModel):
    """A journal to be written out: what is on the screen, under its own heading."""

    _name = "gorod24.journal.print"
    _description = "Printing of a journal"

    source = fields.Selection(
        SOURCES, required=True, readonly=True, export_string_translation=False
    )
    search_domain = fields.Json(readonly=True, export_string_translation=False)
    title = fields.Char("Heading", required=True)
    row_count = fields.Integer("Lines", readonly=True)
    pdf_rows = fields.Integer(
        compute="_compute_limits", export_string_translation=False
    )
    is_too_long = fields.Boolean(
        compute="_compute_limits", export_string_translation=False
    )

    @api.depends("row_count")
    def _compute_limits(self):
        for printing in self:
            printing.pdf_rows = PDF_ROWS
            printing.is_too_long = printing.row_count > PDF_ROWS

    @api.depends("title")
    def _compute_display_name(self):
        for printing in self:
            printing.display_name = printing.title

    @api.model
    def prepare(self, source, domain, title):
        """Return the action asking how to write out what the list shows.

        :param source: model of the list
        :param domain: of the list, as the browser has it
        :raises UserError: when there is nothing to write or the model is no journal
        """
        if source not in dict(SOURCES):
            raise UserError(self.env._("This list is not a journal."))
        count = self.env[source].search_count(domain)
        if not count:
            raise UserError(self.env._("There is not a single line in the journal."))
        printing = self.create(
            {
                "source": source,
                "search_domain": domain,
                "title": title,
                "row_count": count,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Write out the journal"),
            "res_model": self._name,
            "res_id": printing.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_pdf(self):
        """Give the journal as sheets of A4.

        :raises UserError: when it is too long for paper
        """
        self.ensure_one()
        self._check_length(PDF_ROWS)
        report = self.env.ref("gorod24_appeals.gorod24_journal_report")
        return {
            **report.report_action(self, config=False),
            "close_on_report_download": True,
        }

    def _check_length(self, limit):
        if self.row_count > limit:
            raise UserError(
                self.env._(
                    "The journal has %(count)s lines, and %(limit)s go in at most. "
                    "Choose a shorter period or a section.",
                    count=self.row_count,
                    limit=limit,
                )
            )

    # For the forms ------------------------------------------------------------------

    def _get_lines(self, limit):
        """Return the lines, oldest first as a journal is kept, as the user may see."""
        self.ensure_one()
        lines = self.env[self.source].search(self.search_domain or [], limit=limit)
        # Names and numbers leave the screen with them.
        views = self.env["gorod24.appeal.view"]
        views._log(lines.appeal_id, "journal")
        views._log_list("journal", {self.source: lines.ids}, always=True)
        return lines[::-1]

    def _get_sheet(self):
        """Return what the printed form shows: dict(columns, sheets, made, count).

        :return: a sheet is a list of rows, a row the texts in the order of the columns
        """
        self._check_length(PDF_ROWS)
        rows = [
            [
                value.strftime("%d.%m.%y %H:%M")
                if isinstance(value, datetime)
                else value or ""
                for value in row.values()
            ]
            for row in self._get_lines(PDF_ROWS)._get_journal_rows()
        ]
        columns = self.env[self.source]._journal_columns()
        widths = [int(share * CHARACTERS) - 1 for _key, _title, share in columns]
        return {
            "columns": columns,
            "sheets": cut(rows, widths, SHEET_LINES),
            "made": self._get_made_text(),
            "count": len(rows),
        }

    def _get_made_text(self):
        zone = self.env["gorod24.clock"]._get_zone().key
        now = format_datetime(
            self.env, fields.Datetime.now(), tz=zone, dt_format="dd.MM.yyyy HH:mm"
        )
        return self.env._(
            "Written out on %(moment)s by %(user)s",
            moment=now,
            user=self.env.user.name,
        )
