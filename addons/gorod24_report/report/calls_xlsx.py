# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models

from ..forms.call_table import COUNT, HOURS, LINE, MARK, SECONDS, SECTION, SHARE, TOTAL

_FORMATS = {
    COUNT: "#,##0",
    SECONDS: "#,##0",
    SHARE: "0.0",
    MARK: "0.0",
    HOURS: "[h]:mm",
}
_DAY = 24 * 3600


class ReportCallsXlsx(models.AbstractModel):
    """The forms F9, F10 and F11 as a workbook."""

    _name = "report.gorod24_report.calls_xlsx"
    _description = "Forms of calls (XLSX)"
    # title and header look alike in all forms
    _inherit = ["report.gorod24_report.topics_xlsx"]

    def generate_xlsx_report(self, workbook, data, objs):
        for report in objs:
            sheet = workbook.add_worksheet(report.form.upper())
            self._write_calls(workbook, sheet, report)

    def _write_calls(self, workbook, sheet, report):
        table = report._get_table()
        styles = self._get_styles(workbook)
        cells = self._get_cell_styles(workbook)
        sheet.write_string(0, 0, report._get_title(), styles["title"])
        for row, term in enumerate(report._get_terms(), start=1):
            sheet.write_string(row, 0, term)
        top = row + 2
        titles = [table.head, *(column.title for column in table.columns)]
        for column, title in enumerate(titles):
            sheet.write_string(top, column, title, styles["header"])
        at = top + 1
        for line in (*table.rows, table.total, table.previous):
            self._write_figures(sheet, cells, table, at, line)
            at += 1
        self._write_difference(sheet, cells, table, at)
        sheet.write_string(at + 2, 0, self.env._("Responsible: ____________________"))
        self._set_calls_page(sheet, table, top)

    def _write_figures(self, sheet, cells, table, at, line):
        sheet.write_string(at, 0, line.name, cells[line.kind]["name"])
        for place, (column, figure) in enumerate(
            zip(table.columns, line.figures, strict=True), start=1
        ):
            style = cells[line.kind][column.kind]
            self._write_figure(sheet, at, place, column.kind, figure, style)

    def _write_difference(self, sheet, cells, table, at):
        sheet.write_string(at, 0, "±", cells[TOTAL]["name"])
        for place, (column, figure) in enumerate(
            zip(table.columns, table.difference, strict=True), start=1
        ):
            style = cells["difference"][column.kind]
            self._write_figure(sheet, at, place, column.kind, figure, style)

    def _write_figure(self, sheet, at, place, kind, figure, style):
        if figure is None:
            sheet.write_string(at, place, "–", style)
        elif kind == HOURS and figure < 0:
            # a workbook shows no negative times
            hours = int(-figure / 60 + 0.5)
            sheet.write_string(at, place, f"-{hours // 60}:{hours % 60:02d}", style)
        else:
            number = figure / _DAY if kind == HOURS else figure
            sheet.write_number(at, place, number, style)

    def _get_cell_styles(self, workbook):
        """Formats by the kind of the line and of the figure."""
        looks = {
            LINE: {},
            SECTION: {"bold": True, "bg_color": "#e7f1f6"},
            TOTAL: {"bold": True},
            "difference": {"bold": True},
        }
        styles = {}
        for look, options in looks.items():
            base = {"border": 1, "valign": "top", **options}
            styles[look] = {
                "name": workbook.add_format({**base, "text_wrap": True}),
            }
            for kind, number in _FORMATS.items():
                if look == "difference" and kind != HOURS:
                    number = f"+{number};-{number};0"
                styles[look][kind] = workbook.add_format(
                    {**base, "num_format": number, "align": "right"}
                )
        return styles

    def _set_calls_page(self, sheet, table, top):
        sheet.set_column(0, 0, 44 if table.rows and len(table.columns) < 6 else 26)
        sheet.set_column(1, len(table.columns), 12)
        sheet.set_row(top, 45)
        sheet.freeze_panes(top + 1, 1)
        sheet.repeat_rows(top)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P / &N")
