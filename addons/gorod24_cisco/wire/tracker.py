# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""From Finesse dialogs of one agent to neutral telephony events.

The tracker remembers what it already told, so that repeated, late or reordered
notifications say nothing twice, and so that a snapshot taken after a lost link can be
compared with it. Every event id is derived from what happened (agent, dialog, visit,
transition): the same fact found again, by another road or after a restart, has the
same id and the event door drops it.
"""

from collections import OrderedDict
from datetime import UTC, datetime, timedelta

from .held import MAX_TEXT, Held
from .xmlread import stamp

# All of them are written to the disk at each event: enough for what comes late.
KEEP_FINISHED = 50
# Talks between colleagues: no citizen at the other end.
INTERNAL = frozenset(
    (
        "CONSULT",
        "CONSULT_OFFERED",
        "AGENT_INSIDE",
        "ASSIST_CALL",
        "BARGE_IN_CONSULT",
        "SUPERVISOR_BARGE_IN",
        "SUPERVISOR_MONITOR",
        "EMERGENCY",
    )
)
OUTGOING = frozenset(("OUT", "AGENT_OUT", "AUTO_OUT", "OUTBOUND"))
TALKING = frozenset(("ACTIVE", "HELD"))
OVER = frozenset(("DROPPED", "FAILED"))
# A POST without times this soon after the end is the old one, late or repeated.
LATE = timedelta(seconds=1)


class DialogTracker:
    """Turns what Finesse says about one agent into neutral events (dicts)."""

    def __init__(self, agent_id, extension, source="finesse", number_variable=""):
        self.agent_id = agent_id
        self.extension = extension
        self.source = source
        self.number_variable = number_variable
        self.open = {}
        self.finished = OrderedDict()
        self.state = ""
        #: Why the agent is not ready, and the state that waits for the end of a call.
        self.reason = ""
        self.pending = ""
        self._mark = 0

    # --- memory ---------------------------------------------------------------
    def as_json(self):
        """What must survive a restart of the connector."""
        return {
            "open": [held.as_json() for held in self.open.values()],
            "finished": [held.as_json() for held in self.finished.values()],
            "state": self.state,
        }

    def load(self, data):
        """Take back :meth:`as_json`; damaged data counts as empty."""
        try:
            opened = [Held.from_json(item) for item in data["open"]]
            finished = [Held.from_json(item) for item in data["finished"]]
        except (KeyError, TypeError, AttributeError):
            return
        for held in opened:
            held.mark, held.missing = 0, None
        self.open = {held.id: held for held in opened}
        self.finished = OrderedDict((held.id, held) for held in finished)

    def mark(self):
        """Point in time for :meth:`compare`: call it before asking for a snapshot."""
        self._mark += 1
        return self._mark

    # --- notifications --------------------------------------------------------
    def dialog(self, event, dialog, now, recovered=False):
        """Events that follow from one notification about ``dialog``.

        ``event`` is POST, PUT or DELETE, ``now`` an aware datetime used where Finesse
        gives no time. Returns a list, most often empty or of one event.
        """
        if not dialog.id or not dialog.is_voice:
            return []
        me = dialog.party(self.extension)
        held = self._find(event, dialog, me, now)
        if held is None:
            return []
        if not held.ended:
            held.missing = None
        late = bool(me and me.changed and held.changed and me.changed < held.changed)
        was_internal, known = held.internal, held.changed
        self._learn(held, dialog, me)
        if was_internal and not held.internal:
            held.since = self._handed_over(me, known, now)
        held.mark = self._mark
        over = self._is_over(event, dialog, me)
        if held.internal:
            held.party = me.state if me else held.party
            if over:
                self._finish(held, now, now)
            return []
        at = (me and me.changed) or now
        at = max(at, held.since or at)
        told = []
        if not over or held.ended:
            if held.found:
                at, recovered = max(at, held.found), True  # no second card
            told += self._begin(held, me, at, now, recovered)
            told += self._talk(held, me, dialog, at, late, recovered)
        if over and not held.ended:
            told.append(self._end(held, dialog, me, at, now, recovered))
        if not told and held.has_news:
            told.append(self._update(held, recovered))
        return told

    def _find(self, event, dialog, me, now):
        """The dialog's memory, a new one, or None when there is nothing to say."""
        held = self.open.get(dialog.id)
        if held is not None:
            return held
        past = self.finished.get(dialog.id)
        day = self._day(me, now)
        if past is None:
            held = Held(dialog.id, day=day)
        elif past.guessed and me is not None and not self._is_over(event, dialog, me):
            # Not over at all. Its end has been told, so it goes on after that.
            held = Held(dialog.id, visit=past.visit + 1, day=past.day)
            if not me.changed or not past.missing or me.changed <= past.missing:
                held.found = now
        elif self._is_citizens_now(event, past, dialog, me):
            held = Held(dialog.id, visit=past.visit + 1, day=day)
            held.since = self._handed_over(me, past.changed, now)
        elif self._is_new_visit(event, past, me, now):
            held = Held(dialog.id, visit=past.visit + 1, day=day)
        else:
            # A late notification may still tell that a finished call was answered.
            return past if not past.internal and not past.answered else None
        self.open[dialog.id] = held
        return held

    @staticmethod
    def _day(me, now):
        """The day in the names of events: by the exchange's time, if it tells one."""
        began = (me and (me.started or me.changed)) or now
        return began.strftime("%Y%m%d")

    def _is_citizens_now(self, event, past, dialog, me):
        """A consult that was over here has got the citizen (§3.7: swapped holds).

        The agent was talking in it already, so *his* state and its time stay.
        """
        if not past.internal or me is None or self._is_over(event, dialog, me):
            return False
        return bool(dialog.call_type) and dialog.call_type not in INTERNAL

    @staticmethod
    def _handed_over(me, known, now):
        """When the citizen came: the agent's own change, or now if he had none."""
        has_moved = me and me.changed and (known is None or me.changed > known)
        return me.changed if has_moved else now

    @staticmethod
    def _is_new_visit(event, past, me, now):
        """The same call came back to this agent: offered again, or transferred back."""
        if event != "POST" or me is None or me.is_gone:
            return False
        if me.changed:
            return bool(past.changed and me.changed > past.changed)
        # Finesse may leave times out; then only the order of what it tells is left.
        is_told = past.announced or past.internal
        return is_told and (past.over is None or now - past.over >= LATE)

    def _learn(self, held, dialog, me):
        kind = dialog.call_type
        if not held.announced and not held.ended and kind:
            held.internal = kind in INTERNAL
        held.direction = held.direction or self._direction(dialog, me)
        held.learn(dialog, self.extension, self.number_variable)
        if dialog.participants:
            held.others_left = any(
                not p.is_gone
                for p in dialog.participants
                if p.address != self.extension and p.state
            )
            others = [p for p in dialog.participants if p is not me]
            causes = [p.cause for p in [me, *others] if p and p.cause]
            held.cause = causes[0] if causes else held.cause
        if me:
            held.started = held.started or me.started or me.changed
            if me.changed and (held.changed is None or me.changed > held.changed):
                held.changed = me.changed

    def _direction(self, dialog, me):
        if dialog.call_type in OUTGOING or dialog.from_address == self.extension:
            return "out"
        if me and me.state in ("INITIATING", "INITIATED"):
            return "out"
        return "in" if dialog.from_address or dialog.call_type or me else ""

    def _is_over(self, event, dialog, me):
        if event == "DELETE" or dialog.state in OVER:
            return True
        return bool(me and me.is_gone)

    # --- events ---------------------------------------------------------------
    def _begin(self, held, me, at, now, recovered):
        if held.announced or held.ended:
            return []
        held.announced = True
        kind = "call.dialing" if held.direction == "out" else "call.ringing"
        began = (me and me.started) or at or now
        if held.visit > 1 or held.secondary:
            began = at  # startTime may be that of the whole call
        return [self._event(held, kind, began, recovered)]

    def _talk(self, held, me, dialog, at, late, recovered):
        if not me or me.state not in TALKING:
            return []
        if held.direction == "out" and not self._is_connected(dialog):
            return []
        told = []
        if not held.answered:
            held.answered = True
            held.party = me.state
            told.append(self._event(held, "call.answered", at, recovered))
            if me.state == "HELD" and not held.ended:
                told.append(self._turn(held, "call.held", at, recovered))
        elif me.state != held.party and not late and not held.ended:
            held.party = me.state
            kind = "call.held" if me.state == "HELD" else "call.retrieved"
            told.append(self._turn(held, kind, at, recovered))
        return told

    def _is_connected(self, dialog):
        """Our call out is answered when the far side is active."""
        if dialog.state and dialog.state != "ACTIVE":
            return False
        others = [p for p in dialog.participants if p.address != self.extension]
        return not others or any(p.state in TALKING for p in others)

    def _update(self, held, recovered):
        """The number or the queue came after the ring: nothing else has changed.

        Finesse gives no time for it; that of the last change keeps its place among
        the events, whatever our own clock says.
        """
        held.updates += 1
        suffix = f"{held.updates:03}"
        return self._event(held, "call.updated", held.told_at, recovered, suffix)

    def _turn(self, held, kind, at, recovered):
        """Hold and retrieve can repeat: their time is part of their id."""
        return self._event(held, kind, at, recovered, suffix=stamp(at))

    def _end(self, held, dialog, me, at, now, recovered):
        if not me or not me.changed or not me.is_gone:
            at = now
        if held.changed and at < held.changed:
            at = held.changed
        reason = self._reason(held, dialog, me)
        self._finish(held, at, now)
        return self._event(held, "call.ended", at, recovered, end_reason=reason)

    def _finish(self, held, at, now):
        self.open.pop(held.id, None)
        held.ended, held.over = True, now
        if held.changed is None:
            held.changed = at
        self.finished[held.id] = held
        self.finished.move_to_end(held.id)
        while len(self.finished) > KEEP_FINISHED:
            self.finished.popitem(last=False)

    def _reason(self, held, dialog, me):
        failed = dialog.state == "FAILED" or (me is not None and me.state == "FAILED")
        if failed or (held.cause and not held.answered):
            return "busy" if held.cause == "BUSY" else "failed"
        if held.answered:
            return "transferred" if self._was_passed_on(held, dialog) else "normal"
        if held.direction == "out" or held.others_left:
            return "no_answer"
        return "abandoned"

    def _was_passed_on(self, held, dialog):
        """We left and at least two others stay, or a consult call of ours is open."""
        staying = [
            p
            for p in dialog.participants
            if p.address != self.extension and p.state and not p.is_gone
        ]
        consulting = any(other.internal for other in self.open.values())
        return len(staying) > 1 or (consulting and held.party == "HELD")

    def _event(self, held, kind, at, recovered, suffix="", **more):
        step = kind.partition(".")[2]
        whose = [self.source, self.agent_id, held.id, held.day, str(held.visit)]
        named = filter(None, (*whose, step, suffix))
        held.told_at, held.shown = at, held.data
        ids = [held.id, held.secondary]
        event = {
            "event_id": "|".join(named)[:128],
            "source": self.source,
            "type": kind,
            "at": stamp(at),
            "refs": [
                {"system": "finesse", "kind": "dialog", "value": value[:128]}
                for value in dict.fromkeys(ids)
                if value
            ],
            "agent": {"id": self.agent_id, "extension": self.extension},
            "direction": held.direction or "in",
            "remote_number": held.remote,
            "dialed_number": held.dialed,
            "queue": held.queue,
            "recovered": recovered,
        }
        return event | more

    # --- recovery -------------------------------------------------------------
    def compare(self, dialogs, mark, now):
        """Events missed while the link was down, from a snapshot of ``dialogs``.

        ``mark`` is what :meth:`mark` gave before the snapshot was asked for: a dialog
        touched by a live notification since then is left alone. One that is not there
        ends when two snapshots in a row miss it: a node that has just taken over
        answers with an empty list at first (see :attr:`is_doubtful`).
        """
        told = []
        present = {dialog.id for dialog in dialogs}
        for held in list(self.open.values()):
            if held.id not in present and held.mark < mark:
                told += self._lost(held, now)
        for dialog in dialogs:
            told += self.dialog("POST", dialog, now, recovered=True)
        return told

    @property
    def is_doubtful(self):
        """The last snapshot missed a call: another one should be asked for soon."""
        return any(held.missing for held in self.open.values())

    def _lost(self, held, now):
        if held.missing is None:
            held.missing = now
            return []
        held.guessed = True
        at = max(held.missing, held.changed or held.missing)
        held.missing = at
        self._finish(held, at, now)
        if held.internal:
            return []
        reason = "normal" if held.answered else "no_answer"
        return [self._event(held, "call.ended", at, True, end_reason=reason)]

    # --- the agent ------------------------------------------------------------
    def user(self, user, now, recovered=False):
        """Event for a change of the agent's state; [] when it is what we knew.

        Another reason for not being ready is a change, too.
        """
        if user.extension:
            self.extension = user.extension
        if not user.state:
            return []
        self.pending = user.pending_state
        reason = user.reason[:MAX_TEXT] if user.state == "NOT_READY" else ""
        if (user.state, reason) == (self.state, self.reason):
            return []
        same_state = user.state == self.state
        self.state, self.reason = user.state, reason
        at = user.changed or now
        parts = [self.source, self.agent_id, "state", user.state, stamp(at)]
        if same_state:  # the time is perhaps still that of the state
            parts.append(stamp(now))
        return [
            {
                "event_id": "|".join(parts)[:128],
                "source": self.source,
                "type": "agent.state",
                "at": stamp(at),
                "refs": [],
                "agent": {"id": self.agent_id, "extension": self.extension},
                "agent_state": user.state,
                "reason": reason,
                "recovered": recovered,
            }
        ]


def utc_now():
    """The present as an aware UTC datetime."""
    return datetime.now(UTC)
