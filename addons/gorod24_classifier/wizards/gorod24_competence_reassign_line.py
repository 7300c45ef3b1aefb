# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from ..models.gorod24_competence_change_line import KINDS


class Gorod24CompetenceReassignLine(models.TransientModel):
    """A rule as it will be after a bulk change."""

    _name = "gorod24.competence.reassign.line"
    _description = "Rule in the Preview of a Bulk Change"

    reassign_id = fields.Many2one(
        "gorod24.competence.reassign", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [*KINDS, ("overtaken", "Of another participant: gives way")],
        string="What happens",
        required=True,
    )
    competence_id = fields.Many2one(
        "gorod24.competence", string="Rule", ondelete="cascade"
    )
    topic_id = fields.Many2one("helpdesk.ticket.category", ondelete="cascade")
    place = fields.Char(string="Where")
    building_count = fields.Integer(string="Houses")
    participant_id = fields.Many2one("res.partner", ondelete="cascade")
    section_id = fields.Many2one("gorod24.section", ondelete="cascade")
    date_from = fields.Date(string="Since")
    date_to = fields.Date(string="Until")
