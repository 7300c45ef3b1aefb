# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: what is said of a notice: its text and its term in words."""

from babel.dates import format_date

from odoo import api, fields, models

from ..reach import COMING, OVERDUE, day_of, first_sentence, phase_of


class NoticeWords(models.Model):
    _inherit = "gorod24.notice"

    voice_text = fields.Text(
        "Voice menu reads",
        compute="_compute_voice_text",
        help="And the term after it.",
    )

    @api.depends("text")
    def _compute_voice_text(self):
        for notice in self:
            notice.voice_text = _closed(first_sentence(notice.text))

    @api.model
    def _get_voice_sentence(self, found, now):
        """Return what the voice menu reads of one notice.

        :param found: as ``_find_at`` gives it
        """
        end = self._get_end_words(
            found["type"], found["starts_at"], found["due_at"], now
        )
        return " ".join(filter(None, [_closed(first_sentence(found["text"])), end]))

    def _get_told_text(self, now):
        """Return what an operator reads of one notice: the text and the term.

        It is kept: the term is named with its day, for those who look another day.
        """
        self.ensure_one()
        moments = (self.starts_at, self.due_at, now)
        end = self._get_end_words(self.type, *moments, dated=True)
        return " ".join(filter(None, [_closed((self.text or "").strip()), end]))

    @api.model
    def _get_phase(self, kind, begins, due, now):
        """Return the phase of an active notice: nothing is awaited of information
        whose day has passed."""
        return phase_of(begins, kind != "information" and due, now)

    @api.model
    def _get_end_words(self, kind, begins, due, now, dated=False):
        """Return one sentence about the term; moments are naive UTC.

        :param dated: name the day, also today and tomorrow
        """
        phase = self._get_phase(kind, begins, due, now)
        if phase == OVERDUE:
            return self.env._(
                "The named term has passed, a new one is being found out."
            )
        if not due:
            return ""
        end = self._say_moment(due, now, dated)
        if phase == COMING:
            return self.env._(
                "It begins at %(begin)s and is to end by %(end)s.",
                begin=self._say_moment(begins, now, dated),
                end=end,
            )
        if kind == "information":
            return ""
        if kind == "planned":
            return self.env._("The works are to end by %(end)s.", end=end)
        return self.env._("It is expected to be put right by %(end)s.", end=end)

    @api.model
    def _say_moment(self, moment, now, dated=False):
        """«18:00», «18:00 tomorrow», «18:00 on 1 December» in the service's zone."""
        to_local = self.env["gorod24.clock"]._to_local
        local, today = to_local(moment), to_local(now)
        time = local.strftime("%H:%M")
        day = day_of(local.replace(tzinfo=None), today.replace(tzinfo=None))
        if day == "today" and not dated:
            return time
        if day == "tomorrow" and not dated:
            return self.env._("%(time)s tomorrow", time=time)
        return self.env._(
            "%(time)s on %(day)s",
            time=time,
            day=format_date(local, "d MMMM", locale=self.env.lang or "ru_RU"),
        )


def _closed(text):
    """The text with a full stop, so that another sentence may follow."""
    return text if not text or text[-1] in ".!?…" else f"{text}."
