# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class Informing(models.Model):
    _inherit = "gorod24.informing"

    call_ids = fields.One2many("gorod24.call", "informing_id", "Calls")

    def action_dial(self):
        """Dial the citizen from the operator's telephone; the call will be linked."""
        self.ensure_one()
        adapter = self.env["gorod24.telephony.adapter"]
        return adapter._told(
            adapter.command("dial", number=self.phone_e164, informing_id=self.id)
        )
