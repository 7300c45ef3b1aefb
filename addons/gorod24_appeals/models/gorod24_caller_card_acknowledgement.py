# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class CallerCard(models.AbstractModel):
    _inherit = "gorod24.caller.card"

    @api.model
    def acknowledgement(self, appeal_id):
        """Return the ready text about a saved appeal, to read aloud to the citizen."""
        self._check_operator()
        appeal = self.env["helpdesk.ticket"].browse(appeal_id)
        appeal.check_access("read")
        return appeal._get_acknowledgement()
