# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import random
from datetime import datetime, timedelta
from itertools import permutations

import pytest
from conversation import Event, EventError, Ref, ended_keys, fold, parse_event
from hypothesis import given
from hypothesis import strategies as st

T0 = datetime(2026, 11, 23, 3, 20)
REF = Ref("finesse", "dialog", "1")


def event(kind, second, agent="6021", ext="2830", **more):
    return Event(
        event_id=more.pop("event_id", f"{kind}-{second}-{agent}"),
        source="test",
        type=f"call.{kind}",
        at=T0 + timedelta(seconds=second),
        refs=(REF,),
        agent_id=agent,
        extension=ext,
        **{"remote_number": "83852123456"} | more,
    )


def plain():
    return [
        event("ringing", 0),
        event("answered", 5),
        event("held", 20),
        event("retrieved", 30),
        event("ended", 65, end_reason="normal"),
    ]


def test_plain_call_is_counted():
    call = fold(plain())
    assert (call.state, call.result) == ("ended", "answered")
    assert (call.wait_seconds, call.hold_seconds, call.talk_seconds) == (5, 10, 50)
    assert call.agent_id == "6021"
    assert len(call.legs) == 1


def test_states_on_the_way():
    states = [fold(plain()[: n + 1]).state for n in range(5)]
    assert states == ["ringing", "talking", "held", "talking", "ended"]


def test_unanswered_is_missed_with_its_wait():
    call = fold([event("ringing", 0), event("ended", 18, end_reason="no_answer")])
    assert (call.result, call.wait_seconds, call.talk_seconds) == ("missed", 18, 0)


def test_unanswered_outgoing_is_failed():
    call = fold([event("dialing", 0), event("ended", 18, end_reason="busy")])
    assert (call.direction, call.result) == ("out", "failed")


def test_ring_no_answer_goes_to_the_next_operator():
    events = [event("ringing", 0), event("ended", 12, end_reason="no_answer")]
    assert fold(events).result == "missed"
    events.append(event("ringing", 13, agent="6022", ext="2831"))
    assert fold(events).state == "ringing"
    events.append(event("answered", 15, agent="6022", ext="2831"))
    call = fold(events)
    assert (call.state, call.agent_id, len(call.legs)) == ("talking", "6022", 2)


def test_transfer_keeps_the_call_alive_and_moves_it():
    events = plain()[:2] + [
        event("answered", 30, agent="6022", ext="2831"),
        event("ended", 31, end_reason="transferred"),
    ]
    call = fold(events)
    assert (call.state, call.agent_id) == ("talking", "6022")
    call = fold(events + [event("ended", 61, agent="6022", ext="2831")])
    assert (call.state, call.agent_id, call.talk_seconds) == ("ended", "6022", 56)


def test_late_answer_after_end_does_not_reopen():
    call = fold([event("ringing", 0), event("ended", 9), event("answered", 10)])
    assert (call.state, call.result) == ("ended", "answered")


def test_answer_of_a_second_offer_right_after_the_first_counts():
    """Its ring was lost: the answer looks late until the true end comes."""
    events = [event("ringing", 0), event("ended", 15), event("answered", 16.5)]
    assert fold(events).state == "ended"
    call = fold([*events, event("ended", 120)])
    assert (call.result, call.talk_seconds, len(call.legs)) == ("answered", 104, 2)
    assert call.ended_at == T0 + timedelta(seconds=120)


def second(kind, moment, **more):
    return event(kind, moment, agent="6022", ext="2831", **more)


def test_waiting_for_the_second_operator_is_no_talk():
    events = [
        *(event("ringing", 0), event("answered", 5)),
        event("ended", 60, end_reason="transferred"),
        *(second("ringing", 360), second("answered", 370), second("ended", 420)),
    ]
    call = fold(events)
    assert (call.wait_seconds, call.talk_seconds, call.hold_seconds) == (5, 105, 0)


