# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain


class Gorod24Section(models.Model):
    """A part of a participant (участок) with its own journal and duty officers."""

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
    email = fields.Char()
    phone = fields.Char()
    note = fields.Text()
    active = fields.Boolean(default=True)

    _name_uniq = models.Constraint(
        "UNIQUE (participant_id, name)", "This participant already has such a section."
    )

    @api.depends("name", "participant_id.name")
    def _compute_display_name(self):
        for section in self:
            names = [section.participant_id.name, section.name]
            section.display_name = ": ".join(name for name in names if name)

    def _get_users(self, role=None, date=None):
        """Active users who are members now.

        :param role: "duty", "responsible", "head"; None for all
        :param date: day of membership, today by default
        """
        domain = self.env["gorod24.section.member"]._get_current_domain(date)
        domain &= Domain("section_id", "in", self.ids)
        if role:
            domain &= Domain("role", "=", role)
        # sudo: who is on duty must be found whoever asks (a job, an operator)
        members = self.env["gorod24.section.member"].sudo().search(domain)
        users = members.user_id.filtered("active")
        return users.with_env(self.env)
