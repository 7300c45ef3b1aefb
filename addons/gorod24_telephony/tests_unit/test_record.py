# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta

import pytest
from conversation import EventError, fold, on_our_clock, parse_event
from hypothesis import given
from hypothesis import strategies as st

T0 = datetime(2026, 1, 15, 3, 20)
REFS = [{"system": "cucm", "kind": "gcid", "value": "1/27161"}]


def at(second):
    return f"{(T0 + timedelta(seconds=second)).isoformat()}Z"


def event(kind, second, agent=True, **more):
    data = {
        "event_id": f"{kind}-{second}-{agent}",
        "source": "fin",
        "type": f"call.{kind}",
        "at": at(second),
        "refs": REFS,
        "direction": "in",
        "remote_number": "83852123456",
        "agent": {"id": "6021", "extension": "2830"} if agent else {},
    }
    return parse_event(data | more)


def record(started, answered, ended, extension="2830", **more):
    data = {
        "event_id": f"cdr-{extension}-{started}",
        "source": "cucm",
        "type": "call.record",
        "at": at(ended),
        "started_at": at(started),
        "refs": REFS,
        "direction": "in",
        "remote_number": "83852123456",
        "agent": {"extension": extension},
        "end_reason": "normal",
    }
    if answered is not None:
        data["answered_at"] = at(answered)
    return parse_event(data | more)


TALK = [event("ringing", 0), event("answered", 5)]


def test_call_that_no_event_told_of():
    call = fold([record(0, 8, 68)])
    assert (call.state, call.result, call.recovered) == ("ended", "answered", True)
    assert (call.wait_seconds, call.talk_seconds) == (8, 60)
    assert (call.extension, call.remote_number) == ("2830", "83852123456")
    missed = fold([record(0, None, 20, "", end_reason="abandoned")])
    assert (missed.result, missed.wait_seconds, missed.legs) == ("missed", 20, [])


def test_record_ends_a_call_whose_end_was_lost():
    call = fold([*TALK, record(0, 5, 65)])
    assert (call.state, call.agent_id, call.talk_seconds) == ("ended", "6021", 60)
    assert len(call.legs) == 1
    assert not call.recovered


def test_what_events_knew_stays():
    told = [*TALK, event("held", 20), event("retrieved", 30)]
    told.append(event("ended", 65, end_reason="transferred"))
    alone = fold(told)
    both = fold([*told, record(1, 6, 64)])
    for name in ("answered_at", "ended_at", "hold_seconds", "talk_seconds", "legs"):
        assert getattr(both, name) == getattr(alone, name), name


def test_guessed_end_is_put_right():
    guess = event("ended", 300, recovered=True, end_reason="normal")
    call = fold([*TALK, guess, record(0, 5, 65)])
    assert call.ended_at == T0 + timedelta(seconds=65)
    assert call.talk_seconds == 60


def test_hold_that_a_guessed_end_cut_off_goes_back_with_it():
    guess = event("ended", 300, recovered=True, end_reason="normal")
    call = fold([*TALK, event("held", 20), guess, record(0, 5, 65)])
    assert call.ended_at == T0 + timedelta(seconds=65)
    assert (call.hold_seconds, call.talk_seconds) == (45, 15)
    # The journal cannot end a talk before the hold that was seen in it.
    early = fold([*TALK, event("held", 20), guess, record(0, 5, 10)])
    assert early.ended_at == T0 + timedelta(seconds=20)


def test_end_is_certain_only_when_somebody_saw_it():
    guess = event("ended", 300, recovered=True, end_reason="normal")
    (leg,) = fold([*TALK, guess]).legs
    assert leg.end_guessed
    (leg,) = fold([*TALK, guess, record(0, 5, 65)]).legs
    assert not leg.end_guessed
    (leg,) = fold([*TALK, event("ended", 65)]).legs
    assert not leg.end_guessed


def test_answer_found_out_too_late_is_put_right():
    """After an outage only the retrieval was seen: the citizen talked before it."""
    seen = event("answered", 33, recovered=True)
    told = [event("ringing", 0), seen, event("ended", 65)]
    call = fold([*told, record(0, 5, 65)])
    assert (call.wait_seconds, call.talk_seconds) == (5, 60)
    # What was told in time stays, and the journal makes no answer later.
    live = [event("ringing", 0), event("answered", 7), event("ended", 65)]
    assert fold([*live, record(0, 5, 65)]).wait_seconds == 7
    assert fold([*told, record(0, 40, 65)]).wait_seconds == 33


def test_answer_that_was_missed():
    call = fold([event("ringing", 0), event("ended", 65), record(0, 5, 65)])
    assert (call.result, call.talk_seconds) == ("answered", 60)


