# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class Gorod24Section(models.Model):
    """A part of a participant (участок) with its own journal and duty officers.

    Concerns in files of their own: working hours (`_calendar`), who works today
    (`_duty`), whom to ring in an emergency (`_chain`).
    """

    _name = "gorod24.section"
    _description = "Participant Section"
    _order = "sequence, name, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    participant_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("is_participant", "=", True)],
    )
    member_ids = fields.One2many("gorod24.section.member", "section_id")
    absence_ids = fields.One2many("gorod24.section.absence", "section_id")
    email = fields.Char()
    phone = fields.Char()
    note = fields.Text()
    active = fields.Boolean(default=True)

    _name_uniq = models.Constraint(
        "UNIQUE (participant_id, name)", "This participant already has such a section."
    )

    @api.depends("name", "participant_id.name")
    @api.depends_context("section_alone")
    def _compute_display_name(self):
        # beside a column of the participant its name is not said twice
        alone = self.env.context.get("section_alone")
        for section in self:
            names = [not alone and section.participant_id.name, section.name]
            section.display_name = ": ".join(name for name in names if name)
