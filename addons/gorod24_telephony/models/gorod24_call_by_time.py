# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The exchange's journal and its live news of one call, without a common name.

Some exchanges call a talk by one name in the journal and by another at the telephone.
Then the two are brought together by extension, number and time, never by guess. Names
alone decide where the calibration call found that they agree: then the setting
``gorod24_telephony.records_by_time`` is "0".
"""

from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from ..conversation import on_our_clock
from ..conversation.event import RECORD
from ..conversation.record import CLOCKS
from ..matching import best_match, same_number
from ..matching.sidecar import Sidecar

LONGEST_CALL = timedelta(hours=12)


class Call(models.Model):
    _inherit = "gorod24.call"

    @api.model
    def _by_time(self, event, known):
        """Return the one call that ``event`` is about though no name says so.

        :param event: by our clock.
        :param known: the calls its names lead to.
        """
        if not event.is_call or not event.extension or not self._goes_by_time():
            return self.browse()
        if event.type == RECORD:
            if known.ref_ids.filtered(lambda ref: ref.kind == "dialog"):
                return self.browse()
            return self._of_record(event) - known
        return self.browse() if known else self._of_news(event)

    @api.model
    def _goes_by_time(self):
        # Runs as superuser within the event door; only a setting is read here.
        setting = self.env["ir.config_parameter"].sudo().get_param
        return setting("gorod24_telephony.records_by_time") != "0"

    @api.model
    def _record_shift(self):
        """By how much the clock of the journal is before that of the telephones."""
        setting = self.env["ir.config_parameter"].sudo().get_param
        shift = setting("gorod24_telephony.record_shift_seconds", "0")
        return timedelta(seconds=int(shift) if shift.lstrip("-").isdigit() else 0)

    @api.model
    def _on_our_clock(self, event):
        """Return the event with its times as the telephones would have told them.

        The journal of events keeps what was said; calls and legs have one clock.
        """
        if event.started_at is None:
            return event  # no word of the journal
        return on_our_clock(event, self._record_shift())

    def _may_go_by_time(self, event, doubtful):
        """Has ``_by_time`` to be asked about ``event``, whose names lead to ``self``?

        :param doubtful: see ``_telephones_by_time``.
        """
        if not event.extension or not self._goes_by_time():
            return False
        if event.type == RECORD:
            return "dialog" not in self.ref_ids.mapped("kind")
        return not self and event.extension in doubtful

    @api.model
    def _telephones_by_time(self, events):
        """Return the extensions at which there may be a call of the journal alone.

        One question for all ``events``: live news of other telephones cannot be about
        such a call.
        """
        news = [event for event in events if event.extension and event.type != RECORD]
        if not news or not self._goes_by_time():
            return set()
        moments = [event.at for event in news]
        self.env["gorod24.call.leg"].flush_model()
        self.env["gorod24.call.ref"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT l.extension FROM gorod24_call_leg l
                WHERE l.extension = ANY(%(extensions)s)
                  AND l.started_at BETWEEN %(since)s AND %(until)s
                  AND (l.ended_at IS NULL OR l.ended_at > %(begin)s)
                  AND NOT EXISTS (SELECT FROM gorod24_call_ref r
                      WHERE r.call_id = l.call_id AND r.kind = 'dialog')
                """,
                extensions=list({event.extension for event in news}),
                since=min(moments) - LONGEST_CALL,
                until=max(moments) + CLOCKS,
                begin=min(moments) - CLOCKS,
            )
        )
        return {extension for (extension,) in rows}

    @api.model
    def _of_record(self, event):
        """Return the call known from the telephone that a journal's row tells of."""
        begin = event.answered_at or event.started_at
        row = Sidecar(
            recorder="journal",
            recording_id=event.event_id,
            started_at=begin,
            duration=max(0.0, (event.at - begin).total_seconds()),
            extension=event.extension,
            remote_number=event.remote_number,
        )
        legs = self._legs_near(event.extension, begin, row.ended_at)
        calls = legs.call_id.filtered(
            lambda call: "dialog" in call.ref_ids.mapped("kind")
        )
        match = best_match(row, [call._span(until=row.ended_at) for call in calls])
        return self.browse(match.call_id or ())

    @api.model
    def _of_news(self, event):
        """Return the call known from the journal alone that late news are about."""
        at = event.at
        legs = self._legs_near(event.extension, at, at)
        legs = legs.filtered(lambda leg: not leg.ended_at or leg.ended_at + CLOCKS > at)
        calls = legs.call_id.filtered(
            lambda call: (
                "dialog" not in call.ref_ids.mapped("kind")
                and same_number(event.remote_number, call._number()) is not False
            )
        )
        return calls if len(calls) == 1 else self.browse()

    @api.model
    def _legs_near(self, extension, begin, end):
        return self.env["gorod24.call.leg"].search(
            [
                ("extension", "=", extension),
                ("started_at", ">=", begin - LONGEST_CALL),
                ("started_at", "<=", end + CLOCKS),
            ],
            order="started_at desc",
            limit=50,
        )
