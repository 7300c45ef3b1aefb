# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: lines of the course about talk: informing, messages, and who looked."""

from odoo import models
from odoo.tools import html2plaintext

from .gorod24_timeline import Source

# A letter can be a book; the whole of it is in the feed of the appeal.
LONGEST = 600


class Timeline(models.AbstractModel):
    _inherit = "gorod24.timeline"

    def _get_sources(self, appeal):
        duties = self.env["gorod24.informing"].search(
            [("question_id", "in", self._get_questions().ids)]
        )
        attempts = [("informing_id", "in", duties.ids)]
        ended = ("cancelled", "unreachable")
        given_up = [("id", "in", duties.ids), ("state", "in", ended)]
        sources = [
            *super()._get_sources(appeal),
            Source(
                500,
                "informing",
                "gorod24.informing.attempt",
                "at",
                attempts,
                self._show_attempt,
            ),
            Source(
                510,
                "informing",
                "gorod24.informing",
                "done_at",
                given_up,
                self._show_given_up,
            ),
        ]
        return sources + self._get_appeal_sources(appeal) * self._is_whole()

    def _get_appeal_sources(self, appeal):
        """Lines that belong to the appeal and to none of its questions. Hook."""
        written = [
            ("model", "=", "helpdesk.ticket"),
            ("res_id", "=", appeal.id),
            # Tracking of fields comes without words: the course tells it better.
            ("body", "not in", [False, ""]),
            ("message_type", "!=", "user_notification"),
        ]
        seen = [("appeal_id", "=", appeal.id)]
        return [
            Source(600, "message", "mail.message", "date", written, self._show_message),
            Source(
                990,
                "view",
                "gorod24.appeal.view",
                "at",
                seen,
                self._show_view,
                "gorod24_appeals.group_supervisor",
            ),
        ]

    def _show_attempt(self, attempt):
        parts = [self._label(attempt, "disposition")]
        if attempt.satisfaction != "not_asked":
            parts.append(self._label(attempt, "satisfaction"))
        lines = [attempt.note or ""]
        if attempt.call_back_at:
            lines.append(
                self.env._(
                    "Call back on %(moment)s.", moment=self._when(attempt.call_back_at)
                )
            )
        told = attempt.disposition == "reached"
        content = told and attempt.satisfaction != "no"
        return {
            "title": self.env._(
                "Informing the citizen: %(how)s", how=", ".join(parts).lower()
            ),
            "text": "\n".join(filter(None, lines)),
            "author": attempt.user_id.name,
            "tone": "success" if content else "danger" if told else "warning",
            **self._of_question(attempt.informing_id.question_id),
        }

    def _show_given_up(self, informing):
        return {
            "title": (
                self.env._("Informing given up: the citizen was not reached")
                if informing.state == "unreachable"
                else self.env._("Informing taken back: there is nothing to tell now")
            ),
            "author": informing.operator_id.name or "",
            "tone": "warning",
            **self._of_question(informing.question_id),
        }

    def _show_message(self, message):
        text = html2plaintext(message.body or "").strip()
        if len(text) > LONGEST:
            text = f"{text[:LONGEST]}…"
        subject = message.subject
        note = message.subtype_id.internal
        return {
            "title": (
                self.env._("Letter: %(subject)s", subject=subject)
                if subject
                else self.env._("Note")
                if note
                else self.env._("Message")
            ),
            "text": text,
            "author": message.author_id.name or message.email_from or "",
        }

    def _show_view(self, view):
        titles = self._get_view_titles()
        return {
            # A source named later must not break the whole course.
            "title": titles.get(view.source) or self._label(view, "source"),
            "author": view.user_id.name,
            "tone": "light",
        }

    def _get_view_titles(self):
        """Return {source of the log of views: what its line says}. Hook."""
        return {
            "form": self.env._("Opened the appeal"),
            "card": self.env._("Saw it in the caller card"),
            "portal": self.env._("Opened the request in the portal"),
            "print": self.env._("Printed the appeal"),
            "journal": self.env._("Wrote it out with the journal"),
            "informing": self.env._("Saw it while informing the citizen"),
        }
