# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: a utility service to be restored, on the page of a request."""

from odoo import models


class Referral(models.Model):
    _inherit = "gorod24.referral"

    def _portal_due(self):
        """The tolerated interruption is named when it ends first."""
        due = super()._portal_due()
        asked = self.restore_due and self._running_due() == self.restore_due
        if due and asked and not self._localise_before():
            return {**due, "label": self.env._("Restore")}
        return due

    def _portal_terms(self):
        terms = super()._portal_terms()
        if not self.restore_due or self.state not in ("sent", "accepted"):
            return terms
        clock = self.question_id._clock_find(
            "restoration", [("state", "!=", "stopped")]
        )
        term = {
            "label": self.env._("Restore the service before"),
            "moment": self._format_moment(self.restore_due),
            "why": clock.explanation or "",
        }
        return [term, *terms]
