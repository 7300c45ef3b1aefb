# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: who works for a section on a day, the substitutes included."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..staffing import Member, resolve

ROLES = ("duty", "responsible", "head")


class Gorod24Section(models.Model):
    _inherit = "gorod24.section"

    duty_today = fields.Char(
        string="On duty today",
        compute="_compute_duty_today",
        help="Duty officers of today; a substitute is named with the one he stands "
        "in for.",
    )

    @api.depends("member_ids")
    def _compute_duty_today(self):
        lines = {}
        for row in self._get_duty_list():
            if row["role"] == "duty" and row["user_id"]:
                lines.setdefault(row["section_id"], []).append(row["text"])
        for section in self:
            section.duty_today = "; ".join(lines.get(section.id, []))

    def _get_posts(self, date=None):
        """Memberships of these sections on a day with who works them.

        :param date: today of the service by default
        :return: list of `staffing.Post`
        """
        if not self.ids:
            return []
        # sudo: who is on duty must be found whoever asks (a job, an operator)
        sections = self.sudo()
        posts = self.env["gorod24.section.member"]._get_day_posts(
            Domain("section_id", "in", sections.ids),
            sections.participant_id,
            date,
        )
        own = set(sections.ids)
        return [post for post in posts if post.section_id in own]

    def _get_users(self, role=None, date=None):
        """Active users who work now: in the place of the absent, their substitutes.

        :param role: "duty", "responsible", "head"; None for all
        :param date: day of membership, today by default
        """
        ids = [
            post.user_id
            for post in self._get_posts(date)
            if post.user_id and role in (None, post.role)
        ]
        # sudo: as in _get_posts
        users = self.env["res.users"].sudo().browse(dict.fromkeys(ids))
        return users.filtered("active").with_env(self.env)

    def _get_duty_list(self, date=None):
        """Who works for these sections on a day, for people to read.

        :return: list of dict(member_id, section_id, role, role_label, user_id (False:
            nobody), name, phone, stands_in_for, until, text); duty officers first
        """
        posts = self._get_posts(date)
        # sudo: names of people on duty, whoever asks
        users = self.env["res.users"].sudo()
        users = users.browse({post.holder_id for post in posts})
        users |= users.browse({post.user_id for post in posts if post.user_id})
        posts.sort(key=lambda post: ROLES.index(post.role))
        labels = dict(
            self.env["gorod24.section.member"]
            ._fields["role"]
            ._description_selection(self.env)
        )
        return [self._prepare_duty_row(post, users, labels) for post in posts]

    def _prepare_duty_row(self, post, users, labels):
        holder = users.browse(post.holder_id)
        worker = users.browse(post.user_id or ()).filtered("active")
        absence = post.absence
        return {
            "member_id": post.member_id,
            "section_id": post.section_id,
            "role": post.role,
            "role_label": labels[post.role],
            "user_id": worker.id,
            "name": worker.name or "",
            "phone": worker.partner_id.phone or "",
            "stands_in_for": holder.name if absence else "",
            "until": absence.date_to if absence else False,
            "text": self._get_duty_text(worker, holder, absence),
        }

    def _get_duty_text(self, worker, holder, absence):
        if not absence:
            return worker.name or self.env._(
                "nobody: %(name)s no longer works here", name=holder.name
            )
        values = {
            "name": worker.name,
            "absent": holder.name,
            "day": format_date(self.env, absence.date_to),
        }
        if worker:
            return self.env._(
                "%(name)s (stands in for: %(absent)s, until %(day)s)", **values
            )
        return self.env._(
            "nobody: %(absent)s is absent until %(day)s, no substitute", **values
        )


class Gorod24SectionMember(models.Model):
    _inherit = "gorod24.section.member"

    @api.model
    def _get_day_posts(self, domain, participants, date=None):
        """Posts of the memberships of a domain on a day.

        Two queries, when nobody of the participants is away; a third otherwise, for a
        chain of substitutes may lead through their other sections. To be called with
        sudo rights over the participants given.
        """
        Members = self.sudo()
        Absence = self.env["gorod24.section.absence"].sudo()
        running = Absence._get_running_domain(date)
        absences = Absence.search(
            running & Domain("participant_id", "in", participants.ids)
        )
        if absences:
            domain = Domain("participant_id", "in", participants.ids)
        members = Members.search(Members._get_current_domain(date) & domain)
        return resolve(
            [Member(m.id, m.section_id.id, m.user_id.id, m.role) for m in members],
            [absence._as_plain() for absence in absences],
        )
