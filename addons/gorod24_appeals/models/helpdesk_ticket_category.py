# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import Counter

from odoo import api, fields, models


class HelpdeskTicketCategory(models.Model):
    _inherit = "helpdesk.ticket.category"

    @api.model
    def _get_use_counts(self, days):
        """Popularity is counted by questions: one appeal may hold several topics.

        Tickets that came past the card, by mail for one, count by their own topic.
        """
        since = fields.Datetime.subtract(fields.Datetime.now(), days=days)
        counts = Counter(
            {
                topic.id: count
                for topic, count in self.env["helpdesk.ticket"]._read_group(
                    [
                        ("create_date", ">=", since),
                        ("category_id", "!=", False),
                        ("question_ids", "=", False),
                    ],
                    ["category_id"],
                    ["__count"],
                )
            }
        )
        rows = self.env["gorod24.question"]._read_group(
            [("registered_at", ">=", since), ("topic_id", "!=", False)],
            ["topic_id"],
            ["__count"],
        )
        counts.update({topic.id: count for topic, count in rows})
        return counts
