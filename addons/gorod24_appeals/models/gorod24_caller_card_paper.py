# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: the terms shown on a card that is entered from paper."""

from odoo import api, models


class CallerCard(models.AbstractModel):
    _inherit = "gorod24.caller.card"

    @api.model
    def preview(
        self,
        topic_id,
        building_id=None,
        address_id=None,
        emergency=False,
        complained_id=None,
        contact_at=None,
    ):
        """From paper the terms count from the conversation, as they will when saved.

        :param contact_at: when the citizen called (ISO), for a card from paper.
        """
        shown = super().preview(
            topic_id, building_id, address_id, emergency, complained_id
        )
        if contact_at:
            regime = self.env["gorod24.regime"].browse(shown["regime"]["id"])
            begun = self._preview_from(regime._for_sending(), contact_at)
            shown["due"] = [begun.get(term["kind"], term) for term in shown["due"]]
        return shown

    @api.model
    def _preview_from(self, regime, contact_at):
        """Return {kind: term} of what counts from the conversation.

        The acceptance, and what is counted from it, begins when the sheet is entered:
        nobody could accept what he did not see.
        """
        moment = self.env["gorod24.appeal.registrar"]._check_contact_at(contact_at)
        rule_of = self.env["gorod24.clock"]._find_rule
        return {
            term["kind"]: self._due_vals(term)
            for term in self.env["gorod24.question"]._clock_preview(regime, moment)
            if term["kind"] != "acceptance"
            and rule_of(regime, term["kind"], moment).start_from != "previous"
        }
