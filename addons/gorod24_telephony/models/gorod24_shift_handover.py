# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.gorod24_appeals.models.gorod24_shift_handover_blocks import SHOWN

from .gorod24_callback import OPEN


class ShiftHandover(models.Model):
    _inherit = "gorod24.shift.handover"

    @api.model
    def _get_blocks(self):
        """Citizens nobody has answered yet go to the next shift, too."""
        domain = Domain("state", "in", OPEN)
        callbacks = self.env["gorod24.callback"].search(domain, limit=SHOWN)
        rows = [self._callback_row(callback) for callback in callbacks]
        block = self._block("callbacks", callbacks, domain, rows)
        block["title"] = self._get_block_titles()["callbacks"]
        return super()._get_blocks() + [block]

    @api.model
    def _get_block_titles(self):
        titles = super()._get_block_titles()
        titles["callbacks"] = self.env._("Callbacks after missed calls")
        return titles

    @api.model
    def _callback_row(self, callback):
        return {
            "id": callback.id,
            "model": callback._name,
            "number": callback.display_name,
            "title": callback.partner_id.name or "",
            "place": "",
            "who": callback.operator_id.name or "",
            "urgent": callback.emergency,
            # a try in vain lets the term stand still: then the next one is waited for
            **self._when(callback.due or callback.next_at),
        }
