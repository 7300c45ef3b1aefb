# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Who is told that a term nears its end or is over, and in what words."""

from collections import defaultdict

from markupsafe import Markup

from odoo import models
from odoo.tools import format_datetime

SHOWN = 50


class EscalationMixin(models.AbstractModel):
    """Record with terms whose ladder is climbed by letters.

    An owner says how it is named in a letter (``_escalation_parts``); one that is held
    by a section takes ``_get_section_readers`` for its readers.
    """

    _name = "gorod24.escalation.mixin"
    _inherit = ["gorod24.clock.mixin"]
    _description = "Record whose terms are told of"

    def _clock_escalated(self, clocks, step):
        result = super()._clock_escalated(clocks, step)
        letters = defaultdict(list)
        readers = self._get_step_readers(step)
        for owner, clock in zip(self, clocks, strict=True):
            for user_id in readers[owner.id]:
                letters[user_id].append(clock.id)
        # sudo: the outbox is nobody's but the job's
        outbox = self.env["gorod24.escalation.letter"].sudo()
        outbox._add(step, letters)
        return result

    def _get_step_readers(self, step):
        """{record id: ids of the users a step of the ladder tells}. Hook."""
        return self._get_escalation_readers(step.role)

    def _get_escalation_readers(self, role):
        """{record id: ids of the users who are in the role}. Hook."""
        supervisors = self._get_supervisors().ids
        return dict.fromkeys(self.ids, supervisors)

    def _get_section_readers(self, role):
        """As above, for records with participant_id, section_id and person_id.

        All sections with one look-up; supervisors where the participant has nobody in
        the role.
        """
        posts = self._get_escalation_posts(role)
        supervisors = self._get_supervisors().ids
        found = {}
        for record in self:
            sections = record.section_id
            users = set()
            if role == "head":
                sections |= record.participant_id.section_ids
            elif role == "responsible":
                users.update(record.person_id.user_ids.filtered("active").ids)
            for section in sections:
                users.update(posts.get(section.id, ()))
            found[record.id] = sorted(users) or supervisors
        return found

    def _get_escalation_posts(self, role):
        """{section id: ids of the active users who work in the role now}."""
        if role == "supervisor":
            return {}
        sections = self.section_id
        if role == "head":
            sections |= self.participant_id.section_ids
        posts = [
            post for post in sections._get_posts() if post.user_id and post.role == role
        ]
        # sudo: who works for a section is found whoever asks (a job)
        users = self.env["res.users"].sudo().browse({post.user_id for post in posts})
        active = set(users.filtered("active").ids)
        found = defaultdict(list)
        for post in posts:
            if post.user_id in active:
                found[post.section_id].append(post.user_id)
        return found

    def _get_supervisors(self):
        group = self.env.ref("gorod24_appeals.group_supervisor")
        # sudo: the groups of users are not for everybody's eyes; the job needs them
        users = group.sudo().all_user_ids.filtered("active")
        own = users.filtered(lambda user: not user.has_group("base.group_system"))
        return (own or users).sudo(False)

    def _send_escalation(self, user, pairs, step):
        """One message about all these terms; no name, phone or words in it."""
        self = self.with_context(lang=user.lang)
        count = len(pairs)
        lines = [owner._escalation_line(clock) for owner, clock in pairs[:SHOWN]]
        body = Markup("<p>%s</p><ul>%s</ul><p><a href='%s'>%s</a></p>") % (
            self._escalation_title(step, count),
            Markup("").join(Markup("<li>%s</li>") % line for line in lines),
            self._get_escalation_url(user),
            self.env._("Open the journal"),
        )
        self.env["mail.thread"].message_notify(
            partner_ids=user.partner_id.ids,
            subject=self._escalation_title(step, count),
            body=body,
        )

    def _escalation_title(self, step, count):
        title = self._get_escalation_titles()[step.kind, step.moment == "warning"]
        return title % {"count": count}

    def _get_escalation_titles(self):
        """{(kind of term, before its end): title with %(count)s}. Hook."""
        return {
            ("acceptance", True): self.env._(
                "The term to accept nears its end: %(count)s"
            ),
            ("acceptance", False): self.env._("Not accepted in time: %(count)s"),
            ("execution", True): self.env._(
                "The term of work nears its end: %(count)s"
            ),
            ("execution", False): self.env._("Not done in time: %(count)s"),
            ("informing", True): self.env._(
                "The term to inform nears its end: %(count)s"
            ),
            ("informing", False): self.env._(
                "Citizens not informed in time: %(count)s"
            ),
        }

    def _escalation_line(self, clock):
        self.ensure_one()
        zone = str(clock._get_zone())
        due = format_datetime(self.env, clock.target, zone, "dd.MM HH:mm")
        known = " · ".join(filter(None, self._escalation_parts()))
        return self.env._("%(question)s – before %(due)s", question=known, due=due)

    def _escalation_parts(self):
        """What the record is called in a letter, piece by piece. Hook."""
        self.ensure_one()
        return [self.display_name]

    def _get_escalation_url(self, user):
        """Where the reader works: the portal's journal or the list of questions."""
        page = "/odoo/questions" if user._is_internal() else "/my/requests"
        return self[:1].get_base_url() + page
