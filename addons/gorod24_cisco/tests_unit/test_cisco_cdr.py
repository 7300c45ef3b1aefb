# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import csv
import io

import cdr_samples as samples
import pytest
from cdr_samples import CITIZEN, FIRST, SECOND, T0
from gorod24_cisco.wire import cdr, cdr_calls, cdr_values, ids
from gorod24_cisco.wire.cdr import CdrRow, CmrRow, Rejected
from gorod24_cisco.wire.cdr_columns import CDR
from hypothesis import given
from hypothesis import strategies as st

SITE = cdr_calls.Site(extensions=(FIRST, SECOND))
HOTLINE = cdr_calls.Site(extensions=(FIRST,), lines=("6024", "77*"))


def read(*rows, **layout):
    return list(cdr.read_rows(samples.lines(*rows, **layout)))


@pytest.mark.parametrize("quoted", [True, False])
@pytest.mark.parametrize("width", [118, 129, 133, 136])
def test_files_of_every_width(width, quoted):
    columns = (*CDR, "newOne", "newTwo", "newThree")[:width]
    (row,) = read(samples.row(answer=5), columns=columns, quoted=quoted)
    assert isinstance(row, CdrRow)
    assert (row.calling, row.final_called) == (CITIZEN, FIRST)
    assert (row.originated, row.connected, row.disconnected) == (T0, T0 + 5, T0 + 60)
    assert (row.gcid, row.orig_leg, row.dest_leg) == ("1/27161", 101, 102)
    assert row.cluster == "Stand_Alone"


def test_columns_in_another_order_case_and_spelling():
    columns = [name.upper() for name in reversed(CDR) if name != "cdrRecordType"]
    columns.insert(0, "cdrRecordType")
    columns[columns.index("DESTLEGIDENTIFIER")] = "destLegCallIdentifier"
    values = {key.upper(): value for key, value in samples.row().items()}
    values["cdrRecordType"] = 1
    values["destLegCallIdentifier"] = values.pop("DESTLEGIDENTIFIER")
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerow([values.get(name, "") for name in columns])
    (row,) = cdr.read_rows(out.getvalue().splitlines())
    assert (row.calling, row.dest_leg, row.duration) == (CITIZEN, 102, 0)


def test_file_without_its_line_of_names():
    (row,) = read(samples.row(answer=5), columns=CDR[:112], names=False)
    assert (row.calling, row.connected) == (CITIZEN, T0 + 5)


def test_data_without_any_layout_is_refused():
    (found,) = cdr.read_rows(["1,2,3"])
    assert found == Rejected(1, "no line of column names before the data")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"dateTimeOrigination": ""}, "datetimeorigination: empty"),
        ({"dateTimeOrigination": "soon"}, "not a number"),
        ({"dateTimeOrigination": 12}, "not a time"),
        ({"globalCallID_callId": "9" * 5000}, "not a number"),
        ({"cdrRecordType": 0}, "record type"),
        ({"dateTimeDisconnect": 0}, "datetimedisconnect: empty"),
        ({"dateTimeDisconnect": 4294967295}, "not a time"),
        ({"dateTimeDisconnect": T0 + 100_000}, "longer than a day"),
        ({"dateTimeConnect": T0 + 100_000}, "longer than a day"),
        ({"comment": "a", "destDeviceSessionID": "x,y,z"}, "135 fields"),
    ],
)
def test_bad_row_is_refused_with_a_reason_and_the_next_is_read(change, words):
    bad, good = samples.row(**change), samples.row()
    first, second = read(bad, good, quoted=False)
    assert words in first.reason and first.line == 3
    assert CITIZEN not in first.reason
    assert isinstance(second, CdrRow)


def test_row_cut_by_a_slow_upload_is_no_missed_call():
    *head, row = samples.lines(samples.row(answer=5, end=205))
    for place in range(1, row.count(",") + 1):
        cut = ",".join(row.split(",")[:place])
        (found,) = cdr.read_rows([*head, cut])
        assert isinstance(found, Rejected), place


def test_row_of_the_future_is_refused():
    file = samples.lines(samples.row(answer=5))
    (found,) = cdr.read_rows(file, now=T0 - 2 * cdr.DAY)
    assert "not a time" in found.reason
    (found,) = cdr.read_rows(file, now=T0 - 3600)
    assert isinstance(found, CdrRow)


def test_empty_integers_and_a_broken_quote_spoil_one_line_only():
    file = samples.lines(samples.row(duration="", origSpan=""), samples.row())
    file.insert(3, '1,"never closed')
    first, broken, last = cdr.read_rows(file)
    assert (first.duration, type(last)) == (0, CdrRow)
    assert isinstance(broken, Rejected)


