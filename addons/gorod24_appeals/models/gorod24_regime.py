# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class Regime(models.Model):
    _inherit = "gorod24.regime"

    # A topic names its regime by code, because the classifier knows no regulation.
    DEFAULT = "HOT"
    # Questions of these regimes are settled in the conversation itself.
    SETTLED = ("reference", "navigation")

    @property
    def ANSWERED_IN_CALL(self):
        """Codes of the regimes settled in the call, the town's own ones included."""
        ids = [found for kind in self.SETTLED for found in self._get_family_ids(kind)]
        # sudo: the same answer for every user
        return tuple(self.sudo().browse(ids).mapped("code"))

    @api.model
    def _for_topic(self, topic, emergency=False):
        """Return the regime a question on ``topic`` lives under."""
        regime = self._by_code(topic.regime_code or self.DEFAULT)
        regime = regime or self._by_code(self.DEFAULT)
        return regime._for_emergency() if emergency else regime
