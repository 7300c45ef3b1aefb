# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Figures of the line: from the CMR file to the event of the talk they are about."""

import os
import time
from dataclasses import replace

import cdr_samples as samples
import pytest
from cdr_samples import FIRST, SECOND, T0
from gorod24_cisco.connector.cdr_folder import CdrFolder
from gorod24_cisco.wire import cdr, cmr_figures
from gorod24_cisco.wire.cdr import CmrRow
from hypothesis import given
from hypothesis import strategies as st
from test_cisco_cdr_folder import look, made, names, upload  # noqa: F401

CMR = "cmr_Stand_Alone_01_202601150321_7"
HEAD = (
    "cdrRecordType,globalCallID_callManagerId,globalCallID_callId,nodeId,directoryNum,"
    "callIdentifier,dateTimeStamp,numberPacketsSent,numberPacketsReceived,"
    "numberPacketsLost,jitter,latency,pkid,globalCallId_ClusterID,deviceName,"
    "varVQMetrics,newColumnOfTomorrow"
).split(",")
METRICS = (
    "MLQK=4.3000;MLQKav=4.2500;MLQKmn=3.9000;CCR=0.0011;ICR=0.0000;ICRmx=0.0034;CS=1;"
    "SCS=0;Ver=0.90;VoRxCodec=G.711 u-la;maxJitter=8"
)


def heard(leg=102, number=FIRST, end=60, call=27161, **values):
    """One CMR row of a telephone, as a dict of its columns."""
    return {
        "cdrRecordType": 2,
        "globalCallID_callManagerId": 1,
        "globalCallID_callId": call,
        "nodeId": 1,
        "directoryNum": number,
        "callIdentifier": leg,
        "dateTimeStamp": T0 + end,
        "numberPacketsSent": 2750,
        "numberPacketsReceived": 2700,
        "numberPacketsLost": 50,
        "jitter": 4,
        "latency": 12,
        "pkid": f"q-{call}-{leg}-{end}",
        "globalCallId_ClusterID": "Stand_Alone",
        "deviceName": "SEPA",
        "varVQMetrics": METRICS,
        "newColumnOfTomorrow": "?",
    } | values


def bring(folder, *rows, name=CMR):
    """Upload a CMR file that rests already."""
    lines = [",".join(HEAD)]
    lines += [",".join(f'"{row[column]}"' for column in HEAD) for row in rows]
    path = folder.folder / name
    path.write_text("\n".join(lines) + "\n")
    past = time.time() - 10
    os.utime(path, (past, past))


@pytest.fixture
def drop(made):  # noqa: F811
    told = []
    folder = CdrFolder(made, told.extend)
    folder.told = told
    return folder


def qualities(drop):
    return [event for event in drop.told if event["type"] == "call.quality"]


def test_figures_are_told_of_the_talk_of_their_leg(drop):
    upload(drop, samples.row(answer=5))
    bring(drop, heard(), heard(leg=101, number="SIP-GW", jitter=40))
    look(drop)
    near, far = sorted(qualities(drop), key=lambda one: one["quality"]["jitter_ms"])
    assert near["quality"] == {
        "side": "near",
        "packets_sent": 2750,
        "packets_received": 2700,
        "packets_lost": 50,
        "jitter_ms": 4,
        "latency_ms": 12,
        "mos": 4.25,
        "mos_min": 3.9,
        "conceal_ratio": 0.0011,
        "conceal_interval": 0.0,
        "conceal_worst": 0.0034,
        "conceal_seconds": 1,
        "severe_seconds": 0,
    }
    assert far["quality"]["side"] == "far"
    for event in (near, far):
        assert event["agent"] == {"extension": FIRST}
        assert event["started_at"].startswith("2026-01-15T03:20:00")
        assert event["at"].startswith("2026-01-15T03:21:00")
    assert {(ref["kind"], ref["value"]) for ref in near["refs"]} == {
        ("gcid", "1/27161"),
        ("refci", "102"),
    }


