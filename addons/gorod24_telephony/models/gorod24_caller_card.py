# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class CallerCard(models.AbstractModel):
    _inherit = "gorod24.caller.card"

    @api.model
    def load(self, number=None, call_id=None, partner_id=None, appeal_id=None):
        """Take the number from the call, and tell the card about the call."""
        self._check_operator()
        call = self.env["gorod24.call"]._now_known_as(call_id)
        if call and not number:
            number = call._number()
        card = super().load(
            number=number, call_id=call_id, partner_id=partner_id, appeal_id=appeal_id
        )
        if call:
            card["call"] = call._card_vals()
            card.update(self._hours_vals(not call.out_of_hours))
        return card

    @api.model
    def register(self, values):
        """Link the appeal to the call it was taken in."""
        call = self.env["gorod24.call"]._now_known_as(values.get("call_id"))
        call._keep_alive()
        result = super().register(values)
        if call and call._is_taken_by(self.env.user):
            appeal = self.env["helpdesk.ticket"].browse(result["appeal_id"])
            call._link_appeal(appeal)
        return result
