# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime

from odoo import models

from ..wizards.gorod24_journal_print import XLSX_ROWS

#: Characters of a column of the width 1 of the printed form.
_WIDER = 1.8


class ReportJournalXlsx(models.AbstractModel):
    """The journal (form F14) as a workbook, written row by row."""

    _name = "report.gorod24_report.journal_xlsx"
    _description = "Journal (XLSX)"
    _inherit = "report.report_xlsx.abstract"

    def get_workbook_options(self):
        # a row goes to the disk once the next one begins
        return {**super().get_workbook_options(), "constant_memory": True}

    def generate_xlsx_report(self, workbook, data, objs):
        for printing in objs:
            printing._check_length(XLSX_ROWS)
            sheet = workbook.add_worksheet(self.env._("Journal"))
            self._write_journal(workbook, sheet, printing)

    def _write_journal(self, workbook, sheet, printing):
        styles = self._get_styles(workbook)
        columns = self.env[printing.source]._journal_columns()
        self._set_page(sheet, columns)
        sheet.write_string(0, 0, printing.title, styles["title"])
        sheet.write_string(1, 0, printing._get_made_text())
        for column, (_key, title, _share) in enumerate(columns):
            sheet.write_string(3, column, title, styles["header"])
        lines = printing._get_lines(XLSX_ROWS)
        for number, line in enumerate(lines._get_journal_rows(), start=4):
            self._write_line(sheet, styles, columns, number, line)

    def _write_line(self, sheet, styles, columns, number, line):
        for column, (key, _title, _share) in enumerate(columns):
            value = line[key]
            if isinstance(value, datetime):
                sheet.write_datetime(number, column, value, styles["moment"])
            else:
                # a text stays a text, even when it begins with "="
                sheet.write_string(number, column, value or "", styles["text"])

    def _get_styles(self, workbook):
        line = {"border": 1, "valign": "top", "text_wrap": True}
        return {
            "title": workbook.add_format({"bold": True, "font_size": 14}),
            "header": workbook.add_format(
                {
                    **line,
                    "bold": True,
                    "align": "center",
                    "bg_color": "#0b6e99",
                    "font_color": "#ffffff",
                }
            ),
            "text": workbook.add_format(line),
            "moment": workbook.add_format({**line, "num_format": "dd.mm.yyyy hh:mm"}),
        }

    def _set_page(self, sheet, columns):
        for column, (_key, _title, share) in enumerate(columns):
            sheet.set_column(column, column, share * _WIDER)
        sheet.freeze_panes(4, 1)
        sheet.repeat_rows(3)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P / &N")
