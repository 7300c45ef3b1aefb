# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class Partner(models.Model):
    _inherit = "res.partner"

    def action_open_history(self):
        """Open all questions of this person."""
        self.ensure_one()
        return self._get_history_action(self)

    @api.model
    def _get_history_action(self, owner):
        """Action of the whole-screen history of a person or a house."""
        return {
            "type": "ir.actions.client",
            "tag": "gorod24_appeals.history",
            "name": self.env._("History: %(name)s", name=owner.display_name),
            "params": {"model": owner._name, "id": owner.id},
        }