def test_two_operators_at_once_are_counted_once():
    events = [
        *(event("ringing", 0), event("answered", 5)),
        *(second("ringing", 30), second("answered", 31)),
        *(event("held", 60), second("held", 60)),
        *(event("retrieved", 120), second("retrieved", 130)),
        *(event("ended", 180), second("ended", 180)),
    ]
    call = fold(events)
    assert (call.talk_seconds, call.hold_seconds) == (115, 60)


def test_one_of_two_operators_on_hold_is_a_talk():
    events = [
        *(event("ringing", 0), event("answered", 5)),
        *(second("ringing", 30), second("answered", 31), event("held", 60)),
    ]
    call = fold([*events, event("ended", 90), second("ended", 100)])
    assert (call.talk_seconds, call.hold_seconds) == (95, 0)


def test_call_given_back_opens_a_second_leg():
    events = plain() + [event("answered", 90)]
    call = fold(events)
    assert (call.state, len(call.legs)) == ("talking", 2)


def test_end_without_agent_ends_everything():
    call = fold([event("ringing", 0), event("ended", 9, agent="", ext="")])
    assert (call.state, call.result, len(call.legs)) == ("ended", "missed", 1)


def test_exchange_that_names_no_telephones():
    bare = [
        event(k, s, agent="", ext="")
        for k, s in (("ringing", 0), ("answered", 4), ("ended", 10))
    ]
    call = fold(bare)
    assert (call.result, call.wait_seconds, call.talk_seconds) == ("answered", 4, 6)


def test_extension_alone_finds_the_leg_of_its_agent():
    call = fold([event("ringing", 0), event("answered", 3, agent="")])
    assert len(call.legs) == 1
    assert call.state == "talking"


KINDS = ("ringing", "dialing", "answered", "held", "retrieved", "updated", "ended")
AGENTS = (("6021", "2830"), ("6022", "2831"), ("", ""), ("", "2830"))
ONE = st.tuples(st.sampled_from(KINDS), st.integers(0, 60), st.sampled_from(AGENTS))


@given(st.lists(ONE, min_size=1, max_size=12), st.randoms())
def test_order_and_repetition_do_not_matter(items, rnd):
    events = [
        event(k, s, agent=a[0], ext=a[1], event_id=f"{n}")
        for n, (k, s, a) in enumerate(items)
    ]
    wanted = fold(events)
    mixed = events + random.Random(1).choices(events, k=3)
    rnd.shuffle(mixed)
    assert fold(mixed) == wanted
    assert wanted.wait_seconds >= 0 and wanted.talk_seconds >= 0
    for leg in wanted.legs:
        lasted = (leg.ended_at or leg.held_since or leg.started_at) - leg.started_at
        assert 0 <= leg.hold_seconds
        assert not leg.ended_at or leg.hold_seconds <= lasted.total_seconds()
    if wanted.ended_at and wanted.answered_at:
        whole = (wanted.ended_at - wanted.answered_at).total_seconds()
        assert wanted.talk_seconds + wanted.hold_seconds <= whole
    assert (wanted.state == "ended") == bool(wanted.ended_at)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["event_id", "type", "at", "refs", "agent", "source", "x"]),
            inner,
            max_size=6,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_any_json_is_an_event_or_a_clear_error(data):
    try:
        parse_event(data)
    except EventError as error:
        assert ":" in str(error)


def raw(**more):
    return {
        "event_id": "e1",
        "source": "finesse:fin1",
        "type": "call.ringing",
        "at": "2026-11-23T03:20:01.500Z",
        "refs": [{"system": "finesse", "kind": "dialog", "value": "16804377"}],
        "agent": {"id": "6021", "extension": "2830"},
        **more,
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"event_id": ""},
        {"event_id": "x" * 129},
        {"type": "call.flying"},
        {"at": "yesterday"},
        {"at": "2026-11-23T03:20:01"},
        {"at": "0001-01-01T00:00:00+14:00"},
        {"refs": []},
        {"refs": [{"system": "finesse"}]},
        {"direction": "sideways"},
        {"agent": "6021"},
        {"type": "agent.state", "agent": {}},
    ],
)
def test_wrong_field_is_named(wrong):
    with pytest.raises(EventError):
        parse_event(raw(**wrong))


