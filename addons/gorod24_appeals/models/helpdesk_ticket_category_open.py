# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: what is still being worked under a topic."""

from odoo import models
from odoo.fields import Domain


class HelpdeskTicketCategory(models.Model):
    _inherit = "helpdesk.ticket.category"

    def _count_open_uses(self):
        """Questions that are not closed, and tickets that came past the card."""
        # The curator need not see the appeals; only their number is shown.
        tickets = self.env["helpdesk.ticket"].sudo()
        questions = self.env["gorod24.question"].sudo()
        return questions.search_count(
            Domain("topic_id", "in", self.ids) & Domain("state", "!=", "closed")
        ) + tickets.search_count(
            Domain("category_id", "in", self.ids)
            & Domain("closed", "=", False)
            & Domain("question_ids", "=", False)
        )
