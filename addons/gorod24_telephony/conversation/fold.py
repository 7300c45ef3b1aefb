# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""From a set of events to one conversation.

The result depends on the *set* of events only, never on the order they arrived in:
events are sorted by their own time, so a late or repeated event moves no call back.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from .event import RECORD, UPDATED
from .record import apply_records

# Within this time after the end an answer, hold or retrieve is a late message about
# the leg that just ended (clocks of two sources differ), not a new conversation.
SKEW = timedelta(seconds=2)
# Exchanges use their names of calls again; a name means the same call this long.
SAME_CALL = timedelta(hours=12)
_RANK = {
    "call.ringing": 0,
    "call.dialing": 0,
    "call.answered": 1,
    "call.held": 2,
    "call.retrieved": 3,
    UPDATED: 4,
    "call.ended": 5,
    RECORD: 6,
}
_NOBODY = ""


@dataclass
class Leg:
    """The part of a conversation that one telephone had. Times are naive UTC."""

    key: str
    agent_id: str = ""
    extension: str = ""
    number: str = ""
    started_at: datetime = None
    answered_at: datetime = None
    ended_at: datetime = None
    end_reason: str = ""
    end_guessed: bool = False  # after an outage, or because no end ever came
    held_since: datetime = None
    holds: list = field(default_factory=list)  # (from, to), in the order of time
    is_cut: bool = False  # the end cut off the last hold
    consult: bool = False  # a talk between colleagues about the call, so far
    rang: bool = False  # it was seen to ring, at the time it did
    late_answer: datetime = None  # told after the end, taken for a late word of it

    @property
    def is_open(self):
        return self.ended_at is None

    @property
    def state(self):
        """ringing, talking, held or ended."""
        if self.ended_at:
            return "ended"
        if not self.answered_at:
            return "ringing"
        return "held" if self.held_since else "talking"

    def talk_until(self, moment):
        """Note that the leg is talking at ``moment`` and close a running hold."""
        self.answered_at = self.answered_at or moment
        if self.held_since:
            self.holds.append((self.held_since, moment))
            self.held_since = None

    def talks(self):
        """The (from, to) without the holds; of an open leg, up to its last hold."""
        start, spans = self.answered_at, []
        if start is None:
            return spans
        for since, until in self.holds:
            spans.append((start, since))
            start = until
        end = self.ended_at or self.held_since or start
        return [(one, other) for one, other in (*spans, (start, end)) if other > one]

    @property
    def hold_seconds(self):
        """How long the citizen was on hold at this telephone: no part of the talk."""
        return _whole(_length(self.holds))

    def close(self, moment, reason):
        if self.held_since:
            self.is_cut = True
            self.talk_until(moment)
        self.ended_at = moment
        self.end_reason = reason


@dataclass
class Conversation:
    """One call as the citizen lived it; seconds are whole, times naive UTC."""

    direction: str = "in"
    remote_number: str = ""
    dialed_number: str = ""
    queue: str = ""
    state: str = "ringing"
    result: str = ""
    started_at: datetime = None
    answered_at: datetime = None
    ended_at: datetime = None
    held_since: datetime = None
    wait_seconds: int = 0
    talk_seconds: int = 0
    hold_seconds: int = 0
    agent_id: str = ""
    extension: str = ""
    recovered: bool = False
    legs: list = field(default_factory=list)


def fold(events):
    """Return the :class:`Conversation` that the given call events tell of.

    :param events: any iterable of :class:`Event`; order and repetitions do not matter.
    :raises ValueError: when there is no call event among them.
    """
    events = {event.event_id: event for event in events if event.is_call}.values()
    events = sorted(events, key=lambda e: (e.at, _RANK[e.type], e.event_id))
    if not events:
        raise ValueError("a conversation needs at least one event of a call")
    agents = {e.extension: e.agent_id for e in events if e.extension and e.agent_id}
    legs = {}
    for event in events:
        key = event.agent_id or agents.get(event.extension) or event.extension
        if event.type != RECORD:
            _apply(legs, key, event)
    came = [event.at for event in events if event.type != RECORD]
    came += apply_records(legs, events, agents, Leg)
    return _summary(events, legs, min(came))


def _apply(legs, key, event):
    """Let one event act on the legs of its telephone (in the order of time)."""
    if event.type == "call.ended" and key == _NOBODY:
        for own in legs.values():
            if own[-1].is_open:
                own[-1].close(event.at, event.end_reason)
                own[-1].end_guessed = event.recovered
        if _NOBODY not in legs:
            legs[_NOBODY] = [Leg(_NOBODY, started_at=event.at, ended_at=event.at)]
        return
    if event.type == UPDATED and legs:
        for leg in legs.get(key, ())[-1:]:
            leg.number = event.remote_number or leg.number
        return
    own = legs.setdefault(key, [])
    leg = own[-1] if own else None
    if leg is None or not leg.is_open:
        leg = _reopen(own, leg, key, event)
        if leg is None:
            return
    leg.agent_id = leg.agent_id or event.agent_id
    leg.extension = leg.extension or event.extension
    leg.number = event.remote_number or leg.number
    if event.type != "call.ended" and not event.consult:
        leg.consult = False
    if event.type in ("call.answered", "call.retrieved"):
        if event.type == "call.retrieved" or not leg.held_since:
            leg.talk_until(event.at)
    elif event.type == "call.held":
        leg.answered_at = leg.answered_at or event.at
        leg.held_since = leg.held_since or event.at
    elif event.type == "call.ended":
        leg.close(event.at, event.end_reason)
        leg.end_guessed = event.recovered


