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
        letters = defaultdict(list)
        for question, clock in zip(self, clocks, strict=True):
            for user in question._get_escalation_users(step.role):
                letters[user].append((question, clock))
        for user, pairs in letters.items():
            self._send_escalation(user, pairs, step)
        return result

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
        titles = {
            ("acceptance", True): self.env._(
                "The term to accept nears its end: %(count)s"
            ),
            ("acceptance", False): self.env._("Not accepted in time: %(count)s"),
            ("execution", True): self.env._(
                "The term of work nears its end: %(count)s"
            ),
            ("execution", False): self.env._("Not done in time: %(count)s"),
            ("forwarding", True): self.env._(
                "The term to forward outside nears its end: %(count)s"
            ),
            ("forwarding", False): self.env._(
                "Not forwarded outside in time: %(count)s"
            ),
            ("localisation", True): self.env._(
                "The term to localise damage nears its end: %(count)s"
            ),
            ("localisation", False): self.env._(
                "Damage not localised in time: %(count)s"
            ),
            ("planned_time", True): self.env._(
                "The planned time is to be told soon: %(count)s"
            ),
            ("planned_time", False): self.env._(
                "The planned time was not told in time: %(count)s"
            ),
            ("registration", True): self.env._(
                "The term to register nears its end: %(count)s"
            ),
            ("registration", False): self.env._("Not registered in time: %(count)s"),
            ("informing", True): self.env._(
                "The term to inform nears its end: %(count)s"
            ),
            ("informing", False): self.env._(
                "Citizens not informed in time: %(count)s"
            ),
        }
        return titles[step.kind, step.moment == "warning"] % {"count": count}

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
