# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta

import pytest
from conversation.event import EventError, parse_event
from conversation.quality import (
    FIGURES,
    Limits,
    fault,
    loss_percent,
    nearest_leg,
    read_figures,
)
from hypothesis import given
from hypothesis import strategies as st

AT = datetime(2026, 11, 23, 3, 20)


def message(**quality):
    return {
        "event_id": "q1",
        "source": "pbx",
        "type": "call.quality",
        "at": "2026-11-23T03:21:00Z",
        "started_at": "2026-11-23T03:20:00Z",
        "refs": [{"system": "pbx", "kind": "gcid", "value": "1/5"}],
        "agent": {"extension": "2830"},
        "quality": quality,
    }


def test_measurement_is_read_and_told_again():
    event = parse_event(message(mos=4.2, packets_lost=3, colour="green", side="far"))
    assert event.quality == (("mos", 4.2), ("packets_lost", 3), ("side", "far"))
    assert not event.is_call
    assert parse_event(event.as_dict()) == event


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"quality": {}}, "at least one figure"),
        ({"quality": {"side": "near"}}, "at least one figure"),
        ({"quality": {"mos": 6}}, "quality.mos: from 0 to 5"),
        ({"quality": {"jitter_ms": -1}}, "quality.jitter_ms"),
        ({"quality": {"mos": "4"}}, "quality.mos: a number"),
        ({"quality": {"mos": True}}, "quality.mos: a number"),
        ({"quality": {"mos": float("nan")}}, "quality.mos"),
        ({"quality": {"mos": 4, "side": "up"}}, "quality.side"),
        ({"quality": [1]}, "quality: an object"),
        ({"refs": []}, "refs"),
        ({"started_at": None}, "started_at"),
        ({"started_at": "2026-11-23T03:22:00Z"}, "order of time"),
    ],
)
def test_wrong_measurement_names_its_field(change, words):
    with pytest.raises(EventError, match=words):
        parse_event(message(mos=4) | change)


def test_what_is_wrong_is_what_people_notice_most():
    limits = Limits()
    good = {"packets_received": 9000, "packets_lost": 10, "mos": 4.3, "jitter_ms": 5}
    assert fault(good, limits) == ""
    assert fault({}, limits) == ""
    assert fault({"packets_sent": 900, "packets_received": 0}, limits) == "silence"
    # nobody spoke either: hung up at once
    assert fault({"packets_sent": 20, "packets_received": 0}, limits) == ""
    assert fault(good | {"packets_lost": 900, "mos": 1.5}, limits) == "loss"
    assert fault(good | {"mos": 3.1}, limits) == "mos"
    assert fault(good | {"mos": 0.0}, limits) == ""
    assert fault(good | {"conceal_ratio": 0.05}, limits) == "conceal"
    assert fault(good | {"jitter_ms": 31}, limits) == "jitter"
    assert fault(good | {"latency_ms": 151}, limits) == "latency"
    assert fault(good | {"mos": 3.1}, Limits(mos=3.0)) == ""


def test_loss_is_of_all_that_was_sent_to_us():
    assert loss_percent({"packets_lost": 1, "packets_received": 99}) == 1
    assert loss_percent({"packets_lost": 0, "packets_received": 0}) is None
    assert loss_percent({"packets_lost": 5}) is None


def test_leg_is_the_one_with_the_most_common_time():
    def leg(begin, end):
        ended = None if end is None else AT + timedelta(seconds=end)
        return AT + timedelta(seconds=begin), ended

    clocks = timedelta(seconds=60)
    span = AT + timedelta(seconds=40), AT + timedelta(seconds=90)
    assert nearest_leg([leg(0, 42), leg(44, 90)], *span, clocks) == 1
    assert nearest_leg([leg(0, 10), leg(200, None)], *span, clocks) == 0
    assert nearest_leg([leg(500, 600)], *span, clocks) is None
    assert nearest_leg([], *span, clocks) is None


NUMBERS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=3)
)


@given(st.dictionaries(st.sampled_from([*FIGURES, "side", "x"]), NUMBERS))
def test_any_object_is_read_or_refused(value):
    try:
        figures = dict(read_figures(value))
    except ValueError as error:
        assert str(error).startswith("quality")
    else:
        assert figures["side"] in ("near", "far")
        assert fault(figures, Limits()) is not None
