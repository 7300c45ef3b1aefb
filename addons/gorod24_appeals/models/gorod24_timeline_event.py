# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: lines of the course taken from the history of the questions.

What referrals and clocks tell better themselves (sent, accepted, refused, done) is
left to them.
"""

from odoo import models
from odoo.fields import Domain

from .gorod24_timeline import Source

STATE_KINDS = (
    "reopened",
    "withdrawn",
    "text",
    "topic",
    "converted",
    "merged",
    "note",
)
WORK_KINDS = ("planned", "localised", "rework", "resent")
TONES = {
    "reopened": "danger",
    "rework": "danger",
    "withdrawn": "warning",
    "localised": "success",
}


class Timeline(models.AbstractModel):
    _inherit = "gorod24.timeline"

    def _get_sources(self, appeal):
        questions = self._get_questions()
        mine = Domain("question_id", "in", questions.ids)
        kinds = {
            120: ("state", mine & Domain("kind", "in", STATE_KINDS)),
            340: ("referral", mine & Domain("kind", "in", WORK_KINDS)),
            470: ("clock", mine & Domain("kind", "=", "term")),
            890: ("state", mine & self._get_earlier_closings(questions)),
        }
        return [
            *super()._get_sources(appeal),
            *(
                Source(
                    rank,
                    kind,
                    "gorod24.question.event",
                    "at",
                    list(domain),
                    self._show_event,
                )
                for rank, (kind, domain) in kinds.items()
            ),
        ]

    def _get_earlier_closings(self, questions):
        """The last closing is told by the question itself, with its outcome."""
        last = Domain.OR(
            Domain("question_id", "=", question.id)
            & Domain("at", "=", question.closed_at)
            for question in questions
            if question.closed_at
        )
        return Domain("kind", "=", "closed") & ~last

    def _show_event(self, event):
        return {
            "title": self._label(event, "kind"),
            "text": event.note or "",
            "author": event.author_id.name or "",
            "tone": TONES.get(event.kind, "secondary"),
            **self._of_question(event.question_id),
        }
