# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class HelpdeskTicketCategory(models.Model):
    _inherit = "helpdesk.ticket.category"

    @api.model
    def _get_use_counts(self, days):
        """Popularity is counted by questions: one appeal may hold several topics."""
        since = fields.Datetime.subtract(fields.Datetime.now(), days=days)
        rows = self.env["gorod24.question"]._read_group(
            [("registered_at", ">=", since), ("topic_id", "!=", False)],
            ["topic_id"],
            ["__count"],
        )
        return {topic.id: count for topic, count in rows}
