# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
from datetime import UTC, datetime, timedelta

import pytest
from gorod24_cisco.wire import clock, mediasense, recorder_index, sidecar, siprec
from hypothesis import given
from hypothesis import strategies as st

NEAR = (
    '"BIB" <sip:2830@10.0.0.1;x-nearend;x-refci=26528012;\r\n\t'
    "x-nearendclusterid=C1; x-nearenddevice=SEPA;x-nearendaddr=2830;"
    "x-farendrefci=26528013;x-farenddevice=GW;x-farendaddr=83852123456>;tag=1"
)


def test_folded_header_of_a_recorded_stream():
    found = siprec.read_from(NEAR)
    assert (found.stream, found.near_refci, found.far_refci) == (
        "nearend",
        "26528012",
        "26528013",
    )
    assert (found.near_address, found.far_address) == ("2830", "83852123456")
    older = siprec.read_from("<sip:1@h;x-farend;x-refci=5;x-nearendaddr=2830>")
    assert (older.stream, older.far_refci) == ("farend", "")
    for bad in ("", "<sip:1@h>", "<sip:1@h;x-nearend>", "x" * 9000):
        assert siprec.read_from(bad).reason


def test_header_in_a_sidecar_becomes_its_references():
    told = {"refs": {"sip_from": NEAR, "gcid": "1/27161"}, "agent_extension": "2899"}
    made = siprec.fill(told)
    assert made == {
        "refs": {
            "gcid": "1/27161",
            "near_refci": "26528012",
            "far_refci": "26528013",
            "cluster": "C1",
        },
        "agent_extension": "2899",
        "remote_number": "83852123456",
    }
    # A header that tells nothing takes nothing away but itself.
    for bad in ("", None, 7, ["x"], "<sip:1@h>"):
        assert siprec.fill({"refs": {"sip_from": bad, "ccid": "c"}}) == {
            "refs": {"ccid": "c"}
        }
    assert siprec.fill({"refs": None}) == {"refs": None}


def test_header_in_an_index_of_the_recorder():
    header = NEAR.replace('"BIB" ', "").replace("\r\n\t", " ")
    text = f'file,started_at,INVITE\na.wav,2026-01-15T03:20:04Z,"{header}"\n'
    found, refused = recorder_index.read_index(
        text, "r", columns={"sip_from": "INVITE"}
    )
    made = siprec.fill(found["a.wav"])
    assert not refused
    assert made["refs"]["near_refci"] == "26528012"
    assert (made["agent_extension"], made["remote_number"]) == ("2830", "83852123456")


@given(
    st.text(alphabet=st.sampled_from(list("<>;=x-nearendrefci \r\n\t%1")), max_size=90)
)
def test_any_header_is_read_or_refused(text):
    found = siprec.read_from(text)
    assert isinstance(found, siprec.Recorded | siprec.Refused)
    assert "sip_from" not in siprec.fill({"refs": {"sip_from": text}})["refs"]


SESSION = {
    "sessionId": "4114d",
    "sessionState": "CLOSED_NORMAL",
    "sessionStartDate": 1768447204000,
    "sessionDuration": 61500,
    "ccid": "0000000001-0000000002-0000000003-0000000004",
    "tracks": [
        {
            "trackNumber": 0,
            "participants": [
                {"deviceRef": "83852123456", "xRefCi": "26528013"},
                {"deviceRef": "2830", "xRefCi": "26528012"},
            ],
        }
    ],
    "urls": {"httpUrl": "", "wavUrl": "https://ms/1.wav", "mp4Url": "https://ms/1.mp4"},
}


def test_session_becomes_a_sidecar():
    body = {"responseCode": 2000, "responseBody": {"sessions": [SESSION]}}
    answer = mediasense.read_answer(json.dumps(body))
    (session,) = mediasense.sessions_in(answer.body)
    assert session.download == ("https://ms/1.wav", "wav")
    made = mediasense.sidecar(session, "ms", {"2830"})
    assert sidecar.read(json.dumps(made).encode()) == made
    assert (made["agent_extension"], made["remote_number"]) == ("2830", "83852123456")
    assert made["started_at"] == "2026-01-15T03:20:04Z"
    assert made["duration_s"] == 61.5
    assert made["refs"]["xrefci"] == ["26528013", "26528012"]


def test_running_session_waits():
    running = SESSION | {"sessionState": "ACTIVE"}
    del running["sessionDuration"]
    session = mediasense.session_in(running)
    assert mediasense.sidecar(session, "ms", ()).reason == "the session is not over"


