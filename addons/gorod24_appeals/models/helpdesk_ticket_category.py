# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import Counter

from odoo import api, fields, models
from odoo.tools import SQL


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

    @api.model
    def _get_recent_choices(self, since, limit=200_000):
        """(citizen's words, topic id) of the cards saved since a moment (UTC)."""
        self.env["gorod24.question"].flush_model(["text", "topic_id", "registered_at"])
        return self.env.execute_query(
            SQL(
                """
                SELECT text, topic_id FROM gorod24_question
                 WHERE registered_at >= %(since)s
                   AND topic_id IS NOT NULL AND text IS NOT NULL
                 ORDER BY registered_at DESC LIMIT %(limit)s
                """,
                since=since,
                limit=limit,
            )
        )

    def _count_open_uses(self):
        """Questions are counted; tickets that came past the card by their topic."""
        # The curator need not see the appeals; only their number is shown.
        questions = self.env["gorod24.question"].sudo()
        count = questions.search_count(
            [("topic_id", "in", self.ids), ("state", "!=", "closed")]
        )
        past_the_card = [
            ("category_id", "in", self.ids),
            ("closed", "=", False),
            ("question_ids", "=", False),
        ]
        return count + self.env["helpdesk.ticket"].sudo().search_count(past_the_card)
