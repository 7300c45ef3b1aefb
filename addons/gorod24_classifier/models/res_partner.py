# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain


class ResPartner(models.Model):
    _inherit = "res.partner"

    is_participant = fields.Boolean(
        string="Participant", help="An organisation that works appeals."
    )
    participant_code = fields.Char(index="btree_not_null", copy=False)
    section_ids = fields.One2many(
        "gorod24.section",
        "participant_id",
        groups="base.group_user",
    )
    competence_ids = fields.One2many(
        "gorod24.competence",
        "participant_id",
        string="Competence",
        groups="base.group_user",
    )
    section_count = fields.Integer(
        compute="_compute_participant_counts", groups="base.group_user"
    )
    competence_count = fields.Integer(
        compute="_compute_participant_counts", groups="base.group_user"
    )

    duty_today = fields.Char(
        string="On duty today",
        compute="_compute_duty_today",
        groups="base.group_user",
    )

    _participant_code_uidx = models.UniqueIndex(
        "(participant_code) WHERE participant_code IS NOT NULL",
        "Another participant already has this code.",
    )
    # The list of participants among hundreds of thousands of citizens.
    _is_participant_idx = models.Index("(name) WHERE is_participant")

    @api.depends("section_ids", "competence_ids")
    def _compute_participant_counts(self):
        domain = [("participant_id", "in", self.ids)]
        groupby, count = ["participant_id"], ["__count"]
        sections = dict(self.env["gorod24.section"]._read_group(domain, groupby, count))
        rules = dict(self.env["gorod24.competence"]._read_group(domain, groupby, count))
        for partner in self:
            partner.section_count = sections.get(partner, 0)
            partner.competence_count = rules.get(partner, 0)

    @api.depends("section_ids")
    def _compute_duty_today(self):
        for partner in self:
            lines = partner.section_ids.filtered("duty_today").mapped("duty_today")
            partner.duty_today = "; ".join(dict.fromkeys(lines))

    def _get_staff(self):
        """Active users who work for the participant.

        They are members of its sections now or later, or belong to the organisation.
        """
        self.ensure_one()
        today = self.env["gorod24.section.member"]._get_today()
        ended = Domain("date_to", "<", today)
        members = self.env["gorod24.section.member"].search(
            Domain("participant_id", "=", self.id) & ~ended
        )
        own = self.env["res.users"].search([("partner_id", "child_of", self.id)])
        return (members.user_id | own).filtered("active")

    def _get_default_section(self):
        """The section that gets what no rule sends elsewhere (may be empty)."""
        self.ensure_one()
        return self.env["gorod24.section"].search(
            [("participant_id", "=", self.id)], limit=1
        )

    def action_open_competences(self):
        """Open the competence rules of this participant."""
        return self._open_own("gorod24_classifier.gorod24_competence_action")

    def action_open_sections(self):
        """Open the sections of this participant."""
        return self._open_own("gorod24_classifier.gorod24_section_action")

    def action_open_agreements(self):
        """Open the agreements with this participant, the archived too."""
        return self._open_own("gorod24_classifier.gorod24_agreement_action")

    def _open_own(self, xmlid):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        action["domain"] = [("participant_id", "=", self.id)]
        action["context"] = {"default_participant_id": self.id}
        return action
