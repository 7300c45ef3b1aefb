# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class BlankPrint(models.TransientModel):
    """How many blanks to print, and for whom."""

    _name = "gorod24.blank.print"
    _description = "Printing of paper blanks"

    count = fields.Integer("Sheets", default=20, required=True)
    note = fields.Char("For which workplace")

    def action_print(self):
        """Number the sheets and open the file."""
        self.ensure_one()
        return (
            self.env["gorod24.blank.batch"]._issue(self.count, self.note).action_print()
        )
