# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class RecordingHold(models.TransientModel):
    """Asks why recordings are kept beyond their term."""

    _name = "gorod24.recording.hold"
    _description = "Keep recordings for a dispute"

    recording_ids = fields.Many2many(
        "gorod24.recording",
        required=True,
        default=lambda self: self.env.context.get("active_ids"),
    )
    reason = fields.Char(required=True)

    def action_hold(self):
        """Keep the recordings."""
        self.ensure_one()
        self.recording_ids.action_hold(self.reason)
        return {"type": "ir.actions.act_window_close"}
