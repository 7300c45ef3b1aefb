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

        :return: (sections he works for, participants he is a head of); substitutes are
            there during the absence, the absent are not
        """
        self.ensure_one()
        # sudo: only the user's own posts are read, those he stands in for included
        Section = self.env["gorod24.section"].sudo()
        posts = self._get_section_posts()
        sections = Section.browse(dict.fromkeys(post.section_id for post in posts))
        heads = {post.section_id for post in posts if post.role == "head"}
        return sections, Section.browse(heads).participant_id

    def _get_headed_participants(self):
        """Return the (sudoed) participants whose people the user keeps today.

        A head who is away keeps them still: he may come back earlier than he said.
        """
        self.ensure_one()
        Member = self.env["gorod24.section.member"]
        domain = Member._get_current_domain() & Domain("user_id", "=", self.id)
        # sudo: only the user's own memberships are read
        own = Member.sudo().search(domain & Domain("role", "=", "head"))
        return own.participant_id | self._get_journal_scope()[1]

    def _get_away_text(self):
        """Return why the journal of an absent officer is empty, else ""."""
        self.ensure_one()
        Absence = self.env["gorod24.section.absence"]
        domain = Absence._get_running_domain() & Domain("user_id", "=", self.id)
        # sudo: only the user's own absence is read
        absence = Absence.sudo().search(domain, limit=1)
        if not absence:
            return ""
        if not absence.substitute_id:
            return self.env._(
                "You are marked absent: %(days)s. If you are back, ask your head.",
                days=absence._days(),
            )
        return self.env._(
            "You are marked absent: %(days)s. %(name)s stands in for you. If you are "
            "back, ask your head.",
            days=absence._days(),
            name=absence.substitute_id.name,
        )

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
