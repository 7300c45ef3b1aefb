# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class InformingGiveUp(models.TransientModel):
    """Why a citizen will not be told."""

    _name = "gorod24.informing.give.up"
    _description = "End of informing without telling"

    informing_id = fields.Many2one(
        "gorod24.informing", required=True, ondelete="cascade"
    )
    reason = fields.Char("Why")

    def action_confirm(self):
        """End the duty as unreachable; refused where the rule does not allow it."""
        self.ensure_one()
        self.informing_id.action_give_up(self.reason)
        return {"type": "ir.actions.act_window_close"}
