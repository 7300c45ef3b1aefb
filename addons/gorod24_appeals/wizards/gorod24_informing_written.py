# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from ..models.gorod24_informing_attempt import WRITTEN


class InformingWritten(models.TransientModel):
    """How and when a citizen was answered in writing."""

    _name = "gorod24.informing.written"
    _description = "Answer in writing"

    informing_id = fields.Many2one(
        "gorod24.informing", required=True, ondelete="cascade"
    )
    result_text = fields.Text(related="informing_id.result_text")
    way = fields.Selection(WRITTEN, "How", required=True, default="post")
    day = fields.Date(
        "Sent on",
        required=True,
        default=lambda self: self.env["gorod24.clock"]._get_today(),
    )
    note = fields.Char("Outgoing number, address")

    def action_confirm(self):
        """Fulfil the duty and close the question."""
        self.ensure_one()
        self.informing_id.action_told_in_writing(self.way, self.day, self.note)
        return {"type": "ir.actions.act_window_close"}
