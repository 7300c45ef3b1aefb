# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: the participant's head keeps its people from the portal.

Every method is called on the participant, as the system, after the controller has made
sure that the user heads it; that the records belong to the participant is checked here.
"""

from datetime import timedelta

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

# The roles a head gives; heads themselves are named by the hotline's curator.
GIVEN_ROLES = ("duty", "responsible")
HORIZON = timedelta(days=366)
DAY = timedelta(days=1)


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _staff_today(self):
        return self.env["gorod24.section.member"]._get_today()

    def _staff_members(self):
        """Memberships of today and later, by section."""
        ended = Domain("date_to", "<", self._staff_today())
        return self.env["gorod24.section.member"].search(
            Domain("section_id", "in", self.section_ids.ids) & ~ended
        )

    def _staff_absences(self):
        """Absences of today and later, the nearest first."""
        return self.env["gorod24.section.absence"].search(
            Domain("section_id", "in", self.section_ids.ids)
            & Domain("date_to", ">=", self._staff_today()),
            order="date_from, id",
        )

    def _staff_users(self):
        """Users of the participant who can open the journal."""
        return self._get_staff().filtered(lambda user: user._is_participant())

    # Absences ---------------------------------------------------------------------

    def _staff_add_absence(self, user, substitute, date_from, date_to, reason):
        """Mark a person absent in every post he has, and name his substitute.

        :raises UserError: in the head's words, when the days or the people do not fit
        """
        self.ensure_one()
        self._staff_check_days(date_from, date_to)
        members = self._staff_members().filtered(lambda m: m.user_id == user)
        members = members.filtered(
            lambda m: (
                (not m.date_from or m.date_from <= date_to)
                and (not m.date_to or m.date_to >= date_from)
            )
        )
        if not members:
            raise UserError(self.env._("This person has no post on these days."))
        if substitute and substitute not in self._staff_users():
            raise UserError(self.env._("Choose a substitute from your own people."))
        turns = self._staff_turns(date_from, date_to)
        worked = self._staff_worked(turns)
        absences = self.env["gorod24.section.absence"].create(
            [
                {
                    "member_id": member.id,
                    "substitute_id": substitute.id or False,
                    "date_from": date_from,
                    "date_to": date_to,
                    "reason": reason,
                }
                for member in members
            ]
        )
        absences.flush_recordset()
        self._staff_check_left(worked - self._staff_worked(turns), user, substitute)
        return absences

    def _staff_check_days(self, date_from, date_to):
        today = self._staff_today()
        if not (date_from and date_to):
            raise UserError(self.env._("Choose the first and the last day."))
        if date_to < date_from:
            raise UserError(self.env._("The last day is before the first one."))
        if date_from < today:
            raise UserError(self.env._("An absence is entered from today on."))
        if date_to > today + HORIZON:
            raise UserError(
                self.env._("This is more than a year ahead. Check the date.")
            )

    def _staff_turns(self, date_from, date_to):
        """Days of a span on which others may be at work than the day before."""
        turns = {date_from}
        for span in (*self._staff_members(), *self._staff_absences()):
            turns |= {span.date_from, span.date_to and span.date_to + DAY}
        return sorted(turn for turn in turns if turn and date_from <= turn <= date_to)

    def _staff_worked(self, days):
        """Return {(day, section id)} where a duty officer works or is stood in for."""
        users = self.env["res.users"]
        return {
            (day, post.section_id)
            for day in days
            for post in self.section_ids._get_posts(day)
            if post.role == "duty"
            and post.user_id
            and users.browse(post.user_id).active
        }

    def _staff_check_left(self, left, user, substitute):
        """Refuse an absence that leaves a section without a duty officer.

        :param left: {(day, section id)}; a chain of substitutes may end in another
            section than the one the absent works in
        """
        if not left:
            return
        day, section_id = min(left)
        section = self.section_ids.browse(section_id)
        if not substitute:
            raise UserError(
                self.env._(
                    "%(name)s is the only duty officer of “%(section)s” on these "
                    "days. Choose who stands in.",
                    name=user.name,
                    section=section.name,
                )
            )
        raise UserError(
            self.env._(
                "%(name)s is away, too, on %(day)s: “%(section)s” would be left "
                "without a duty officer. Choose somebody else.",
                name=substitute.name,
                day=format_date(self.env, day),
                section=section.name,
            )
        )

    def _staff_end_absence(self, absence):
        """The person is back: the absence ended yesterday, or never begins."""
        self.ensure_one()
        self._staff_check_own(absence)
        today = self._staff_today()
        if absence.date_to < today:
            raise UserError(self.env._("This absence is over already."))
        if absence.date_from < today:
            absence.date_to = today - DAY
        else:
            absence.unlink()

    # Members ----------------------------------------------------------------------

    def _staff_add_member(self, section, user, role):
        """Give a person a post in a section, from today on."""
        self.ensure_one()
        self._staff_check_own(section)
        if role not in GIVEN_ROLES:
            raise UserError(self.env._("Choose the role: duty officer or responsible."))
        if user not in self._staff_users():
            raise UserError(self.env._("Choose one of your own people."))
        posts = self._staff_members().filtered(
            lambda m: m.section_id == section and m.user_id == user and m.role == role
        )
        if posts:
            raise UserError(
                self.env._(
                    "%(name)s already has this role in “%(section)s”.",
                    name=user.name,
                    section=section.name,
                )
            )
        return self.env["gorod24.section.member"].create(
            {
                "section_id": section.id,
                "user_id": user.id,
                "role": role,
                "date_from": self._staff_today(),
            }
        )

    def _staff_end_member(self, member):
        """Take a post away at once; the past stays written."""
        self.ensure_one()
        self._staff_check_own(member)
        if member.role not in GIVEN_ROLES:
            raise UserError(self.env._("Heads are changed by the hotline."))
        today = self._staff_today()
        if member.role == "duty":
            if not self._staff_other_duty(member):
                raise UserError(
                    self.env._(
                        "%(name)s is the only duty officer of “%(section)s”. First "
                        "add another one.",
                        name=member.user_id.name,
                        section=member.section_id.name,
                    )
                )
        if member.date_from and member.date_from >= today:
            member.unlink()
        else:
            member.date_to = today - DAY

    def _staff_other_duty(self, member):
        """Who works today in other duty posts of the section.

        Whoever stands in for the member goes with the member's own post.
        """
        workers = {
            post.user_id
            for post in member.section_id._get_posts()
            if post.role == "duty" and post.user_id and post.member_id != member.id
        }
        others = self.env["res.users"].browse(workers) - member.user_id
        return others.filtered("active")

    def _staff_check_own(self, record):
        """Refuse records of another participant, as if they did not exist."""
        if not record.exists() or record.participant_id != self:
            raise UserError(self.env._("This is no longer in your list."))

    # The page ---------------------------------------------------------------------

    def _get_staff_values(self):
        """Return what the page «Сотрудники» shows of the participant.

        :return: dict(id, name, sections (with posts), absences, people)
        """
        self.ensure_one()
        duty = {}
        for row in self.section_ids._get_duty_list():
            duty.setdefault(row["section_id"], []).append(row)
        members = self._staff_members()
        return {
            "id": self.id,
            "name": self.name,
            "sections": [
                self._prepare_staff_section(section, duty.get(section.id, []), members)
                for section in self.section_ids
            ],
            "absences": [
                {
                    "id": absence.id,
                    "name": absence.user_id.name,
                    "section": absence.section_id.name,
                    "days": absence._days(),
                    "substitute": absence.substitute_id.name or "",
                    "is_running": absence.is_running,
                }
                for absence in self._staff_absences()
            ],
            "people": [
                {"id": user.id, "name": user.name}
                for user in self._staff_users().sorted("name")
            ],
            "posted": [
                {"id": user.id, "name": user.name}
                for user in members.user_id.filtered("active").sorted("name")
            ],
        }

    def _prepare_staff_section(self, section, posts, members):
        return {
            "id": section.id,
            "name": section.name,
            "is_open": section.is_open,
            "open_text": section.open_text,
            "posts": [self._prepare_staff_post(row, members) for row in posts],
        }

    def _prepare_staff_post(self, row, members):
        member = members.browse(row["member_id"])
        return {
            "member_id": member.id,
            "name": member.user_id.name,
            "role": row["role"],
            "role_label": row["role_label"],
            "is_absent": bool(row["stands_in_for"]),
            "text": row["text"] if row["stands_in_for"] else "",
            "is_given": row["role"] in GIVEN_ROLES,
        }
