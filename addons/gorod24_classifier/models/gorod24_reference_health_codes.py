# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: checks of codes: what tables and national reports need of a topic."""

from odoo import api, models
from odoo.fields import Domain


class Gorod24ReferenceHealth(models.AbstractModel):
    _inherit = "gorod24.reference.health"

    @api.model
    def _get_checks(self):
        return [*super()._get_checks(), *self._get_code_checks()]

    @api.model
    def _get_code_checks(self):
        local = Domain("is_topic", "=", True) & Domain(
            "classifier_id.kind", "=", "local"
        )
        common = {"area": "topics", "model": "helpdesk.ticket.category"}
        return [
            {
                **common,
                "code": "topic_no_national",
                "title": self.env._("Topics without a national code"),
                "hint": self.env._("They are missing from national reports."),
                "domain": local & Domain("national_ids", "=", False),
                "severity": "warning",
                "action": "gorod24_classifier.gorod24_mapping_action",
            },
            {
                **common,
                "code": "topic_no_code",
                "title": self.env._("Topics without a code"),
                "hint": self.env._("A table cannot name them."),
                "domain": local & Domain("code", "=", False),
                "severity": "info",
            },
        ]
