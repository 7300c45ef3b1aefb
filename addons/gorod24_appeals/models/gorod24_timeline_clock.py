# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: lines of the course about terms: start, warning, breach, pauses, who was
told."""

from odoo import models

from .gorod24_timeline import Source


class Timeline(models.AbstractModel):
    _inherit = "gorod24.timeline"

    def _get_sources(self, appeal):
        owner = [
            ("res_id", "in", self._get_questions().ids),
            ("res_model", "=", "gorod24.question"),
        ]
        ids = self.env["gorod24.clock"].search(owner).ids
        own, of_clock = [("id", "in", ids)], [("clock_id", "in", ids)]
        warned, missed = [*own, ("warned", "=", True)], [*own, ("escalated", "=", True)]
        work = [*own, ("kind", "!=", "informing")]
        tell = [*own, ("kind", "=", "informing")]
        told = [*of_clock, ("told", "=", True)]
        clock, pause = "gorod24.clock", "gorod24.clock.pause"
        extension, step = "gorod24.clock.extension", "gorod24.clock.escalation"
        return [
            *super()._get_sources(appeal),
            Source(200, "clock", clock, "start", work, self._show_start),
            # The informing starts by the result of the same second.
            Source(350, "clock", clock, "start", tell, self._show_start),
            Source(400, "clock", clock, "warn_at", warned, self._show_warned),
            Source(410, "clock", clock, "target", missed, self._show_missed),
            Source(420, "clock", step, "at", told, self._show_told),
            Source(430, "clock", extension, "date", of_clock, self._show_extended),
            Source(440, "clock", pause, "date_from", of_clock, self._show_paused),
            Source(450, "clock", pause, "date_to", of_clock, self._show_resumed),
            Source(460, "clock", clock, "stop", own, self._show_stopped),
        ]

    def _question_of(self, clock):
        return self.env["gorod24.question"].browse(clock.res_id)

    def _line(self, clock, title, **more):
        return {"title": title, **more, **self._of_question(self._question_of(clock))}

    def _show_start(self, clock):
        title = self.env._(
            "%(term)s: the term runs, until %(moment)s",
            term=self._label(clock, "kind"),
            moment=self._when(clock.target),
        )
        return self._line(clock, title, text=clock.explanation or "")

    def _show_warned(self, clock):
        title = self.env._(
            "%(term)s: the term nears its end (%(moment)s)",
            term=self._label(clock, "kind"),
            moment=self._when(clock.target),
        )
        return self._line(clock, title, tone="warning")

    def _show_missed(self, clock):
        title = self.env._(
            "%(term)s: the term is over", term=self._label(clock, "kind")
        )
        return self._line(clock, title, tone="danger")

    def _show_told(self, line):
        clock = line.clock_id
        title = self.env._(
            "%(term)s: told – %(role)s",
            term=self._label(clock, "kind"),
            role=self._label(line, "role").lower(),
        )
        return self._line(clock, title, tone="warning")

    def _show_extended(self, extension):
        clock = extension.clock_id
        title = self.env._(
            "%(term)s: the term is extended to %(moment)s",
            term=self._label(clock, "kind"),
            moment=self._when(extension.new_target),
        )
        text = extension.reason or ""
        if extension.notice_date:
            notice = self.env._(
                "The citizen was told on %(day)s.",
                day=extension.notice_date.strftime("%d.%m.%Y"),
            )
            text = f"{text}\n{notice}"
        author = extension.author_id.name or ""
        return self._line(clock, title, text=text, author=author, tone="warning")

    def _show_paused(self, pause):
        clock = pause.clock_id
        title = self.env._(
            "%(term)s: the term is paused", term=self._label(clock, "kind")
        )
        return self._line(
            clock, title, text=pause.reason, author=pause.author_id.name or ""
        )

    def _show_resumed(self, pause):
        clock = pause.clock_id
        title = self.env._(
            "%(term)s: the term runs again", term=self._label(clock, "kind")
        )
        return self._line(clock, title)

    def _show_stopped(self, clock):
        term = self._label(clock, "kind")
        title, tone = {
            "met": (self.env._("%(term)s: in time", term=term), "success"),
            "missed": (self.env._("%(term)s: late", term=term), "danger"),
            "excused": (self.env._("%(term)s: late, excused", term=term), "secondary"),
        }.get(clock.outcome, (self.env._("%(term)s: ended", term=term), "secondary"))
        return self._line(clock, title, text=clock.excuse or "", tone=tone)
