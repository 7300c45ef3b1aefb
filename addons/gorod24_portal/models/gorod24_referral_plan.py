# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: who tells the citizen the planned time, on the page of a request."""

from odoo import models


class Referral(models.Model):
    _inherit = "gorod24.referral"

    def _get_portal_values(self):
        values = super()._get_portal_values()
        # sudo: as in the method above; yes or no leaves
        return {**values, "to_tell_plan": self.sudo()._may_tell_plan()}
