# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: the sections as the shelf of their journals, with live figures."""

from odoo import api, fields, models


class Section(models.Model):
    _inherit = "gorod24.section"

    journal_new = fields.Integer("New today", compute="_compute_journal_counts")
    journal_to_accept = fields.Integer("To accept", compute="_compute_journal_counts")
    journal_at_work = fields.Integer("At work", compute="_compute_journal_counts")
    journal_overdue = fields.Integer("Overdue", compute="_compute_journal_counts")
    journal_today = fields.Integer("Came today", compute="_compute_journal_counts")

    @api.depends_context("uid")
    def _compute_journal_counts(self):
        counts = self.env["gorod24.journal"]._counts_by_section(self)
        for section in self:
            found = counts.get(section.id, {})
            for key in ("new", "to_accept", "at_work", "overdue", "today"):
                section[f"journal_{key}"] = found.get(key, 0)

    def action_open_journal(self):
        """Open the journal of the section."""
        self.ensure_one()
        return self._prepare_journal_action(
            self.display_name,
            [("section_id", "=", self.id)],
            {"journal_section_id": self.id},
        )

    def action_open_service_journal(self):
        """Open the journal of the whole service the section belongs to."""
        self.ensure_one()
        participant = self.participant_id
        return self._prepare_journal_action(
            participant.name,
            [("participant_id", "=", participant.id)],
            {"journal_participant_id": participant.id},
        )

    @api.model
    def _prepare_journal_action(self, name, domain, context):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gorod24_appeals.gorod24_journal_referral_action"
        )
        title = self.env._("Journal: %(name)s", name=name)
        # no path: the address of the page would open the journal of all services
        return {
            **action,
            "name": title,
            "display_name": title,
            "domain": domain,
            "context": context,
            "path": False,
        }
