# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What the exchange's own journal (CDR) adds to legs known from events.

The journal comes after the talk and is never wrong about it, but it counts in whole
seconds and knows no holds. So it fills what events left open, puts right what was
guessed after an outage, and tells of legs no event told of. What events knew stays.
"""

from dataclasses import replace
from datetime import timedelta

from .event import QUALITY, RECORD

# Clocks of the journal and of the events may differ by this much.
CLOCKS = timedelta(seconds=60)
# Two records of one telephone this near are one leg (conference, transfer of the legs).
ADJACENT = timedelta(seconds=2)


def on_our_clock(event, shift):
    """Return the ``event`` by the clock of the telephones' news.

    :param shift: by how much the clock of the journal is before that one.
    """
    if not shift or event.type not in (RECORD, QUALITY):
        return event
    answered = event.answered_at and event.answered_at - shift
    return replace(
        event,
        at=event.at - shift,
        started_at=event.started_at - shift,
        answered_at=answered,
    )


def apply_records(legs, events, agents, leg_class):
    """Let the records among ``events`` act on ``legs`` ({telephone: [Leg]}).

    :param agents: {extension: agent id} known from the other events.
    :param leg_class: how to make a leg (the module of the legs imports this one).
    :return: when the citizen came, by each record that can know it better than the
        events: where the telephone was seen to ring, it rang then.
    """
    records = [event for event in events if event.type == RECORD]
    taken = set()
    guesses = {
        (event.type, event.at)
        for event in events
        if event.type in ("call.answered", "call.ended") and event.recovered
    }
    came = []
    for key, leg in _pieces(records, agents, leg_class):
        own = legs.setdefault(key, [])
        known = _overlapping(own, leg, guesses, taken)
        if known is None or not known.rang:
            came.append(leg.started_at)
        if known is None:
            taken.add(id(leg))
            own.append(leg)
            own.sort(key=lambda one: one.started_at)
        else:
            taken.add(id(known))
            _complete(known, leg, guesses)
    return came


def _pieces(records, agents, leg_class):
    """Yield (key, leg) of the records, neighbours of one telephone joined."""
    made = {}
    for event in sorted(records, key=lambda e: (e.started_at, e.at, e.event_id)):
        key = event.agent_id or agents.get(event.extension) or event.extension
        own = made.setdefault(key, [])
        if own and event.started_at - own[-1].ended_at <= ADJACENT:
            last = own[-1]
            last.answered_at = last.answered_at or event.answered_at
            if event.at >= last.ended_at:
                last.ended_at, last.end_reason = event.at, event.end_reason
            continue
        own.append(
            leg_class(
                key,
                agent_id=event.agent_id,
                extension=event.extension,
                number=event.remote_number,
                started_at=event.started_at,
                answered_at=event.answered_at,
                ended_at=event.at,
                end_reason=event.end_reason,
            )
        )
    for key, own in made.items():
        for leg in own:
            yield key, leg


def _overlapping(own, record, guesses, taken):
    """Return the leg of ``own`` that the record tells of, or None.

    The one that shares the most time with it; without common time, the nearest within
    the difference of clocks. A record that begins after an end that was seen is another
    offer when the leg has a record of its own, or when it alone knows of an answer: the
    telephone rang again.

    :param taken: ids of the legs that have a record.
    """

    def share(leg):
        end = min(leg.ended_at or record.ended_at, record.ended_at)
        return end - max(leg.started_at, record.started_at)

    def fits(leg):
        common = share(leg)
        if not leg.ended_at or ("call.ended", leg.ended_at) in guesses:
            return common >= -CLOCKS
        is_talk = record.answered_at and not leg.answered_at
        if record.started_at > leg.ended_at and (id(leg) in taken or is_talk):
            return common >= -ADJACENT
        if is_talk and record.answered_at > leg.ended_at:
            return record.ended_at - leg.ended_at <= CLOCKS
        return common >= -CLOCKS

    return max(filter(fits, own), key=share, default=None)


def _complete(leg, record, guesses):
    """Fill what the events left open on ``leg``; put right what was guessed.

    :param guesses: {(type, moment)} of the events found out after an outage. An answer
        found so has the time of the last hold or retrieval, which came later.
    """
    if record.answered_at:
        answered = max(record.answered_at, leg.started_at)
        if leg.ended_at and ("call.ended", leg.ended_at) not in guesses:
            answered = min(answered, leg.ended_at)
        if not leg.answered_at:
            leg.answered_at = answered
        elif ("call.answered", leg.answered_at) in guesses:
            leg.answered_at = min(leg.answered_at, answered)
    earliest = max(
        moment for moment in (leg.started_at, leg.answered_at, leg.held_since) if moment
    )
    end = max(record.ended_at, earliest)
    if leg.is_open:
        leg.close(end, record.end_reason)
    elif ("call.ended", leg.ended_at) in guesses:
        _end_anew(leg, end)
        leg.end_guessed = False
        leg.end_reason = record.end_reason
    leg.end_reason = leg.end_reason or record.end_reason
    leg.extension = leg.extension or record.extension
    leg.number = leg.number or record.number


def _end_anew(leg, end):
    """Move a guessed end; a hold that was measured up to it goes with it."""
    if leg.is_cut:
        since, _until = leg.holds.pop()
        end = max(end, since)
        leg.holds.append((since, end))
    leg.ended_at = end
