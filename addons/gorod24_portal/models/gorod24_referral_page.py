# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: what the portal shows of a referral, and nothing more.

What is told about the citizen is decided by the participant's agreement of today: see
`_portal_allows`, the only place that asks it.
"""

from babel.dates import format_datetime

from odoo import fields, models

from odoo.addons.gorod24_appeals.phone_number import pretty

from ..due_text import remaining
from .gorod24_referral_journal import OPEN


class Referral(models.Model):
    _inherit = "gorod24.referral"

    def _portal_allows(self, name):
        """Tell whether the agreement opens a kind of data to the participant.

        :param name: name, phone, address, flat, social, text or recording
        """
        self.ensure_one()
        return name in self.participant_id._get_allowed_fields()

    def _get_portal_rows(self):
        """Return the lines of the journal, in the order of the referrals.

        :return: list of dict(id, url, number, topic, address, place_note, state,
            state_label, emergency, paid, section, sent, due, done). Contains no
            names and phones.
        """
        self.check_access("read")
        # sudo: a participant holds no right on questions, topics and houses; the
        # referrals themselves were checked above
        return [referral._prepare_portal_row() for referral in self.sudo()]

    def _prepare_portal_row(self):
        """Return one line of the journal. Hook."""
        self.ensure_one()
        question = self.question_id
        return {
            "id": self.id,
            "url": f"/my/requests/{self.id}",
            "number": question.name,
            "topic": question.topic_id.name or "",
            "address": self._portal_address(),
            "place_note": self._portal_place_note(),
            "state": self.state,
            "state_label": self._portal_state_label(),
            "is_open": self.state in OPEN,
            "emergency": self.emergency,
            "paid": self.paid,
            "section": self.section_id.name or "",
            "sent": self._format_moment(self.sent_at),
            "planned": self._format_moment(self.planned_at),
            "done": self._format_moment(self.done_at),
            "due": self._portal_due(),
        }

    def _portal_state_label(self):
        return {
            "sent": self.env._("New request"),
            "accepted": self.env._("Request at work"),
            "refused": self.env._("Request refused"),
            "done": self.env._("Request completed"),
            "withdrawn": self.env._("Request withdrawn"),
        }[self.state]

    def _portal_address(self, with_flat=True):
        """Return the place as far as it is agreed.

        The flat only when the place is the applicant's own house.
        """
        question = self.question_id
        if not self._portal_allows("address"):
            return ""
        place = question.building_id or question.address_id
        address = place.display_name or ""
        flat = self.appeal_id.flat
        if with_flat and flat and self._is_home() and self._portal_allows("flat"):
            flat = self.env._("flat %(number)s", number=flat)
            return f"{address}, {flat}"
        return address

    def _portal_place_note(self):
        note = self.question_id.place_note or ""
        return note if self._portal_allows("address") else ""

    def _is_home(self):
        """Tell whether the problem is in the house of the applicant."""
        return self.question_id._is_home()

    def _portal_due(self):
        """Return the running term: dict(text, level, moment, label) or False."""
        due = self._running_due()
        if not due:
            return False
        left = remaining(fields.Datetime.now(), due, self.sent_at)
        accepting = self.state == "sent" and due == self.accept_due
        return {
            "text": self._remaining_text(left),
            "level": left.level,
            "moment": self._format_moment(due),
            "label": self.env._("Accept") if accepting else self.env._("Complete"),
        }

    def _remaining_text(self, left):
        """Return «3 h left» or «2 d overdue» in the user's language."""
        length = {
            "minutes": self.env._("%(major)s min", major=left.major),
            "hours": self.env._("%(major)s h", major=left.major),
            "hours_minutes": self.env._(
                "%(major)s h %(minor)s min", major=left.major, minor=left.minor
            ),
            "days": self.env._("%(major)s d", major=left.major),
        }[left.unit]
        if left.level == "late":
            return self.env._("%(length)s overdue", length=length)
        return self.env._("%(length)s left", length=length)

    def _format_moment(self, moment, pattern="d MMM, HH:mm"):
        """Return a UTC moment in the time of the service, short."""
        if not moment:
            return ""
        to_local = self.env["gorod24.clock"]._to_local
        local = to_local(moment)
        if local.year != to_local(fields.Datetime.now()).year:
            pattern = pattern.replace("MMM", "MMM y")
        return format_datetime(local, pattern, locale=self.env.lang or "en_US")

    # The page ---------------------------------------------------------------------

    def _get_portal_values(self):
        """Return all that the page of one request shows.

        :return: the line of the journal and text, district, contact, terms, events,
            history, files, outcomes. Name and phone of the citizen are there only
            while the request is open and the participant's agreement allows them.
        """
        self.ensure_one()
        values = self._get_portal_rows()[0]
        # sudo: a participant holds no right on the question and the citizen; what
        # leaves this method is the agreed list only
        referral = self.sudo()
        question = referral.question_id
        outcomes = referral._fields["outcome_claimed"]._description_selection(self.env)
        outcome = dict(outcomes).get(referral.outcome_claimed, "")
        return {
            **values,
            "text": (referral._portal_allows("text") and question.text) or "",
            "district": question.district_id.display_name or "",
            "address_note": referral._portal_address_note(),
            "contact": referral._portal_contact(),
            "terms": referral._portal_terms(),
            "events": referral._portal_events(outcome),
            "history": referral._portal_history(self.env.uid),
            "files": referral._portal_files(),
            "outcomes": outcomes,
            "outcome": outcome,
            "result_title": self._portal_result_title(outcome),
            "result_text": referral.result_text or "",
            "refusal_reason": referral.refusal_reason or "",
            "visit_note": referral.visit_note or "",
            "cost": referral.cost,
            # an anonymous citizen, or one who wants no answer
            "nobody_told": question.state == "closed",
        }

    def _portal_result_title(self, outcome):
        if not outcome:
            return self.env._("Result")
        return self.env._("Result: %(outcome)s", outcome=outcome)

    def _portal_address_note(self):
        """Return how to get to the applicant: it says as much as the flat."""
        if self._is_home() and self._portal_allows("flat"):
            return self.appeal_id.address_note or ""
        return ""

    def _portal_contact(self):
        """Return what is told of the citizen: dict(name, phone, phone_display,
        is_closed, is_anonymous), each as far as agreed.

        `is_closed`: the citizen can be reached through the hotline only. So can one who
        did not give his name, whatever the agreement opens: he may be complaining of
        this very participant.
        """
        question = self.question_id
        contact = {
            "name": "",
            "phone": "",
            "phone_display": "",
            "is_closed": False,
            "is_anonymous": False,
        }
        if self.state not in OPEN:
            return contact
        contact["name"] = self._portal_caller()
        phone = question.phone_e164
        if not phone:
            return contact
        contact["is_anonymous"] = self.appeal_id.author_type == "anonymous"
        if contact["is_anonymous"] or not self._portal_allows("phone"):
            contact["is_closed"] = True
            return contact
        contact["phone"] = phone
        contact["phone_display"] = pretty(phone)
        return contact

    def _portal_terms(self):
        """Return the terms with their arithmetic: [dict(label, moment, why)]."""
        clocks = self.question_id._clock_find("acceptance", [])
        clocks |= self._clock_find("acceptance", [])
        clocks |= self.question_id._clock_find("execution", [])
        why = {(clock.kind, clock.target): clock.explanation for clock in clocks}
        terms = [
            ("acceptance", self.env._("Accept before"), self.accept_due),
            ("execution", self.env._("Complete before"), self.execution_due),
        ]
        return [
            {
                "label": label,
                "moment": self._format_moment(due),
                "why": why.get((kind, due)) or "",
            }
            for kind, label, due in terms
            if due and (kind == "execution" or self.state == "sent")
        ]

    def _portal_events(self, outcome):
        """Return what happened to this referral, oldest first."""
        events = [
            (self.sent_at, self._portal_sent_label(), ""),
            (self.accepted_at, self.env._("Accepted"), self.accepted_by_id.name),
            (self.refused_at, self.env._("Refused"), self.refused_by_id.name),
            (self.done_at, outcome, self.done_by_id.name),
            (self.ended_at, self._portal_ending(), self.ended_by_id.name),
        ]
        return [
            {"moment": self._format_moment(moment), "label": label, "who": who or ""}
            for moment, label, who in events
            if moment
        ]

    def _portal_history(self, user_id):
        """Return the other referrals of the question, newest first.

        Of strangers only the organisation, the dates and the state are told: free
        texts may name people.
        """
        user = self.env["res.users"].browse(user_id)
        sections, participants = user._get_journal_scope()
        outcomes = self._fields["outcome_claimed"]._description_selection(self.env)
        history = []
        others = self.question_id.referral_ids - self - self._get_partners()
        for other in others.sorted("id", reverse=True):
            mine = other.section_id in sections or other.participant_id in participants
            finished = other.done_at or other.refused_at
            history.append(
                {
                    "url": f"/my/requests/{other.id}" if mine else "",
                    "participant": other.participant_id.name,
                    "sent": self._format_moment(other.sent_at),
                    "finished": self._format_moment(finished),
                    "state": dict(outcomes).get(other.outcome_claimed)
                    or other._portal_state_label(),
                    "text": (mine and other._portal_own_text()) or "",
                }
            )
        return history

    def _portal_own_text(self):
        return self.result_text or self.refusal_reason

    def _portal_files(self):
        """Return the files of this very referral: [dict(id, name, url, is_image)]."""
        own = self.attachment_ids.filtered(
            lambda file: file.res_model == self._name and file.res_id == self.id
        )
        return [
            {
                "id": file.id,
                "name": file.name,
                "url": f"/my/requests/{self.id}/files/{file.id}",
                "is_image": (file.mimetype or "").startswith("image/"),
            }
            for file in own.sorted("id")
        ]
