# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: what of a regime the topics have to know."""

from odoo import models

from odoo.addons.gorod24_classifier.models.helpdesk_ticket_category_settled import (
    SETTLED,
)


class Regime(models.Model):
    _inherit = "gorod24.regime"

    def _is_settled(self):
        """Whether questions under it are settled in the conversation itself."""
        return self._is_of(*SETTLED)
