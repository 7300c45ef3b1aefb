# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .helpdesk_ticket_category_settled import SETTLED


class HelpdeskTicketCategory(models.Model):
    _inherit = "helpdesk.ticket.category"

    is_uncovered = fields.Boolean(
        string="Nobody answers for it",
        compute="_compute_is_uncovered",
        search="_search_is_uncovered",
    )

    is_odd_season = fields.Boolean(
        string="Odd season",
        compute="_compute_is_odd_season",
        search="_search_is_odd_season",
        help="One end only, no day of a year, a single day or the whole year.",
    )

    def _compute_is_uncovered(self):
        found = self.search(
            Domain("id", "in", self.ids) & Domain("is_uncovered", "=", True)
        )
        for topic in self:
            topic.is_uncovered = topic in found

    @api.model
    def _search_is_uncovered(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._get_uncovered_domain()

    @api.model
    def _get_uncovered_domain(self):
        """Topics that no rule of today names, nor any group above them. Hook."""
        Competence = self.env["gorod24.competence"]
        today = self.env["gorod24.section.member"]._get_today()
        rows = Competence.sudo()._read_group(
            (Domain("date_from", "=", False) | Domain("date_from", "<=", today))
            & (Domain("date_to", "=", False) | Domain("date_to", ">=", today)),
            ["topic_id"],
        )
        topics = [topic.id for (topic,) in rows]
        if False in topics:
            return Domain.FALSE  # a rule for every topic
        self.flush_model(["parent_path", "is_topic", "regime_code", "active"])
        covered = SQL(
            "(SELECT t.id FROM helpdesk_ticket_category t WHERE EXISTS (SELECT 1"
            " FROM unnest(string_to_array(rtrim(t.parent_path, '/'), '/')::int[])"
            " AS part WHERE part = ANY(%s::int[])))",
            topics,
        )
        return (
            Domain("is_topic", "=", True)
            & Domain("regime_code", "not in", self._get_regime_codes(*SETTLED))
            & Domain("id", "not in", covered)
        )

    def _compute_is_odd_season(self):
        found = self.search(
            Domain("id", "in", self.ids) & Domain("is_odd_season", "=", True)
        )
        for topic in self:
            topic.is_odd_season = topic in found

    @api.model
    def _search_is_odd_season(self, operator, value):
        if operator != "in":
            return NotImplemented
        if "season_from" not in self._fields:
            return Domain.FALSE
        self.flush_model(["season_from", "season_to"])
        return Domain(
            "id",
            "in",
            SQL(
                # A day as months of 31: exact enough to know a whole year.
                "(SELECT id FROM (SELECT id, nullif(season_from, '') AS first,"
                " nullif(season_to, '') AS last FROM helpdesk_ticket_category"
                " WHERE season_from <> '' OR season_to <> '') AS season"
                " WHERE first IS NULL OR last IS NULL OR first = last"
                " OR first !~ %(day)s OR last !~ %(day)s"
                " OR mod(372 + 31 * left(last, 2)::int + right(last, 2)::int"
                " - 31 * left(first, 2)::int - right(first, 2)::int, 372) >= 364)",
                day=r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
            ),
        )
