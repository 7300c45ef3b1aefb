# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_notice_participants(self):
        """Return the (sudoed) participants whose notices the user keeps today."""
        self.ensure_one()
        sections, participants = self._get_journal_scope()
        return sections.participant_id | participants
