# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import UTC, datetime, timedelta

import pytest
from gorod24_cisco.connector.clocks import Clocks
from gorod24_cisco.wire import clock
from gorod24_cisco.wire.xmlread import moment, stamp
from hypothesis import given
from hypothesis import strategies as st


def started(second, off=0):
    """A time of the morning, as said by a clock that is ``off`` seconds fast."""
    moment = datetime(2026, 1, 15, 3, 20, tzinfo=UTC)
    return stamp(moment + timedelta(seconds=second + off))


@pytest.mark.parametrize("off", [90, -90])
def test_wrong_clock_of_a_recorder_is_put_right(tmp_path, off):
    clocks = Clocks(tmp_path / "clocks.json")
    for number in range(6):
        ref = {"system": "finesse", "kind": "dialog", "value": str(number)}
        at = started(60 * number)
        clocks.see([{"type": "call.answered", "at": at, "refs": [ref]}])
        metadata = {
            "recorder": "r",
            "started_at": started(60 * number, off),
            "refs": {"dialog_id": str(number)},
        }
        made = clocks.correct(metadata)
    assert made["started_at"] == started(300)
    assert made["recorder_started_at"] == started(300, off)
    again = Clocks(tmp_path / "clocks.json")
    unknown = {"recorder": "r", "started_at": started(2400, off), "refs": None}
    assert again.correct(unknown)["started_at"] == started(2400)
    other = unknown | {"recorder": "other"}
    assert again.correct(other) == other | {"clock_known": False}


# Talks of one telephone at its busiest: each is followed by the next at once.
TALKS = [0, 71, 150, 212, 301, 377, 468, 533]


@pytest.mark.parametrize("number", ["+7 3852 12-34-56", ""])
@pytest.mark.parametrize("off", [90, -90, 0])
def test_clock_is_learned_without_references(tmp_path, off, number):
    clocks = Clocks(tmp_path / "clocks.json")
    event = {
        "type": "call.answered",
        "refs": [],
        "agent": {"extension": "2830"},
        "remote_number": number and "83852123456",
    }
    made = []
    for place, begun in enumerate(TALKS):
        clocks.see([event | {"at": started(begun)}])
        said = {
            "recorder": "r",
            "recording_id": str(place),
            "agent_extension": "2830",
            "remote_number": number,
            "started_at": started(begun, off),
        }
        made.append(clocks.correct(said))
        assert clocks.correct(said) == made[-1]  # Odoo was away: it comes again
    assert [one.get("clock_known", True) for one in made] == [False] * 4 + [True] * 4
    assert moment(made[-1]["started_at"]) == moment(started(TALKS[-1]))


def test_talks_at_even_distances_teach_nothing(tmp_path):
    """Every difference fits as well as the next one: no clock is made up."""
    clocks = Clocks(tmp_path / "clocks.json")
    event = {"type": "call.answered", "refs": [], "agent": {"extension": "2830"}}
    clocks.see([event | {"at": started(60 * number)} for number in range(-20, 40)])
    for number in range(12):
        said = {
            "recorder": "r",
            "recording_id": str(number),
            "agent_extension": "2830",
            "started_at": started(60 * number, 30),
        }
        assert clocks.correct(said) == said | {"clock_known": False}


def named(number, second, off):
    """A recording that names its call, and the answer of that call."""
    ref = {"system": "finesse", "kind": "dialog", "value": str(number)}
    event = {"type": "call.answered", "at": started(second), "refs": [ref]}
    said = {
        "recorder": "r",
        "recording_id": f"R-{number}",
        "started_at": started(second, off),
        "refs": {"dialog_id": str(number)},
    }
    return event, said


def test_recording_that_comes_again_while_odoo_is_away_teaches_once(tmp_path):
    clocks = Clocks(tmp_path / "clocks.json")
    for number in range(40):
        event, said = named(number, 60 * number, 90)
        clocks.see([event])
        clocks.correct(said)
    event, odd = named(99, 3000, 10)  # of a piece after a hold
    clocks.see([event])
    for _again in range(60):
        made = clocks.correct(odd)
    assert clocks.health() == {"r": 90}
    assert made["started_at"] == started(3000 - 80)


def test_one_recording_that_comes_again_proves_no_clock(tmp_path):
    clocks = Clocks(tmp_path / "clocks.json")
    event, said = named(1, 0, 90)
    clocks.see([event])
    for _again in range(10):
        assert clocks.correct(said) == said | {"clock_known": False}


def test_recording_without_references_that_comes_again_teaches_once(tmp_path):
    clocks = Clocks(tmp_path / "clocks.json")
    for number in range(6):
        event, said = named(number, 60 * number, 90)
        clocks.see([event])
        clocks.correct(said)
    event, said = named(50, 6000, 94)
    event["agent"] = {"extension": "2830"}
    said |= {"refs": None, "agent_extension": "2830"}
    clocks.see([event])
    for _again in range(60):
        clocks.correct(said)
    assert clocks.health() == {"r": 90}


@given(st.lists(st.lists(st.floats(-600, 600), max_size=6), max_size=12))
def test_agreed_error_is_one_that_recordings_have(rounds):
    seconds = clock.agreed(rounds)
    if seconds is not None:
        near = [one for one in rounds if any(abs(s - seconds) <= 4 for s in one)]
        assert len(near) >= clock.ENOUGH
