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
        if not uid or not isinstance(uid, str):
            return self.env["helpdesk.ticket"]
        # sudo: the name of a card is the system's bookkeeping, closed to users; it is
        # a long random text that only the browsers of this card know
        tickets = self.env["helpdesk.ticket"].sudo()
        found = tickets.search([("card_uid", "=", uid)], limit=1)
        if found and found.create_uid != self.env.user:
            draft = self.env["gorod24.card.draft"]._find(uid)
            found = found if draft.state == "saved" else found.browse()
        return found.sudo(False)