def test_captured_cmr():
    head = (
        '"cdrRecordType","globalCallID_callManagerId","globalCallID_callId","nodeId",'
        '"directoryNum","callIdentifier","dateTimeStamp","jitter","pkid",'
        '"globalCallId_ClusterID","deviceName","varVQMetrics","duration"'
    )
    metrics = "CCR=0.0011;ICR=0.0000;VoRxCodec=G.711 u-la;VoPktSizeMs=20"
    line = (
        f'2,2,25447,2,"5033466593",47874240,1744993941,8,"6E","c","SEP1","{metrics}",11'
    )
    comma = line.replace(";", ",")
    for text in (line, comma):
        (row,) = cdr.read_rows([head, "INTEGER," * 12 + "INTEGER", text])
        assert isinstance(row, CmrRow)
        assert (row.leg, row.jitter, row.key) == (47874240, 8, "6e")
        assert row.measures()["VoRxCodec"] == "G.711 u-la"


def test_names_of_files():
    name = cdr.parse_name("cdr_Stand_Alone-1_02_202601150320_412")
    assert (name.tag, name.cluster, name.node, name.sequence) == (
        "cdr",
        "Stand_Alone-1",
        2,
        412,
    )
    assert name.written.isoformat() == "2026-01-15T03:20:00+00:00"
    for bad in ("_cdr_A_01_202601150320_1", "cdr_A_01_202613150320_1", "x.csv", ""):
        assert cdr.parse_name(bad).reason


def test_values():
    assert cdr_values.ipv4(-1139627840) == "192.168.18.188"
    assert cdr_values.moment(0) is None
    assert [cdr_values.q850(one) for one in (1174405137, 1073741842, 1459617833)] == [
        17,
        18,
        41,
    ]
    assert cdr_values.end_reason(0, 1174405137, False, False) == "busy"
    assert cdr_values.end_reason(16, 0, False, False) == "abandoned"
    assert cdr_values.end_reason(0, 19, False, False) == "no_answer"
    assert cdr_values.end_reason(0, 1, False, False) == "failed"
    assert cdr_values.end_reason(samples.SPLIT, 0, True, True) == "transferred"


def test_ids_of_one_call():
    assert ids.jtapi_id(1, 27161) == 16804377
    assert ids.split_jtapi_id("16804377") == (1, 27161)
    assert ids.tapi_id(1, 27161) == (1 << 22) | 27161
    known = ids.read_call_ref(3, "000000000000636702DA80C000000000")
    assert (known.call_id, known.leg) == (25447, 47874240)
    assert ids.read_call_ref(1, "0" * 31 + "A").ccid == (
        "0000000000-0000000000-0000000000-0000000010"
    )
    assert ids.read_call_ref(4, "83852123456" + "0" * 21) is None


@given(st.integers(0, 255), st.integers(0, 0xFFFFFF))
def test_dialog_id_is_the_global_call_id(node, call):
    assert ids.split_jtapi_id(ids.jtapi_id(node, call)) == (node, call)


def told(*rows):
    calls = cdr_calls.group(read(*rows))
    return [cdr_calls.events(call, SITE) for call in calls]


def legs(events):
    return [
        (event["agent"]["extension"], event.get("answered_at", "")[14:19])
        for event in events
    ]


def test_plain_call_with_its_references():
    ((event,),) = told(samples.row(answer=5))
    assert event["type"] == "call.record"
    assert event["started_at"] == "2026-01-15T03:20:00.000Z"
    assert event["answered_at"] == "2026-01-15T03:20:05.000Z"
    assert event["at"] == "2026-01-15T03:21:00.000Z"
    assert (event["direction"], event["remote_number"]) == ("in", CITIZEN)
    assert (event["dialed_number"], event["end_reason"]) == ("6024", "normal")
    refs = {(ref["kind"], ref["value"]) for ref in event["refs"]}
    assert refs == {
        ("gcid", "1/27161"),
        ("refci", "101"),
        ("refci", "102"),
        ("dialog", "16804377"),
    }


@pytest.mark.parametrize("blind", [True, False])
def test_transfer_is_one_call_of_two_operators(blind):
    (events,) = told(*samples.transfer(blind))
    assert legs(events) == [(FIRST, "20:05"), (SECOND, "20:40")]
    assert [event["end_reason"] for event in events] == ["transferred", "normal"]
    assert {event["remote_number"] for event in events} == {CITIZEN}


def test_conference_is_one_call():
    (events,) = told(*samples.conference())
    assert {leg for leg, _answer in legs(events)} == {FIRST, SECOND, ""}
    assert {event["remote_number"] for event in events} == {CITIZEN}


def test_queue_then_operator():
    waiting = samples.row(
        5, 0, 1, 30, (1, 2), finalCalledPartyNumber="6024", huntPilotDN="6024"
    )
    talk = samples.row(5, 30, 36, 90, (1, 3))
    ((first, second),) = told(waiting, talk)
    assert first["agent"]["extension"] == "" and "answered_at" not in first
    assert second["agent"]["extension"] == FIRST
    assert first["queue"] == second["queue"] == "6024"


def test_park_and_pick_up():
    parked = samples.row(7, 0, 5, 30, (1, 2), origCause_value=samples.SPLIT)
    taken = samples.row(
        7,
        30,
        30,
        60,
        (9, 1),
        callingPartyNumber=SECOND,
        finalCalledPartyNumber=CITIZEN,
    )
    (events,) = told(taken, parked)
    assert [leg for leg, _answer in legs(events)] == [FIRST, SECOND]
    assert {event["direction"] for event in events} == {"in"}


