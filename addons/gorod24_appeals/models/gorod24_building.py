# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class Building(models.Model):
    _inherit = "gorod24.building"

    def action_open_history(self):
        """Open all questions about this house."""
        self.ensure_one()
        return self.env["res.partner"]._get_history_action(self)
