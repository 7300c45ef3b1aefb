# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: who is told that a term of a question nears its end or is over."""

from odoo import models


class Question(models.Model):
    _inherit = "gorod24.question"

    def _get_escalation_readers(self, role):
        return self._get_section_readers(role)

    def _escalation_parts(self):
        self.ensure_one()
        place = (self.building_id or self.address_id).display_name
        parts = [self.name, self.topic_id.name, place, self.participant_id.name]
        if self.emergency:
            parts.insert(0, self.env._("EMERGENCY"))
        return parts
