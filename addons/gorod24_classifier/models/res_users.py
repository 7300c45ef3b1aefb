# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.fields import Domain


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_section_posts(self, date=None):
        """What the user works on a day, his own posts and those he stands in for.

        :return: list of `staffing.Post`
        """
        self.ensure_one()
        # sudo: only the user's own memberships and substitutions leave this method
        Member = self.env["gorod24.section.member"].sudo()
        Absence = self.env["gorod24.section.absence"].sudo()
        own = Member.search(
            Member._get_current_domain(date) & Domain("user_id", "=", self.id)
        )
        standing_in = Absence.search(
            Absence._get_running_domain(date) & Domain("substitute_id", "=", self.id)
        )
        participants = own.participant_id | standing_in.participant_id
        if not participants:
            return []
        domain = Domain("user_id", "=", self.id)
        posts = Member._get_day_posts(domain, participants, date)
        return [post for post in posts if post.user_id == self.id]
