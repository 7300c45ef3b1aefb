# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class Gorod24CompetenceReport(models.TransientModel):
    """A look at all rules on one day: where nobody answers, where two do."""

    _name = "gorod24.competence.report"
    _description = "Check of the Competence"

    date = fields.Date(
        string="On the day",
        default=lambda self: self.env["gorod24.service.time"]._get_service_today(),
        required=True,
    )
    topic_ids = fields.Many2many(
        "helpdesk.ticket.category",
        string="Topics",
        help="These topics and groups with all below; empty: all topics.",
    )
    gap_ids = fields.One2many("gorod24.competence.gap", "report_id")
    overlap_ids = fields.One2many("gorod24.competence.overlap", "report_id")

    @api.model
    def action_gaps_today(self):
        """Open the topics without an answer, as of today."""
        return self.create({}).action_find_gaps()

    @api.model
    def action_overlaps_today(self):
        """Open the double answers, from today on."""
        return self.create({}).action_find_overlaps()

    def action_find_gaps(self):
        """Find where nobody answers and show it."""
        self.ensure_one()
        self.env["gorod24.competence.gap"]._fill(self)
        return self._show("gorod24_competence_gap_action")

    def action_find_overlaps(self):
        """Find where two answer and show it."""
        self.ensure_one()
        self.env["gorod24.competence.overlap"]._fill(self)
        return self._show("gorod24_competence_overlap_action")

    def _show(self, xmlid):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"gorod24_classifier.{xmlid}"
        )
        action["domain"] = [("report_id", "=", self.id)]
        day = self.env["gorod24.competence"]._format_day(self.date)
        action["display_name"] = f"{action['name']}, {day}"
        return action

    def _get_topics(self):
        """Topics the report is about and that need a participant.

        :return: recordset, its `parent_path` and groups read at once
        """
        Category = self.env["helpdesk.ticket.category"]
        domain = Category._get_participant_domain(self.date)
        if self.topic_ids:
            domain &= fields.Domain("id", "child_of", self.topic_ids.ids)
        return Category.search(domain)
