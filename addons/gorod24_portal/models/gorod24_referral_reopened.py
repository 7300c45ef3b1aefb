# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: the participant sees that the citizen was not content, and why."""

from odoo import models


class Referral(models.Model):
    _inherit = "gorod24.referral"

    def _prepare_portal_row(self):
        row = super()._prepare_portal_row()
        row["control_period"] = self.control_period or 1
        return row

    def _get_portal_values(self):
        values = super()._get_portal_values()
        # sudo: as in the method extended; what the citizen says now is opened by the
        # same agreement as his first words
        referral = self.sudo()
        allowed = referral._portal_allows("text")
        values["citizen_words"] = (allowed and referral.citizen_words) or ""
        return values