RUNG = [event("ringing", 0), event("ended", 15, end_reason="no_answer")]


@pytest.mark.parametrize("first", [[record(0, None, 15)], []])
def test_second_offer_that_only_the_journal_knows(first):
    """Not answered; offered again and answered while the connector was away."""
    call = fold([*RUNG, *first, record(40, 45, 300)])
    assert (call.result, call.wait_seconds, call.talk_seconds) == ("answered", 45, 255)
    assert call.ended_at == T0 + timedelta(seconds=300)
    one, two = call.legs
    assert (one.answered_at, one.ended_at) == (None, T0 + timedelta(seconds=15))
    assert two.answered_at == T0 + timedelta(seconds=45)


def test_second_offer_at_once_is_a_talk_too():
    call = fold([*RUNG, record(0, None, 15), record(16, 20, 300)])
    assert (call.result, call.talk_seconds) == ("answered", 280)


def test_record_by_a_clock_that_is_fast_makes_no_second_leg():
    (leg,) = fold([*RUNG, record(20, None, 35)]).legs
    assert leg.ended_at == T0 + timedelta(seconds=15)
    told = [*TALK, event("ended", 25), record(45, 50, 70)]
    (leg,) = fold(told).legs
    assert leg.ended_at == T0 + timedelta(seconds=25)


WHOLE = [*TALK, event("held", 20), event("retrieved", 30), event("ended", 65)]
FIGURES = ("started_at", "answered_at", "ended_at", "wait_seconds", "talk_seconds")


def figures(events):
    call = fold(events)
    return [getattr(call, name) for name in FIGURES], len(call.legs)


@given(st.integers(-43200, 43200), st.integers(-2, 2))
def test_clock_of_the_journal_that_is_known_changes_no_figure(shift, rest):
    """A wrong zone, a clock that drifted: measured to a second or two."""
    said = record(shift + rest, shift + rest + 5, shift + rest + 65)
    timely = on_our_clock(said, timedelta(seconds=shift))
    assert timely.event_id == said.event_id
    assert figures([*WHOLE, timely]) == figures(WHOLE)
    measured = on_our_clock(WHOLE[0], timedelta(seconds=shift))
    assert measured == WHOLE[0]


@given(st.integers(-50, 50))
def test_clock_of_the_journal_a_little_off_makes_no_waiting(shift):
    """Nobody has measured it: a ring that was seen began when it was seen."""
    assert figures([*WHOLE, record(shift, shift + 5, shift + 65)]) == figures(WHOLE)


def test_ring_nobody_saw_in_time_began_as_the_journal_says():
    late = event("ringing", 4, recovered=True)
    told = [late, event("answered", 5), event("ended", 65), record(0, 5, 65)]
    assert fold(told).wait_seconds == 5
    assert fold([*TALK[1:], record(0, 5, 65)]).wait_seconds == 5


@given(st.lists(st.tuples(*[st.integers(0, 90)] * 3), min_size=1, max_size=5))
def test_no_leg_ends_before_it_was_answered(spans):
    records = [
        record(a, a + b if c % 2 else None, a + b + c, event_id=f"r{number}")
        for number, (a, b, c) in enumerate(spans)
    ]
    for leg in fold([*RUNG, *records]).legs:
        assert leg.started_at <= (leg.answered_at or leg.started_at) <= leg.ended_at


def test_another_operator_and_waiting_before_the_ring():
    call = fold([*TALK, record(-40, None, 0, ""), record(60, 60, 90, "2831")])
    assert call.wait_seconds == 45
    assert [leg.extension for leg in call.legs] == ["2830", "2831"]
    assert call.state == "talking"  # nothing has told of the end at 2830 yet


def test_conference_pieces_are_one_leg():
    call = fold([record(0, 5, 60), record(61, 61, 90)])
    assert len(call.legs) == 1
    assert call.talk_seconds == 85


@pytest.mark.parametrize("bad", [{"started_at": None}, {"started_at": at(99)}])
def test_record_without_sense_is_refused(bad):
    with pytest.raises(EventError, match="started_at"):
        record(0, 5, 65, **bad)


def test_record_is_read_back_from_its_json():
    one = record(0, 5, 65)
    assert parse_event(one.as_dict()) == one


@given(
    st.permutations(
        [*WHOLE, event("updated", 7), record(0, 5, 65), record(-9, None, 0, "")]
    )
)
def test_order_of_arrival_does_not_matter(told):
    assert fold(told) == fold(told[::-1])
    (leg,) = fold(told).legs
    assert (leg.hold_seconds, fold(told).hold_seconds) == (10, 10)
    assert fold(told).wait_seconds == 14
