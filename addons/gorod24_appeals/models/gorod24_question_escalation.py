# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: who is told that a term of a question nears its end or is over."""

from collections import defaultdict

from markupsafe import Markup

from odoo import models
from odoo.tools import format_datetime

SHOWN = 50


class Question(models.Model):
    _inherit = "gorod24.question"

    def _clock_escalated(self, clocks, step):
        result = super()._clock_escalated(clocks, step)
        letters, readers = defaultdict(list), {}
        for question, clock in zip(self, clocks, strict=True):
            # those of one section are told together: they are looked up once
            key = question._get_escalation_key(step.role)
            if key not in readers:
                readers[key] = question._get_escalation_users(step.role)
            for user in readers[key]:
                letters[user.id].append(clock.id)
        # sudo: the outbox is nobody's but the job's
        outbox = self.env["gorod24.escalation.letter"].sudo()
        outbox._add(step, letters)
        return result

    def _get_escalation_key(self, role):
        """What decides who is told about a question in a role."""
        self.ensure_one()
        if role == "supervisor":
            return ()
        return self.participant_id.id, self.section_id.id, self.person_id.id

    def _get_escalation_users(self, role):
        """Users to tell; supervisors where the participant has nobody in the role."""
        self.ensure_one()
        users = self.env["res.users"]
        section = self.section_id
        if role == "responsible":
            users = self.person_id.user_ids.filtered("active")
        if role in ("duty", "responsible"):
            users |= section._get_users(role)
        elif role == "head":
            heads = self.participant_id.section_ids | section
            users = heads._get_users("head")
        return users or self._get_supervisors()

    def _get_supervisors(self):
        group = self.env.ref("gorod24_appeals.group_supervisor")
        # sudo: the groups of users are not for everybody's eyes; the job needs them
        users = group.sudo().all_user_ids.filtered("active")
        own = users.filtered(lambda user: not user.has_group("base.group_system"))
        return (own or users).sudo(False)

    def _send_escalation(self, user, pairs, step):
        """One message about all these questions; no name, phone or words in it."""
        self = self.with_context(lang=user.lang)
        count = len(pairs)
        lines = [question._escalation_line(clock) for question, clock in pairs[:SHOWN]]
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
        place = (self.building_id or self.address_id).display_name
        parts = [self.name, self.topic_id.name, place, self.participant_id.name]
        if self.emergency:
            parts.insert(0, self.env._("EMERGENCY"))
        known = " · ".join(part for part in parts if part)
        return self.env._("%(question)s – before %(due)s", question=known, due=due)

    def _get_escalation_url(self, user):
        """Where the reader works: the portal's journal or the list of questions."""
        page = "/odoo/questions" if user._is_internal() else "/my/requests"
        return self[:1].get_base_url() + page
