# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class MappingSuggestLine(models.TransientModel):
    """One topic and the code offered to it."""

    _name = "gorod24.mapping.suggest.line"
    _description = "Suggested Code"
    _order = "likeness desc, id"

    wizard_id = fields.Many2one(
        "gorod24.mapping.suggest", required=True, ondelete="cascade"
    )
    edition_id = fields.Many2one(related="wizard_id.edition_id")
    topic_id = fields.Many2one(
        "helpdesk.ticket.category", required=True, readonly=True, ondelete="cascade"
    )
    target_id = fields.Many2one(
        "helpdesk.ticket.category",
        string="Code",
        ondelete="cascade",
        domain="[('classifier_id', '=', edition_id)]",
    )
    likeness = fields.Float(readonly=True)
    is_accepted = fields.Boolean(string="Accept")

    @api.onchange("target_id")
    def _onchange_target_id(self):
        """A code chosen by hand is meant."""
        self.is_accepted = bool(self.target_id)
