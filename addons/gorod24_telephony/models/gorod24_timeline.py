# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: calls, recordings and who listened, in the course of an appeal."""

from odoo import api, models

from odoo.addons.gorod24_appeals.models.gorod24_timeline import Source
from odoo.addons.gorod24_appeals.phone_number import pretty


def as_minutes(seconds):
    """Seconds as minutes and seconds: 3:07."""
    return f"{seconds // 60}:{seconds % 60:02}"


class Timeline(models.AbstractModel):
    _inherit = "gorod24.timeline"

    @api.model
    def _get_kinds(self):
        calls = {"call": (self.env._("Calls"), "fa-phone")}
        return calls | super()._get_kinds()

    def _get_sources(self, appeal):
        duties = self.env["gorod24.informing"].search(
            [("question_id", "in", self._get_questions().ids)]
        )
        # The call that registered an appeal is of all its questions.
        taken = [("appeal_ids", "in", appeal.ids)]
        told = [
            ("informing_id", "in", duties.ids),
            ("appeal_ids", "not in", appeal.ids),
        ]
        calls = self.env["gorod24.call"].search(taken)
        calls |= self.env["gorod24.call"].search(told)
        of_calls = [("call_id", "in", calls.ids)]
        own = [("id", "in", calls.ids)]
        call, recording = "gorod24.call", "gorod24.recording"
        access, group = "gorod24.recording.access", "gorod24_appeals.group_supervisor"
        return [
            *super()._get_sources(appeal),
            Source(50, "call", call, "started_at", own, self._show_call),
            Source(60, "call", recording, "started_at", of_calls, self._show_recording),
            Source(980, "view", access, "at", of_calls, self._show_listened, group),
        ]

    def _show_call(self, call):
        number = (
            pretty(call.number_e164) or call.number_raw or self.env._("number hidden")
        )
        title = (
            self.env._("Call to the citizen, %(number)s", number=number)
            if call.direction == "out"
            else self.env._("Call of the citizen, %(number)s", number=number)
        )
        parts = [self._label(call, "result")]
        if call.talk_seconds:
            parts.append(
                self.env._("talk %(time)s", time=as_minutes(call.talk_seconds))
            )
        if call.wait_seconds:
            parts.append(
                self.env._("waited %(time)s", time=as_minutes(call.wait_seconds))
            )
        return {
            "title": title,
            "text": ", ".join(filter(None, parts)),
            "author": call.user_id.name or "",
            "tone": "danger" if call.result in ("missed", "failed") else "primary",
            "link": self._link(call, self.env._("Open the call")),
        }

    def _show_recording(self, recording):
        return {
            "title": self.env._(
                "Recording of the talk, %(time)s",
                time=as_minutes(round(recording.duration)),
            ),
            "author": recording.user_id.name or "",
            "icon": "fa-volume-up",
            "link": self._link(recording, self.env._("Listen")),
        }

    def _show_listened(self, access):
        title = (
            self.env._("Took the recording away")
            if access.kind == "download"
            else self.env._("Listened to the recording")
        )
        return {"title": title, "author": access.user_id.name, "tone": "light"}
