# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.tools import format_date, format_datetime

from ..forms.topic_table import SECTION, TOTAL

_NUMBER = "#,##0;-#,##0;–"
_CHANGE = "+#,##0;-#,##0;0"
_SHARE = "+0.0%;-0.0%;0.0%"


class ReportTopicsXlsx(models.AbstractModel):
    """The form "Questions by sections and topics" as a workbook."""

    _name = "report.gorod24_report.topics_xlsx"
    _description = "Questions by sections and topics (XLSX)"
    _inherit = "report.report_xlsx.abstract"

    def generate_xlsx_report(self, workbook, data, objs):
        for report in objs:
            sheet = workbook.add_worksheet(self.env._("By topics"))
            self._write_form(workbook, sheet, report)

    def _write_form(self, workbook, sheet, report):
        table = report._get_table()
        styles = self._get_styles(workbook)
        top = self._write_head(sheet, styles, report)
        self._write_header(sheet, styles, table, top)
        row = top + 1
        for line in [*table.rows, table.total]:
            self._write_line(sheet, styles[line.kind], line, row)
            row += 1
        sheet.write(row + 1, 1, self.env._("Responsible: ____________________"))
        self._set_page(sheet, table, top)

    def _write_head(self, sheet, styles, report):
        """Title and terms of the form; return the row of the table's header."""
        name = self.env._("Questions by sections and topics")
        sheet.write(0, 0, name, styles["title"])
        period = self.env._(
            "Period: %(date_from)s to %(date_to)s",
            date_from=format_date(self.env, report.date_from),
            date_to=format_date(self.env, report.date_to),
        )
        zone = self.env["gorod24.clock"]._get_zone().key
        now = format_datetime(self.env, fields.Datetime.now(), tz=zone)
        lines = [period, self.env._("Data as of %(moment)s", moment=now)]
        labels = report._fields
        for field in ("participant_id", "district_id"):
            if report[field]:
                label = labels[field]._description_string(self.env)
                lines.append(f"{label}: {report[field].display_name}")
        for row, text in enumerate(lines, start=1):
            sheet.write(row, 0, text)
        return len(lines) + 2

    def _write_header(self, sheet, styles, table, row):
        months = [
            format_date(self.env, month, date_format="LLL yyyy")
            for month in table.months
        ]
        titles = [
            self.env._("Code"),
            self.env._("Section, topic"),
            *months,
            self.env._("Total"),
            self.env._("Same period last year"),
            "±",
            "%",
        ]
        for column, title in enumerate(titles):
            sheet.write(row, column, title, styles["header"])

    def _write_line(self, sheet, style, line, row):
        name = self.env._("Total") if line.kind == TOTAL else line.name
        sheet.write_string(row, 0, line.code, style["text"])
        sheet.write_string(row, 1, name, style["name"])
        figures = [*line.months, line.total, line.previous]
        for column, figure in enumerate(figures, start=2):
            sheet.write_number(row, column, figure, style["number"])
        column = 2 + len(figures)
        sheet.write_number(row, column, line.difference, style["change"])
        if line.growth is None:
            sheet.write_string(row, column + 1, "–", style["share"])
        else:
            sheet.write_number(row, column + 1, line.growth, style["share"])

    def _get_styles(self, workbook):
        """Formats by kind of line, and those of title and header."""
        looks = {
            "topic": {},
            SECTION: {"bold": True, "bg_color": "#e7f1f6"},
            TOTAL: {"bold": True, "top": 2},
        }
        kinds = {
            "text": {},
            "name": {"text_wrap": True},
            "number": {"num_format": _NUMBER},
            "change": {"num_format": _CHANGE},
            "share": {"num_format": _SHARE, "align": "right"},
        }
        styles = {
            look: {
                kind: workbook.add_format(
                    {"border": 1, "valign": "top", **options, **extra}
                )
                for kind, extra in kinds.items()
            }
            for look, options in looks.items()
        }
        styles["title"] = workbook.add_format({"bold": True, "font_size": 14})
        styles["header"] = workbook.add_format(
            {
                "bold": True,
                "border": 1,
                "text_wrap": True,
                "align": "center",
                "valign": "vcenter",
                "bg_color": "#0b6e99",
                "font_color": "#ffffff",
            }
        )
        return styles

    def _set_page(self, sheet, table, top):
        last = len(table.months) + 5
        sheet.set_column(0, 0, 12)
        sheet.set_column(1, 1, 52)
        sheet.set_column(2, last, 11)
        sheet.freeze_panes(top + 1, 2)
        sheet.repeat_rows(top)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P / &N")
