# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class NoticePlaceList(models.TransientModel):
    """Window to paste the houses of an announcement into."""

    _name = "gorod24.notice.place.list"
    _description = "Places of a notice from a text"

    notice_id = fields.Many2one("gorod24.notice", required=True, ondelete="cascade")
    text = fields.Text(required=True)

    def action_apply(self):
        """Add what the text names, or say what was not understood."""
        self.ensure_one()
        self.notice_id.add_places(self.text)
        return {"type": "ir.actions.act_window_close"}
