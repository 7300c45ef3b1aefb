# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class BlankWriteOff(models.TransientModel):
    """What became of sheets that will not be entered."""

    _name = "gorod24.blank.write.off"
    _description = "Writing off paper blanks"

    blank_ids = fields.Many2many("gorod24.blank", string="Sheets", required=True)
    state = fields.Selection(
        [("spoiled", "Spoiled"), ("lost", "Lost")], required=True, default="spoiled"
    )
    reason = fields.Char("What happened", required=True)

    def action_write_off(self):
        """Write the sheets off."""
        self.ensure_one()
        self.blank_ids.action_write_off(self.state, self.reason)
        return {"type": "ir.actions.act_window_close"}
