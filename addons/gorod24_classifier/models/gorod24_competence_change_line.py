# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import UserError

#: What became of a rule in a bulk change; the preview uses the same words.
KINDS = [
    ("closed", "Ends the day before"),
    ("shrunk", "Loses houses"),
    ("withdrawn", "Archived before it begins"),
    ("before", "New: keeps the history of these houses"),
    ("moved", "New: answers from that day on"),
]


class Gorod24CompetenceChangeLine(models.Model):
    """One rule touched by a bulk change."""

    _name = "gorod24.competence.change.line"
    _description = "Rule in a Bulk Change"
    _order = "change_id, id"
    _rec_name = "rule_name"

    change_id = fields.Many2one(
        "gorod24.competence.change", required=True, index=True, ondelete="cascade"
    )
    competence_id = fields.Many2one(
        "gorod24.competence", string="Rule", index=True, ondelete="set null"
    )
    rule_name = fields.Char(string="What and where", readonly=True)
    kind = fields.Selection(KINDS, string="What happened", required=True, readonly=True)
    before = fields.Json(readonly=True, export_string_translation=False)
    after = fields.Json(readonly=True, export_string_translation=False)
    participant_id = fields.Many2one(related="competence_id.participant_id")
    date_from = fields.Date(related="competence_id.date_from")
    date_to = fields.Date(related="competence_id.date_to")
    building_count = fields.Integer(related="competence_id.building_count")

    def _check_untouched(self):
        """Refuse when a rule is not as the change left it."""
        now = self.competence_id._take_snapshots()
        for line in self:
            if now.get(line.competence_id.id) != line.after:
                raise UserError(
                    self.env._(
                        "Rule “%(rule)s” has been changed or deleted since. Mend the"
                        " rules by hand or make a new bulk change.",
                        rule=line.rule_name,
                    )
                )
