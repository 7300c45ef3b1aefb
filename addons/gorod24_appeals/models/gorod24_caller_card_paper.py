# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: the terms shown on a card that is entered from paper."""

from odoo import models


class CallerCard(models.AbstractModel):
    _inherit = "gorod24.caller.card"

    def _preview_terms(self, topic, regime, in_house, contact_at):
        """From paper the terms count from the conversation, as they will when saved.

        The acceptance, and what is counted from it, begins when the sheet is entered:
        nobody could accept what he did not see.
        """
        shown = super()._preview_terms(topic, regime, in_house, contact_at)
        if not contact_at:
            return shown
        moment = self.env["gorod24.appeal.registrar"]._check_contact_at(contact_at)
        begun = {
            term["kind"]: term
            for term in self._terms_from(moment, topic, regime, in_house)
            if term["kind"] != "acceptance" and term["start"] == moment
        }
        return [begun.get(term["kind"], term) for term in shown]
