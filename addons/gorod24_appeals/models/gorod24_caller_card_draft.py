# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: a registered card leaves no draft, in the same transaction."""

from odoo import api, models


class CallerCardDraft(models.AbstractModel):
    _inherit = "gorod24.caller.card"

    @api.model
    def register(self, values):
        result = super().register(values)
        self.env["gorod24.card.draft"]._close_saved(values.get("uid"))
        return result


class AppealRegistrarDraft(models.AbstractModel):
    _inherit = "gorod24.appeal.registrar"

    def _find_saved(self, uid):
        """Also when a colleague registered the card whose draft was taken over."""
        saved = super()._find_saved(uid)
        if saved or not uid or not isinstance(uid, str):
            return saved
        draft = self.env["gorod24.card.draft"]._find(uid)
        if draft.state != "saved":
            return saved
        # sudo: the name of a card is the system's bookkeeping; he knows it
        Ticket = self.env["helpdesk.ticket"].sudo()
        return Ticket.search([("card_uid", "=", uid)], limit=1).sudo(False)
