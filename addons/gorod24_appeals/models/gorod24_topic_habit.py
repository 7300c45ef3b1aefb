# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.tools import SQL

# More than operators choose in a quarter; the newest ones teach.
LIMIT = 200_000


class TopicHabit(models.Model):
    _inherit = "gorod24.topic.habit"

    @api.model
    def _get_recent_choices(self, since):
        """Add what operators chose on the card: the words are read, not kept."""
        self.env["gorod24.question"].flush_model(["text", "topic_id", "registered_at"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT text, topic_id FROM gorod24_question
                 WHERE registered_at >= %(since)s
                   AND topic_id IS NOT NULL AND text IS NOT NULL
                 ORDER BY registered_at DESC LIMIT %(limit)s
                """,
                since=since,
                limit=LIMIT,
            )
        )
        return super()._get_recent_choices(since) + rows