def test_call_out_and_call_of_colleagues():
    out = samples.row(
        8,
        answer=9,
        callingPartyNumber=FIRST,
        originalCalledPartyNumber="983852123456",
        finalCalledPartyNumber="983852123456",
    )
    inner = samples.row(
        9, legs=(7, 8), callingPartyNumber=FIRST, finalCalledPartyNumber=SECOND
    )
    found = told(out, inner)
    ((event,),) = [events for events in found if events]
    assert (event["direction"], event["agent"]["extension"]) == ("out", FIRST)
    assert event["remote_number"] == "983852123456"


def desk(extension, called="6024", **values):
    values = {"destDeviceName": "SEPC", "finalCalledPartyNumber": extension, **values}
    return samples.row(originalCalledPartyNumber=called, **values)


@pytest.mark.parametrize(
    ("row", "is_ours"),
    [
        (desk("4455", called="4455"), False),  # a citizen rings the accountants
        (desk("4455", called="4455", answer=5), False),
        (samples.row(callingPartyNumber="4455", finalCalledPartyNumber=CITIZEN), False),
        (desk("4455"), True),  # the hotline passed on to another department
        (desk("4455", called="7750"), True),
        (desk("4455", called="4400", huntPilotDN="6024"), True),
        (desk("4455", called="4400", lastRedirectDn="6024"), True),
        (desk("6024", destDeviceName="CTIP_1"), True),  # given up in the queue
        (desk(FIRST, called=FIRST), True),
    ],
)
def test_only_calls_of_the_hotline_are_taken(row, is_ours):
    row["originalCalledPartyNumber"] = row.get("originalCalledPartyNumber") or "4455"
    if row["callingPartyNumber"] == "4455":
        row["originalCalledPartyNumber"] = CITIZEN
    (call,) = cdr_calls.group(read(row))
    assert bool(cdr_calls.events(call, HOTLINE)) is is_ours
    everything = cdr_calls.Site(lines=("*",))
    assert cdr_calls.events(call, everything)


def test_stranger_passed_on_to_an_operator_is_told_whole():
    asked = desk("4455", called="4455", answer=5)
    passed = samples.row(answer=40, start=40, originalCalledPartyNumber=FIRST)
    (call,) = cdr_calls.group(read(asked, passed))
    told = cdr_calls.events(call, HOTLINE)
    assert [event["agent"]["extension"] for event in told] == ["4455", FIRST]


def test_hidden_number_is_still_a_call_of_a_citizen():
    ((event,),) = told(samples.row(answer=5, callingPartyNumber=""))
    assert (event["remote_number"], event["agent"]["extension"]) == ("", FIRST)


def test_recording_rows_point_at_the_call_and_count_nowhere():
    rows = read(samples.row(answer=5), samples.recording(), samples.recording(999))
    (call,) = cdr_calls.group(rows)
    assert len(cdr_calls.events(call, SITE)) == 1
    assert [row.orig_conversation for row in call.aside] == [102]


def test_same_call_id_a_day_later_is_another_call():
    first = samples.row(5, 0, 5, 60)
    later = samples.row(5, 86400, 86405, 86460)
    assert len(told(first, later)) == 2


@given(st.permutations([*samples.transfer(), *samples.conference()]), st.data())
def test_order_repetition_and_late_rows_change_nothing(rows, data):
    count = data.draw(st.integers(0, len(rows)))
    early = {e["event_id"]: e for events in told(*rows[:count]) for e in events}
    late = told(*rows, *rows[:count])
    assert len(late) == 2
    everything = {e["event_id"]: e for events in late for e in events}
    assert set(early) <= set(everything)
    assert len(everything) == sum(map(len, late))


@given(st.text(max_size=300))
def test_any_line_is_read_or_refused(text):
    file = [*samples.lines(), text]
    for found in cdr.read_rows(file):
        assert isinstance(found, CdrRow | Rejected)
        if isinstance(found, Rejected):
            assert found.reason


CELLS = st.one_of(
    st.sampled_from(
        ["", "0", "1", "-1", "b001", CITIZEN, str(T0), '"', "a,b", "9" * 30]
    ),
    st.integers(-(2**33), 2**33).map(str),
    st.text(max_size=8),
)


@given(st.lists(CELLS, min_size=132, max_size=134), st.data())
def test_any_row_becomes_events_that_make_sense(cells, data):
    for name in data.draw(st.sets(st.sampled_from(CDR), max_size=40)):
        cells[CDR.index(name) % len(cells)] = str(samples.row().get(name, 1))
    cells[0] = "1"
    rows = [
        row
        for row in cdr.read_rows([*samples.lines(), ",".join(cells)])
        if isinstance(row, CdrRow)
    ]
    for call in cdr_calls.group(rows):
        for event in cdr_calls.events(call, SITE):
            assert event["started_at"] <= event.get("answered_at", event["at"])
            assert event.get("answered_at", event["started_at"]) <= event["at"]
            assert event["refs"]
            assert len(event["event_id"]) <= 128
