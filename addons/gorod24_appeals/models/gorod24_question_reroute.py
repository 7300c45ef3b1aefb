# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: where a refused question goes: to the next one who answers, at most so many
times, then to the supervisor. A reopened one whose receiver works no more goes so, too.
"""

from markupsafe import Markup

from odoo import api, fields, models

LIMIT_PARAMETER = "gorod24.refusal_limit"
LIMIT = 2


class QuestionReroute(models.Model):
    _inherit = "gorod24.question"

    period = fields.Integer(
        "Control period",
        default=1,
        required=True,
        help="Grows when the question is reopened or returned for rework.",
    )
    decision_since = fields.Datetime(
        "Waits for the supervisor since",
        help="Participants refused it and there is nobody to send it to by the rules.",
    )
    decision_reason = fields.Char("Why the supervisor decides")

    _decision_idx = models.Index("(decision_since) WHERE decision_since IS NOT NULL")

    def _send_next(self, moment):
        """Send refused questions to the next choice of routing, or ask the supervisor.

        Whoever refused in this control period is not asked again.
        """
        for question in self:
            choice, why = question._find_next()
            question.write(question._prepare_receiver_vals(choice))
            if not choice:
                question._ask_supervisor(why, moment)
                continue
            refused = question._get_refused()
            last = refused.sorted("id")[-1:]
            question._dispatch(moment, "next", choice["reason"], {question.id: last.id})

    @api.model
    def _prepare_receiver_vals(self, choice):
        """Return who holds the question from now on: a choice of routing, or nobody.

        Whoever gave it back is not asked about it and gets no letters about its terms;
        his referral keeps that he had it.
        """
        choice = choice or {}
        return {
            "participant_id": choice.get("participant_id", False),
            "section_id": choice.get("section_id", False),
            "person_id": choice.get("person_id", False),
            "route_reason": choice.get("reason", False),
        }

    def _refresh_reopened(self):
        """Find a receiver for questions whose former one is out of the books.

        It may be long since they were closed: the organisation or its section may be
        archived, and a joined one may complain about the very one who did the work.
        """
        result = super()._refresh_reopened()
        for question in self.filtered("participant_id"):
            if not question._is_receiver_fit():
                choice = question._find_receiver()
                question.write(question._prepare_receiver_vals(choice))
        return result

    def _is_receiver_fit(self):
        """Whether all who are to get the question are in the directory."""
        self.ensure_one()
        return (
            self._is_participant_fit()
            and (not self.section_id or self.section_id.active)
            and (not self.person_id or self.person_id.active)
        )

    def _is_participant_fit(self):
        participant, complained = self.participant_id, self.complained_id
        return (
            participant.active
            and participant.is_participant
            and not participant._is_same_organisation(complained)
        )

    def _find_receiver(self):
        """Return who gets it now, or None: the same organisation if it can."""
        if not self._is_participant_fit():
            return self._find_next()[0]
        participant = self.participant_id
        for choice in self._get_choices():
            if choice["participant_id"] == participant.id:
                return choice
        return {
            "participant_id": participant.id,
            "section_id": participant._get_default_section().id,
            "reason": self.route_reason,
        }

    def _find_next(self):
        """Return (choice of routing or None, words why there is none)."""
        self.ensure_one()
        limit = self._get_refusal_limit()
        mine = self.referral_ids.filtered(lambda one: one.period == self.period)
        if len(mine.filtered(lambda one: one.way == "next")) >= limit:
            return None, self.env._(
                "Refused %(count)s times", count=len(self._get_refused())
            )
        passed = (
            self._get_refused().participant_id
            | mine.filtered(
                lambda one: one.state in ("sent", "accepted")
            ).participant_id
        )
        for choice in self._get_choices():
            if choice["participant_id"] not in passed.ids:
                return choice, ""
        return None, self.env._("By the rules nobody else answers for it")

    def _get_refused(self):
        """Referrals refused by those who were responsible, in this control period."""
        self.ensure_one()
        return self.referral_ids.filtered(
            lambda one: (
                (one.state, one.role, one.period) == ("refused", "main", self.period)
            )
        )

    def _get_choices(self):
        """Choices of routing, best first; the one complained about is never among."""
        self.ensure_one()
        if not self.topic_id:
            return []
        route = self.env["gorod24.competence"]._route(
            self.topic_id,
            building=self.building_id,
            address=self.address_id,
            complained=self.complained_id,
        )
        return [
            choice
            for choice in (route, *route["alternatives"])
            if choice["participant_id"] and not choice.get("hint")
        ]

    @api.model
    def _get_refusal_limit(self):
        """How many times a refused question is sent on without a person (0: never)."""
        # sudo: a setting of the service, the same for everybody
        value = self.env["ir.config_parameter"].sudo().get_param(LIMIT_PARAMETER, LIMIT)
        try:
            return max(int(value), 0)
        except ValueError:
            return LIMIT

    def _dispatch(self, *args, **kwargs):
        """Whom the rules name nobody for the supervisor finds somebody for."""
        referrals = super()._dispatch(*args, **kwargs)
        orphans = self.filtered(
            lambda one: one.state == "registered" and not one.participant_id
        )
        if orphans:
            orphans._ask_supervisor(self._get_orphan_reason())
        return referrals

    @api.model
    def _get_orphan_reason(self):
        return self.env._("By the rules nobody answers for it")

    def _ask_supervisor(self, reason, moment=None):
        """Put a question into the supervisors' queue; they are told once."""
        moment = moment or fields.Datetime.now()
        asked = self.filtered(lambda question: not question.decision_since)
        asked.write({"decision_since": moment, "decision_reason": reason})
        for question in asked:
            question._log_events("note", reason, moment=moment)
            question._tell_supervisors(reason)

    def _tell_supervisors(self, reason):
        self.ensure_one()
        # The hotline writes: an officer of a participant may have no e-mail address.
        author = self.env.ref("base.partner_root")
        # sudo: an officer whose refusal led here reads no other users
        for user in self._get_supervisors().sudo():
            question = self.with_context(lang=user.lang)
            link = Markup("<a href='%s/odoo/questions/%s'>%s</a>") % (
                self.get_base_url(),
                self.id,
                self.name,
            )
            topic = question.topic_id.name or ""
            self.env["mail.thread"].message_notify(
                author_id=author.id,
                partner_ids=user.partner_id.ids,
                subject=question.env._(
                    "For your decision: question %(name)s", name=self.name
                ),
                body=Markup("<p>%s · %s</p><p>%s</p>") % (link, topic, reason),
            )
