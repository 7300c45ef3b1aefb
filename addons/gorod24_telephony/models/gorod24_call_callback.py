# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What a call that was answered, or is over, means for the duty to ring back.

Runs as superuser inside ``serialised``, after every event of the call: what was true
after an earlier event may be corrected by a late one.
"""

from datetime import timedelta

from odoo import fields, models

from .gorod24_callback import OPEN

# A miss told of later than this is history, not a duty (an import of old records).
FRESH = timedelta(hours=24)
# Nobody lifted: so long the queue may take to offer him to the next operator.
NEXT_OFFER = 60


class Call(models.Model):
    _inherit = "gorod24.call"

    callback_id = fields.Many2one(
        "gorod24.callback", "Callback", index="btree_not_null", ondelete="set null"
    )

    def _update_callback(self):
        """Open, join, go on with or close the duty to ring the citizen back."""
        self.ensure_one()
        if not self.number_e164:
            return
        if self._got_through():
            self._callback_called_again()
        elif self.state == "ended":
            if self.direction == "out":
                self._note_attempt()
            elif self.result == "missed":
                self._want_callback()

    def _got_through(self):
        """The citizen rang and is talked with, or was: the talk may still go on."""
        return self.direction == "in" and self.result == "answered"

    def _are_owed_a_callback(self, answered):
        """Calls that may change the duty to ring a citizen back, found in one query.

        One that got through, of a number and a person nobody has a duty to, changes
        nothing: most calls are such.

        :param answered: those of the calls that were not answered before these news.
        """
        told = self.filtered(
            lambda call: (
                call.number_e164
                and (call.state == "ended" or call in answered)
                and (call.state == "ended" or call._got_through())
            )
        )
        plain = told.filtered(
            lambda call: (
                call.direction == "in"
                and call.result == "answered"
                and not call.callback_id
            )
        )
        if not plain:
            return told
        duties = self.env["gorod24.callback"].search_fetch(
            [
                ("state", "in", OPEN),
                "|",
                ("number_e164", "in", plain.mapped("number_e164")),
                ("partner_id", "in", plain.partner_id.ids),
            ],
            ["number_e164", "partner_id"],
        )
        # a duty may be made by another call of the same news
        others = told - plain
        numbers = {one.number_e164 for one in [*duties, *others]}
        persons = duties.partner_id | others.partner_id
        return told.filtered(
            lambda call: (
                call not in plain
                or call.number_e164 in numbers
                or (call.partner_id and call.partner_id in persons)
            )
        )

    def _open_callbacks(self):
        """Open duties towards the citizen: of the number, or of the same person."""
        Callback = self.env["gorod24.callback"]
        found = Callback.search(
            [("number_e164", "=", self.number_e164), ("state", "in", OPEN)]
        )
        if not found and self.partner_id:
            found = Callback.search(
                [("partner_id", "=", self.partner_id.id), ("state", "in", OPEN)],
                limit=1,
            )
        found._wait_for_rows()
        return found

    def _ring_back_from(self):
        """Return from when on he is free: now, or when the queue has let him go."""
        now = fields.Datetime.now()
        if self.leg_ids.sorted("ended_at")[-1:].end_reason != "no_answer":
            return now
        setting = self.env["gorod24.callback"]._setting
        seconds = setting("callback_queue_seconds", NEXT_OFFER)
        return max(now, self.ended_at + timedelta(seconds=seconds))

    def _want_callback(self):
        if self.callback_id:
            # The next operator did not lift, either.
            self.callback_id._wait_till(self._ring_back_from(), self)
            return
        if not self._is_worth_a_callback():
            return
        callback = self._open_callbacks()
        moment = callback._call_moment(self._ring_back_from(), self.started_at)
        if not callback:
            callback = callback.create(
                {
                    "number_e164": self.number_e164,
                    "partner_id": self.partner_id.id,
                    "first_call_at": self.started_at,
                    "next_at": moment,
                }
            )
        callback.write(
            {
                "call_count": callback.call_count + 1,
                "first_call_at": min(callback.first_call_at, self.started_at),
                "last_call_at": max(
                    callback.last_call_at or self.started_at, self.started_at
                ),
                "queue": self.queue or callback.queue,
                "partner_id": (callback.partner_id or self.partner_id).id,
                # He is at the telephone now: a pause after an attempt is over.
                "next_at": min(callback.next_at, moment),
            }
        )
        self.callback_id = callback
        callback._want_in_time(self)
        callback._tell_count()
        callback._tell_later()

    def _is_emergency_line(self):
        """Whether the call came on an emergency profile, or by an emergency line."""
        self.ensure_one()
        if self.profile == "emergency" and not self._is_profile_guessed():
            return True
        line = self.env["gorod24.call.line"].search([("name", "=", self.line)], limit=1)
        return bool(self.line and line.emergency)

    def _is_worth_a_callback(self):
        """A fresh miss of a citizen with whom nobody has talked since."""
        if self.env["gorod24.phone"]._is_own(self.number_e164):
            return False
        if self.started_at < fields.Datetime.now() - FRESH:
            return False
        shortest = self.env["gorod24.callback"]._setting("callback_min_wait", 0)
        if self.wait_seconds < shortest:
            return False
        since = [
            ("number_e164", "=", self.number_e164),
            ("result", "=", "answered"),
            ("started_at", ">", self.started_at),
        ]
        return not self.search_count(since, limit=1)

    def _callback_called_again(self):
        """He got through: nobody needs to ring him."""
        own = self.callback_id
        if own and self.direction == "in":
            # A late event tells that the call was answered after all.
            self.callback_id = False
            was_open = own.state in OPEN
            own._count_calls()
            if was_open and own.state not in OPEN:
                return
        for callback in self._open_callbacks():
            if self.answered_at >= callback.last_call_at:
                callback._close("called_again", self.user_id, self.answered_at)

    def _note_attempt(self):
        """An outgoing call that was made for a duty, or to its citizen anyhow."""
        callback = self.callback_id
        if not callback:
            callback = self._open_callbacks()[:1]
            if not callback or self.started_at < callback.first_call_at:
                return
            self.callback_id = callback
        if self.env["gorod24.callback.attempt"].search_count(
            [("call_id", "=", self.id)], limit=1
        ):
            return
        reasons = set(self.leg_ids.mapped("end_reason"))
        disposition = "failed"
        if self.result == "answered":
            disposition = "reached"
        elif "busy" in reasons:
            disposition = "busy"
        elif reasons & {"no_answer", "abandoned", "normal"}:
            disposition = "no_answer"
        user = self.user_id or callback.operator_id or self.env.user
        callback._attempt(user, disposition, call=self, at=self.ended_at)