def test_events_with_their_own_shapes():
    urls = [{"wavUrl": "https://ms/1.wav"}, {"rtspUrl": "rtsp://ms/1"}]
    event = mediasense.read_event(
        json.dumps(
            {
                "eventType": "SESSION_EVENT",
                "eventAction": "ENDED",
                "eventBody": SESSION | {"urls": urls},
            }
        )
    )
    assert (event.action, event.ids) == ("ENDED", ("4114d",))
    assert event.session.urls == {"wavUrl": "https://ms/1.wav"}
    pruned = mediasense.read_event(
        '{"eventType":"SESSION_EVENT","eventAction":"PRUNED",'
        '"eventBody":{"sessionIds":["a","b"]}}'
    )
    assert pruned.ids == ("a", "b") and pruned.session is None


def test_query_of_a_span():
    begin = datetime(2026, 1, 15, tzinfo=UTC)
    body = mediasense.closed_between(begin, begin + timedelta(days=1))
    states, span = body["requestParameters"]
    assert [c["fieldValues"] for c in states["fieldConditions"]] == [
        ["CLOSED_NORMAL"],
        ["CLOSED_ERROR"],
    ]
    assert span["fieldConditions"][0]["fieldValues"] == [1768435200000, 1768521600000]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*SESSION, "eventBody", "responseBody", "sessions"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=15,
)


@given(JSON)
def test_any_json_is_read_or_refused(data):
    raw = json.dumps(data)
    for reader in (mediasense.read_answer, mediasense.read_event):
        reader(raw)
    mediasense.session_in(data)
    mediasense.sessions_in(data)


PATTERN = recorder_index.compile_pattern(
    r"(?P<date>\d{8})_(?P<time>\d{6})_(?P<agent_extension>\d+)_(?P<remote_number>\+?\d+)"
)


def test_name_of_a_file_in_local_time():
    made = recorder_index.from_name(
        "20260115_102004_2830_83852123456", PATTERN, "r", "Asia/Barnaul"
    )
    assert made["started_at"] == "2026-01-15T03:20:04Z"
    assert (made["agent_extension"], made["remote_number"]) == ("2830", "83852123456")
    assert made["recording_id"] == "20260115_102004_2830_83852123456"
    for bad in ("x", "20261315_102004_2830_8"):
        assert recorder_index.from_name(bad, PATTERN, "r").reason


@pytest.mark.parametrize(
    ("text", "words"),
    [("(", "regular"), (r"(?P<x>.)", "unknown groups: x"), ("a", "started_at")],
)
def test_pattern_of_the_administrator_is_checked(text, words):
    with pytest.raises(recorder_index.PatternError, match=words):
        recorder_index.compile_pattern(text)


def test_index_of_many_files():
    text = (
        "\ufeffAudio;Start;duration_s;agent_extension;gcid\n"
        "d:\\rec\\a.wav;2026-01-15 10:20:04;3:02;2830;1/27161\n"
        "\n"
        "b.wav;yesterday;1;2831;\n"
        ";2026-01-15 10:20:04;1;2831;\n"
    )
    columns = {"file": "Audio", "started_at": "Start"}
    found, refused = recorder_index.read_index(text, "r", "Asia/Barnaul", columns)
    assert list(found) == ["a.wav"]
    assert found["a.wav"]["started_at"] == "2026-01-15T03:20:04Z"
    assert found["a.wav"]["duration_s"] == 182
    assert found["a.wav"]["refs"] == {"gcid": "1/27161"}
    assert [item.line for item in refused] == [4, 5]
    assert recorder_index.read_index("a,b\n1,2", "r")[1][0].line == 1


@given(st.text(max_size=200))
def test_any_index_is_read_or_refused(text):
    found, refused = recorder_index.read_index("file,started_at\n" + text, "r")
    for made in found.values():
        assert sidecar.read(json.dumps(made).encode())
    recorder_index.moment(text)
    recorder_index.seconds(text)


@given(
    st.floats(-90, 90),
    st.lists(st.floats(-1, 1), min_size=9, max_size=60),
    st.lists(st.floats(-600, 600), max_size=4),
)
def test_wrong_clock_is_learned_in_spite_of_odd_ones(error, noise, odd):
    known = []
    for one in [*odd, *(error + one for one in noise)]:
        known = clock.learn(known, one)
    assert len(known) <= clock.KEEP
    found = clock.offset(known)
    assert abs(found - error) <= 1.01 or (found == 0 and abs(error) <= 2.01)


def test_clock_that_is_right_or_unknown_is_left_alone():
    assert clock.offset([90.0] * 4) == 0
    assert clock.offset([0.4] * 20) == 0
    assert clock.offset([90, -80, 20, -300, 400, 5, 200]) == 0
    assert clock.learn([], 5000) == []