def test_time_becomes_utc_with_milliseconds():
    one = parse_event(raw(at="2026-11-23T10:20:01.500+07:00"))
    assert one.at == datetime(2026, 11, 23, 3, 20, 1, 500000)


def test_batch_knows_what_ends_in_it():
    keys = ended_keys([raw(), raw(event_id="e2", type="call.ended"), {"bad": 1}])
    assert keys == {(Ref("finesse", "dialog", "16804377"), "6021")}


def test_event_survives_the_journal():
    one = parse_event(raw(queue="Hotline", direction="in", recovered=True))
    assert parse_event(one.as_dict()) == one


@pytest.mark.parametrize("text", ["a\x00b", "\ud800"])
def test_what_a_database_cannot_keep_is_refused(text):
    with pytest.raises(EventError):
        parse_event(raw(queue=text))


def test_colleague_who_was_only_asked_has_no_part_in_the_call():
    events = [
        event("ringing", 0),
        event("answered", 5),
        event("ringing", 20, agent="6022", ext="2831", consult=True),
        event("answered", 22, agent="6022", ext="2831", consult=True),
        event("ended", 40, agent="6022", ext="2831"),
        event("ended", 60),
    ]
    for order in permutations(events):
        call = fold(order)
        assert call.agent_id == "6021"
        assert [leg.consult for leg in call.legs] == [False, True]
        assert call.talk_seconds == 55


def test_consultation_becomes_the_call_when_it_is_handed_over():
    events = [
        event("ringing", 0),
        event("answered", 5),
        event("ringing", 20, agent="6022", ext="2831", consult=True),
        event("answered", 22, agent="6022", ext="2831", consult=True),
        event("ended", 30, end_reason="transferred"),
        event("answered", 30, agent="6022", ext="2831"),
    ]
    for order in permutations(events):
        call = fold(order)
        assert (call.agent_id, call.state) == ("6022", "talking")
        assert not any(leg.consult for leg in call.legs)


def late(moment, number, **more):
    return event("updated", moment, remote_number=number, **more)


def test_last_number_told_is_the_citizens():
    """It came in a variable, after the gateway's own; in whatever order it is read."""
    events = [
        event("ringing", 0, remote_number="6500"),
        late(0, "83852123456"),
        event("answered", 5, remote_number="83852123456"),
    ]
    for order in permutations(events):
        call = fold(order)
        assert call.remote_number == call.legs[0].number == "83852123456"
        assert (call.state, len(call.legs)) == ("talking", 1)


def test_number_told_is_not_that_of_a_colleague():
    events = [
        *(event("ringing", 0), event("answered", 5)),
        second("ringing", 20, consult=True, remote_number="2830"),
        second("ringing", 30, remote_number="2830"),
    ]
    assert fold(events).remote_number == "83852123456"


def test_number_of_the_journal_does_not_overrule_a_live_one():
    journal = Event(
        event_id="cdr",
        source="test",
        type="call.record",
        at=T0 + timedelta(seconds=65),
        started_at=T0,
        answered_at=T0 + timedelta(seconds=5),
        refs=(REF,),
        extension="2830",
        remote_number="6500",
    )
    assert fold([*plain(), journal]).remote_number == "83852123456"
    hidden = [event("ringing", 0, remote_number=""), journal]
    assert fold(hidden).remote_number == "6500"


@given(st.lists(ONE, min_size=1, max_size=8), st.integers(0, 60))
def test_late_number_changes_nothing_else(items, moment):
    events = [
        event(k, s, agent=a[0], ext=a[1], event_id=f"{n}")
        for n, (k, s, a) in enumerate(items)
    ]
    before = fold(events)
    since = before.started_at + timedelta(seconds=moment)
    told = late((since - T0).total_seconds(), "83852999999", event_id="z")
    after = fold([*events, told])
    for name in ("state", "result", "talk_seconds", "hold_seconds", "agent_id"):
        assert getattr(after, name) == getattr(before, name), name
    assert len(after.legs) == len(before.legs)