@pytest.mark.parametrize("is_first", [True, False])
def test_figures_wait_for_their_talk_and_come_once(drop, is_first):
    steps = [
        lambda: bring(drop, heard()),
        lambda: upload(drop, samples.row(answer=5)),
    ]
    for step in steps if is_first else reversed(steps):
        step()
        look(drop)
    assert len(qualities(drop)) == 1
    # Repeated uploads of both change nothing.
    bring(drop, heard(), name=CMR + "1")
    upload(drop, samples.row(answer=5), name="cdr_Stand_Alone_01_202601150322_9")
    look(drop)
    assert len(qualities(drop)) == 1


def test_figures_still_wait_after_a_restart(drop, made):  # noqa: F811
    bring(drop, heard())
    look(drop)
    assert drop.told == []
    assert names(made.cdr_done) == [CMR]
    told = []
    again = CdrFolder(made, told.extend)
    again.told = told
    now = time.time()
    os.utime(made.cdr_done / CMR, (now - 60, now - 60))
    again.remember()
    upload(again, samples.row(answer=5))
    look(again)
    assert [event["type"] for event in told] == ["call.record", "call.quality"]
    # What was told before the restart is not told again after it.
    os.utime(made.cdr_done / CMR, (now - 60, now - 60))
    third = CdrFolder(made, told.extend)
    third.remember()
    bring(third, heard(), name=CMR + "2")
    look(third)
    assert len([event for event in told if event["type"] == "call.quality"]) == 1


def test_after_a_transfer_each_telephone_has_its_own(drop):
    original, consult, joined = samples.transfer()
    upload(drop, original, consult, joined)
    bring(
        drop,
        heard(leg=102, end=40),
        heard(leg=104, number=SECOND, end=90, jitter=33),
    )
    look(drop)
    found = {
        event["agent"]["extension"]: event["quality"]["jitter_ms"]
        for event in qualities(drop)
    }
    assert found == {FIRST: 4, SECOND: 33}


def test_calls_of_the_rest_of_the_exchange_tell_nothing(drop):
    other = {"callingPartyNumber": "4001", "originalCalledPartyNumber": "4002"}
    upload(drop, samples.row(answer=5, finalCalledPartyNumber="4002", **other))
    bring(drop, heard(), heard(leg=999), heard(call=5))
    look(drop)
    assert drop.told == []
    assert drop.quality.waiting


def test_waiting_figures_are_forgotten_with_their_hours(drop):
    bring(drop, heard(), heard(leg=7, end=3 * 86400, call=9))
    look(drop)
    assert list(drop.quality.waiting) == [("Stand_Alone", 1, 9)]


def test_telephone_that_measured_nothing_says_nothing(drop):
    nothing = {
        name: 0
        for name in ("numberPacketsSent", "numberPacketsReceived", "numberPacketsLost")
    }
    upload(drop, samples.row(answer=5))
    bring(drop, heard(**nothing))
    look(drop)
    assert qualities(drop) == []


def row(**values):
    """A CMR row as the reader gives it."""
    text = [",".join(HEAD)]
    text += [",".join(f'"{value}"' for value in heard(**values).values())]
    (found,) = cdr.read_rows(text)
    assert isinstance(found, CmrRow)
    return found


def test_measures_that_are_none_are_left_out():
    odd = "MLQK=0.0000,CCR=1.7;ICR=x;ICRmx=;CS=12;SCS=-1;MLQKmn=7;=;;MLQK"
    found = cmr_figures.figures(row(varVQMetrics=odd))
    assert {"mos", "mos_min", "conceal_ratio", "conceal_interval"}.isdisjoint(found)
    assert (found["conceal_seconds"], found["packets_lost"]) == (12, 50)


@given(st.text(max_size=80), st.integers(-(2**40), 2**40), st.integers(-5, 2**40))
def test_any_row_gives_figures_that_the_door_takes(metrics, lost, jitter):
    measured = replace(row(), metrics=metrics, lost=lost, jitter=jitter)
    for name, number in cmr_figures.figures(measured).items():
        assert 0 <= number < 2**31, name
