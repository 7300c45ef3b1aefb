# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: topics that a competence rule must name."""

from odoo import api, models
from odoo.fields import Domain

from .helpdesk_ticket_category_settled import SETTLED


class HelpdeskTicketCategory(models.Model):
    _inherit = "helpdesk.ticket.category"

    @api.model
    def _get_participant_domain(self, day):
        """Domain of the topics whose questions are sent to somebody on a day."""
        domain = Domain("is_topic", "=", True)
        domain &= Domain("regime_code", "not in", self._get_regime_codes(*SETTLED))
        classifier = Domain("classifier_id.active", "=", True)
        classifier &= self._get_period_domain("classifier_id.", day)
        # a topic without classifier is a plain category of the helpdesk
        domain &= Domain("classifier_id", "=", False) | classifier
        return domain & self._get_valid_domain(day)

    @api.model
    def _get_period_domain(self, prefix, day):
        """Domain of what is valid on a day, by fields valid_from and valid_to."""
        domain = Domain.TRUE
        for name, operator in (("valid_from", "<="), ("valid_to", ">=")):
            field = prefix + name
            domain &= Domain(field, "=", False) | Domain(field, operator, day)
        return domain

    def _needs_place(self):
        """Whether the question of this topic has a place at all."""
        self.ensure_one()
        return self.required_place != "none"
