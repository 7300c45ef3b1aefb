# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: a card that was opened before its person was merged."""

from odoo import models


class CallerCard(models.AbstractModel):
    _inherit = "gorod24.caller.card"

    def _find_persons(self, number, partner_id):
        return super()._find_persons(number, partner_id)._get_merge_master()


class AppealRegistrar(models.AbstractModel):
    _inherit = "gorod24.appeal.registrar"

    def _get_partner(self, values, number):
        """The appeal is of the person who stands for the chosen one now."""
        chosen = self._browse("res.partner", values.get("partner_id"))
        if chosen.merged_into_id:
            values = dict(values, partner_id=chosen._get_merge_master().id)
        return super()._get_partner(values, number)
