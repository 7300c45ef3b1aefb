# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def _get_paper_calls(self):
        """Return the calls for the printed card. Hook of telephony.

        :return: list of dict(at, what, operator, length), times as text
        """
        self.ensure_one()
        return []

    def _get_paper_attempts(self):
        """The attempts to tell the citizen, in order of time."""
        self.ensure_one()
        return self.question_ids.informing_ids.attempt_ids.sorted("at")
