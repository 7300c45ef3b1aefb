# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.fields import Domain


class ResUsers(models.Model):
    _inherit = "res.users"

    def _is_participant(self):
        """Tell whether the user works requests of a participant in the portal."""
        self.ensure_one()
        return self.has_group("gorod24_portal.group_participant")

    def _get_journal_scope(self):
        """Return whose journals the user sees now.

        :return: (sections of which he is a member, participants he is a head of)
        """
        self.ensure_one()
        Member = self.env["gorod24.section.member"]
        domain = Member._get_current_domain() & Domain("user_id", "=", self.id)
        # sudo: only the user's own memberships are read
        members = Member.sudo().search(domain)
        heads = members.filtered(lambda member: member.role == "head")
        return members.section_id, heads.participant_id

    def _get_journal_sections(self):
        """Return the (sudoed) sections the user may choose between, by name."""
        sections, participants = self._get_journal_scope()
        return sections | sections.search([("participant_id", "in", participants.ids)])

    def _get_portal_lang(self):
        """Return the language of the pages and letters of a participant."""
        self.ensure_one()
        # sudo: one setting of the service
        settings = self.env["ir.config_parameter"].sudo()
        code = settings.get_param("gorod24_portal.lang")
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        return code if code in installed else self.lang or self.env.lang
