# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

#: Written row by row this takes half a minute and no memory to speak of; whoever needs
#: more looks at statistics.
XLSX_ROWS = 50_000


class JournalPrint(models.TransientModel):
    """Adds the workbook: this addon is the one that knows XLSX."""

    _inherit = "gorod24.journal.print"

    xlsx_rows = fields.Integer(
        compute="_compute_limits", export_string_translation=False
    )
    is_too_long_xlsx = fields.Boolean(
        compute="_compute_limits", export_string_translation=False
    )

    def _compute_limits(self):
        result = super()._compute_limits()
        for printing in self:
            printing.xlsx_rows = XLSX_ROWS
            printing.is_too_long_xlsx = printing.row_count > XLSX_ROWS
        return result

    def action_xlsx(self):
        """Give the journal as a workbook.

        :raises UserError: when it is too long for one
        """
        self.ensure_one()
        self._check_length(XLSX_ROWS)
        report = self.env.ref("gorod24_report.journal_xlsx")
        # the page layout of printed documents has nothing to do with a workbook
        action = report.report_action(self, config=False)
        return {**action, "close_on_report_download": True}
