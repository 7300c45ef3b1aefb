# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: lines of the course about questions and the participants' work."""

from odoo import models

from .gorod24_timeline import Source


class Timeline(models.AbstractModel):
    _inherit = "gorod24.timeline"

    def _get_sources(self, appeal):
        questions = self._get_questions()
        own = [("id", "in", questions.ids)]
        sent = [("question_id", "in", questions.ids)]
        question, referral = "gorod24.question", "gorod24.referral"
        return [
            *super()._get_sources(appeal),
            Source(100, "state", question, "registered_at", own, self._show_registered),
            Source(300, "referral", referral, "sent_at", sent, self._show_sent),
            Source(310, "referral", referral, "accepted_at", sent, self._show_accepted),
            Source(320, "referral", referral, "refused_at", sent, self._show_refused),
            Source(330, "referral", referral, "done_at", sent, self._show_done),
            Source(900, "state", question, "closed_at", own, self._show_closed),
        ]

    def _show_registered(self, question):
        return {
            "title": self.env._("Registered: %(topic)s", topic=question.topic_id.name),
            "text": question.text or "",
            "author": question.operator_id.name,
            "tone": "info",
            **self._of_question(question),
        }

    def _show_closed(self, question):
        outcome = self._label(question, "outcome")
        return {
            "title": (
                self.env._("Closed: %(outcome)s", outcome=outcome)
                if outcome
                else self.env._("Closed")
            ),
            "tone": "success",
            **self._of_question(question),
        }

    def _show_sent(self, referral):
        terms = [
            self.env._("accept before %(moment)s", moment=self._when(moment))
            for moment in [referral.accept_due]
            if moment
        ] + [
            self.env._("do before %(moment)s", moment=self._when(moment))
            for moment in [referral.execution_due]
            if moment
        ]
        text = ", ".join(terms)
        return {
            "title": self.env._("Sent: %(who)s", who=self._name_of_receiver(referral)),
            "text": text[:1].upper() + text[1:],
            "author": referral.create_uid.name,
            "tone": "info",
            **self._of_question(referral.question_id),
        }

    def _show_accepted(self, referral):
        visit = ""
        if referral.planned_at:
            visit = self.env._(
                "Visit planned for %(moment)s. %(note)s",
                moment=self._when(referral.planned_at),
                note=referral.visit_note or "",
            ).strip()
        return {
            "title": self.env._(
                "Accepted: %(who)s", who=self._name_of_receiver(referral)
            ),
            "text": visit,
            "author": referral.accepted_by_id.name or "",
            "tone": "primary",
            **self._of_question(referral.question_id),
        }

    def _show_refused(self, referral):
        return {
            "title": self.env._(
                "Refused: %(who)s", who=self._name_of_receiver(referral)
            ),
            "text": referral.refusal_reason or "",
            "author": referral.refused_by_id.name or "",
            "tone": "danger",
            **self._of_question(referral.question_id),
        }

    def _show_done(self, referral):
        files = len(referral.attachment_ids)
        lines = [referral.result_text or ""]
        if files:
            lines.append(self.env._("Files attached: %(count)s.", count=files))
        return {
            "title": self.env._(
                "Result – %(outcome)s: %(who)s",
                outcome=self._label(referral, "outcome_claimed").lower(),
                who=self._name_of_receiver(referral),
            ),
            "text": "\n".join(filter(None, lines)),
            "author": referral.done_by_id.name or "",
            "tone": "success" if referral.outcome_claimed == "fixed" else "warning",
            **self._of_question(referral.question_id),
        }

    def _name_of_receiver(self, referral):
        names = [referral.participant_id.name, referral.section_id.name]
        return ", ".join(filter(None, names))