def _reopen(own, last, key, event):
    """Return a new leg for ``event``; None when it belongs to the closed ``last``."""
    starts = event.type in ("call.ringing", "call.dialing")
    if last is not None and not starts:
        if event.type == "call.ended":
            if last.late_answer and event.at - last.ended_at > SKEW:
                return _second_talk(own, last, key)
            last.end_reason = last.end_reason or event.end_reason
            return None
        if event.at - last.ended_at <= SKEW:
            if not last.answered_at:
                last.answered_at, last.late_answer = last.ended_at, event.at
            return None
    rang = starts and not event.recovered
    leg = Leg(key, started_at=event.at, consult=event.consult, rang=rang)
    own.append(leg)
    return leg


def _second_talk(own, last, key):
    """The answer right after the end was not late: a second offer, its ring unseen."""
    leg = Leg(key, started_at=last.late_answer, answered_at=last.late_answer)
    last.answered_at = last.late_answer = None
    own.append(leg)
    return leg


def _summary(events, legs, started_at):
    """Gather the legs into the facts of the whole conversation."""
    nobody = legs.pop(_NOBODY, [])
    own = sorted((leg for group in legs.values() for leg in group), key=_leg_order)
    call = Conversation(
        direction=_direction(events),
        remote_number=_remote_number(events),
        dialed_number=_first(events, "dialed_number"),
        queue=_first(events, "queue"),
        started_at=started_at,
        recovered=any(event.recovered for event in events)
        or all(event.type == RECORD for event in events),
        legs=own,
    )
    # A colleague who was only asked had no talk with the citizen.
    own = [leg for leg in own if not leg.consult] or own
    every = own + nobody
    call.answered_at = min(
        (leg.answered_at for leg in every if leg.answered_at), default=None
    )
    call.state, call.held_since = _state(own, nobody)
    if call.state == "ended":
        call.ended_at = max(leg.ended_at for leg in every if leg.ended_at)
    _operator(call, own)
    _seconds(call, every)
    return call


def _leg_order(leg):
    return (leg.started_at, leg.key)


def _first(events, name):
    return next((getattr(e, name) for e in events if getattr(e, name)), "")


def _remote_number(events):
    """The citizen's number: the last that was told while he was at a telephone.

    The number may become known during the call. The journal does not overrule it, nor
    does the telephone of ours from which he was handed over.
    """
    ours = {event.extension for event in events}
    told = [
        event.remote_number
        for event in events
        if event.type != RECORD and not event.consult
    ]
    his = [number for number in told if number and number not in ours]
    return his[-1] if his else _first(events, "remote_number")


def _direction(events):
    given = _first(events, "direction")
    if given:
        return given
    return "out" if any(e.type == "call.dialing" for e in events) else "in"


def _state(own, nobody):
    """Return (state, held since): the liveliest open leg decides."""
    open_legs = [leg for leg in own if leg.is_open]
    if not open_legs:
        # Back in the queue, or an exchange that does not name telephones.
        last_end = max((leg.ended_at for leg in own), default=None)
        open_legs = [
            leg
            for leg in nobody
            if leg.is_open and (last_end is None or leg.started_at >= last_end)
        ]
    states = {leg.state for leg in open_legs}
    for state in ("talking", "held", "ringing"):
        if state in states:
            since = [leg.held_since for leg in open_legs if leg.held_since]
            return state, min(since) if state == "held" else None
    return "ended", None


def _operator(call, own):
    """Whose call it is: who talks, else who talked last, else who was rung last."""
    if not own:
        return
    leg = max(
        own,
        key=lambda leg: (
            bool(leg.answered_at and leg.is_open),
            bool(leg.answered_at),
            leg.answered_at or leg.started_at,
            leg.key,
        ),
    )
    call.agent_id, call.extension = leg.agent_id, leg.extension


def _seconds(call, legs):
    """Wait, talk and hold of the citizen: the waiting between two talks is neither.

    Where several operators are on the line at once, a second counts once; he is on
    hold as long as somebody is on the line and nobody talks with him.
    """
    if call.answered_at:
        call.result = "answered"
        call.wait_seconds = _whole(call.answered_at - call.started_at)
        talks = [span for leg in legs for span in leg.talks()]
        holds = [span for leg in legs for span in leg.holds]
        talk = _length(talks)
        call.hold_seconds = _whole(_length(talks + holds) - talk)
        if call.ended_at:
            call.talk_seconds = _whole(talk)
    elif call.ended_at:
        call.result = "missed" if call.direction == "in" else "failed"
        call.wait_seconds = _whole(call.ended_at - call.started_at)


def _length(spans):
    """Time that the (start, end) ``spans`` cover together."""
    total, reached = timedelta(), datetime.min
    for start, end in sorted(spans):
        total += max(end - max(start, reached), timedelta())
        reached = max(reached, end)
    return total


def _whole(delta):
    return int(delta.total_seconds() + 0.5)
