# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from finesse_samples import delete, dialog, inbound, party, post, put
from gorod24_cisco.wire import finesse, workflow
from gorod24_cisco.wire.tracker import DialogTracker
from gorod24_cisco.wire.xmlread import document
from hypothesis import given
from hypothesis import strategies as st

NOW = datetime(2026, 1, 15, 3, 21, tzinfo=UTC)


def tracker(agent="6021", extension="2830"):
    return DialogTracker(agent, extension, "finesse:fin1")


def feed(track, *payloads, recovered=False, now=NOW):
    told = []
    for payload in payloads:
        update = finesse.read_payload(payload)
        for item in update.dialogs:
            told += track.dialog(update.event, item, now, recovered)
    return told


def short(events):
    return [event["type"].partition(".")[2] for event in events]


RING = post(inbound("ALERTING", "INITIATED", 1))
TALK = put(inbound("ACTIVE", "ACTIVE", 5))
HOLD = put(inbound("HELD", "ACTIVE", 9, state="ACTIVE"))
BACK = put(inbound("ACTIVE", "ACTIVE", 12))
LEFT = put(inbound("ACTIVE", "DROPPED", 20))
OVER = put(inbound("DROPPED", "DROPPED", 20))
GONE = delete(inbound("DROPPED", "DROPPED", 20))
CALL = [RING, TALK, HOLD, BACK, LEFT, OVER, GONE]


def test_a_whole_incoming_call():
    told = feed(tracker(), *CALL)
    assert short(told) == ["ringing", "answered", "held", "retrieved", "ended"]
    assert [event["at"][17:19] for event in told] == ["00", "05", "09", "12", "20"]
    first, last = told[0], told[-1]
    assert first["remote_number"] == "83852123456"
    assert (first["queue"], first["dialed_number"]) == ("Горячая линия", "6024")
    assert first["refs"] == [
        {"system": "finesse", "kind": "dialog", "value": "16804377"}
    ]
    assert last["end_reason"] == "normal"
    assert len({event["event_id"] for event in told}) == len(told)


def test_ids_do_not_depend_on_the_run():
    assert feed(tracker(), *CALL) == feed(tracker(), *CALL)


def test_number_that_comes_one_notification_later():
    track = tracker()
    (ringing,) = feed(track, post(inbound("ALERTING", "INITIATED", 1, caller="")))
    (answered,) = feed(track, TALK)
    assert ringing["remote_number"] == ""
    assert answered["remote_number"] == "83852123456"


def test_ring_without_answer_and_given_up():
    missed = delete(inbound("DROPPED", "INITIATED", 9, state="ALERTING"))
    assert feed(tracker(), RING, missed)[-1]["end_reason"] == "no_answer"
    given_up = delete(inbound("DROPPED", "DROPPED", 9))
    assert feed(tracker(), RING, given_up)[-1]["end_reason"] == "abandoned"


def out(state, me, far, second, cause=""):
    parties = [
        party("2830", me, second, "AGENT_DEVICE", cause),
        party("983852123456", far, second, cause=cause),
    ]
    return dialog(state, parties, kind="OUT", caller="2830", to="983852123456")


def test_calls_out():
    begun = [
        post(out("INITIATING", "INITIATING", "", 1)),
        put(out("INITIATED", "INITIATED", "INITIATED", 2)),
        put(out("ALERTING", "INITIATED", "ALERTING", 3)),
    ]
    good = feed(
        tracker(),
        *begun,
        put(out("ACTIVE", "ACTIVE", "ACTIVE", 5)),
        delete(out("DROPPED", "DROPPED", "DROPPED", 9)),
    )
    assert short(good) == ["dialing", "answered", "ended"]
    assert {event["direction"] for event in good} == {"out"}
    assert good[0]["remote_number"] == "983852123456"
    silent = feed(tracker(), *begun, delete(out("DROPPED", "DROPPED", "DROPPED", 9)))
    assert silent[-1]["end_reason"] == "no_answer"
    busy = feed(tracker(), *begun[:2], put(out("FAILED", "FAILED", "", 3, "BUSY")))
    assert (short(busy), busy[-1]["end_reason"]) == (["dialing", "ended"], "busy")


def consult(me, second, state=None):
    """The consult call of 2830 to 2831."""
    parties = [
        party("2830", "ACTIVE", second, "AGENT_DEVICE"),
        party("2831", me, second, "AGENT_DEVICE"),
    ]
    return dialog(
        state or me,
        parties,
        kind="CONSULT",
        caller="2830",
        number="16804400",
        to="2831",
    )


def joined(me, second, caller="83852123456", **values):
    """The surviving call at the second agent."""
    parties = [
        party("2831", me, second, "AGENT_DEVICE"),
        party("83852123456", "ACTIVE", second),
    ]
    return dialog("ACTIVE", parties, kind="TRANSFER", caller=caller, **values)


def test_consult_transfer_at_the_second_agent():
    track = tracker("6022", "2831")
    assert feed(track, post(consult("ALERTING", 10)), put(consult("ACTIVE", 12))) == []
    told = feed(
        track,
        delete(consult("DROPPED", 15)),
        post(joined("ACTIVE", 15, secondary="16804400")),
    )
    assert short(told) == ["ringing", "answered"]
    assert {event["at"][17:19] for event in told} == {"15"}
    assert told[0]["remote_number"] == "83852123456"
    assert [ref["value"] for ref in told[0]["refs"]] == ["16804377", "16804400"]


def test_swapped_consult_shows_the_citizen_not_the_colleague():
    swapped = joined(
        "ACTIVE", 15, caller="2830", number="16804400", secondary="16804377"
    )
    colleague = party("2830", "DROPPED", 15, "AGENT_DEVICE")
    swapped = swapped.replace("</participants>", colleague + "</participants>")
    told = feed(tracker("6022", "2831"), post(swapped))
    assert told[0]["remote_number"] == "83852123456"


def test_swapped_consult_whose_colleague_is_out_of_the_list():
    swapped = joined("ACTIVE", 15, caller="2830", number="16804400", secondary="1")
    told = feed(tracker("6022", "2831"), post(swapped))
    assert told[0]["remote_number"] == "83852123456"


def test_consult_transfer_at_the_first_agent():
    asked = dialog(
        "ACTIVE",
        [party("2830", "ACTIVE", 10, "AGENT_DEVICE"), party("2831", "ACTIVE", 10)],
        kind="CONSULT",
        caller="2830",
        number="16804400",
    )
    held = put(inbound("HELD", "ACTIVE", 9, state="ACTIVE"))
    told = feed(
        tracker(),
        RING,
        TALK,
        held,
        post(asked),
        delete(inbound("DROPPED", "ACTIVE", 15, state="ACTIVE")),
    )
    assert short(told) == ["ringing", "answered", "held", "ended"]
    assert told[-1]["end_reason"] == "transferred"


def test_call_that_comes_back_to_the_same_agent_rings_again():
    track = tracker()
    feed(track, *CALL)
    again = feed(track, post(inbound("ALERTING", "INITIATED", 40)))
    assert short(again) == ["ringing"]
    assert "|2|" in again[0]["event_id"]


def test_late_answer_of_a_finished_call_is_told():
    told = feed(tracker(), RING, GONE, TALK)
    assert short(told) == ["ringing", "ended", "answered"]


def test_memory_survives_a_restart():
    track = tracker()
    feed(track, RING, TALK)
    other = tracker()
    other.load(track.as_json())
    assert feed(other, RING, TALK) == []
    told = gone(other)
    assert short(told) == ["ended"]
    assert told[0]["recovered"]
    other.load({"open": 5})


def gone(track, now=NOW):
    """Two snapshots in a row without any call."""
    assert track.compare([], track.mark(), now) == []
    return track.compare([], track.mark(), now + timedelta(seconds=2))


def test_one_empty_snapshot_ends_no_call():
    track = tracker()
    feed(track, RING, TALK)
    assert track.compare([], track.mark(), NOW) == []
    assert track.is_doubtful
    assert track.compare(dialogs(TALK), track.mark(), NOW) == []
    assert not track.is_doubtful
    (ended,) = gone(track)
    assert ended["at"] == "2026-01-15T03:21:00.000Z"  # when it was missed first
    assert not track.is_doubtful


@pytest.mark.parametrize("live", [True, False])
def test_guessed_end_is_undone_when_the_call_is_seen_alive(live):
    track = tracker()
    told = feed(track, RING, TALK) + gone(track)
    later = NOW + timedelta(seconds=30)
    if live:
        (item,) = dialogs(TALK)
        again = track.dialog("PUT", item, later)
    else:
        again = track.compare(dialogs(TALK), track.mark(), later)
    assert short(again) == ["ringing", "answered"]
    assert {event["at"] for event in again} == {"2026-01-15T03:21:30.000Z"}
    assert all(event["recovered"] for event in again)  # no second card
    assert not {e["event_id"] for e in again} & {e["event_id"] for e in told}
    assert track.compare(dialogs(TALK), track.mark(), later) == []
    restarted = tracker()
    restarted.load(track.as_json())
    (ended,) = feed(restarted, put(inbound("DROPPED", "DROPPED", 50)))
    assert (ended["type"], ended["recovered"]) == ("call.ended", False)


def test_end_told_after_a_guess_ends_nothing_twice():
    track = tracker()
    feed(track, RING, TALK)
    gone(track)
    assert feed(track, GONE, OVER) == []


def test_call_that_rings_again_after_a_guess_opens_its_card():
    track = tracker()
    feed(track, RING, TALK)
    gone(track, datetime(2026, 1, 15, 3, 20, 20, tzinfo=UTC))
    (again,) = feed(track, post(inbound("ALERTING", "INITIATED", 40)))
    assert (again["type"], again["recovered"]) == ("call.ringing", False)
    assert again["at"] == "2026-01-15T03:20:40.500Z"


def test_dialog_id_of_another_day_is_another_call():
    """Exchanges count anew after a restart, and nobody remembers for ever."""
    first = feed(tracker(), RING, TALK)
    later = [text.replace("2026-01-15", "2026-03-01") for text in (RING, TALK)]
    second = feed(tracker(), *later)
    assert not {e["event_id"] for e in first} & {e["event_id"] for e in second}


def test_memory_of_the_earlier_version_keeps_its_names():
    track = tracker()
    feed(track, RING)
    known = track.as_json()
    for held in known["open"]:
        for name in ("day", "missing", "guessed", "found"):
            del held[name]
    other = tracker()
    other.load(known)
    (answered,) = feed(other, TALK)
    assert answered["event_id"] == "finesse:fin1|6021|16804377|1|answered"


def dialogs(payload):
    return finesse.read_payload(payload).dialogs


def test_snapshot_after_a_lost_link():
    track = tracker()
    feed(track, RING)
    told = track.compare(dialogs(TALK), track.mark(), NOW)
    assert (short(told), told[0]["recovered"]) == (["answered"], True)
    assert track.compare(dialogs(TALK), track.mark(), NOW) == []
    told = gone(track)
    assert (short(told), told[0]["end_reason"]) == (["ended"], "normal")
    told = tracker().compare(dialogs(TALK), 1, NOW)
    assert short(told) == ["ringing", "answered"]


def test_live_notification_beats_the_snapshot():
    track = tracker()
    mark = track.mark()
    feed(track, RING)
    assert track.compare([], mark, NOW) == []
    feed(track, GONE)
    assert track.compare(dialogs(RING), track.mark(), NOW) == []


def test_state_of_the_agent_is_told_once():
    track = tracker()
    user = finesse.User("6021", extension="2835", state="READY")
    (event,) = track.user(user, NOW)
    assert (event["agent_state"], event["refs"]) == ("READY", [])
    assert track.user(user, NOW) == []
    assert track.extension == "2835"


BARE = delete("<Dialog><id>16804377</id></Dialog>")
EMPTY = put("<dialog><id>16804377</id><participants/></dialog>")
ANY = [*CALL, BARE, EMPTY]


@given(st.lists(st.sampled_from(ANY), max_size=25))
def test_any_order_rings_at_most_once_and_ids_repeat_nothing(payloads):
    told = feed(tracker(), *payloads)
    kinds = short(told)
    for kind in ("ringing", "dialing", "answered", "ended"):
        assert kinds.count(kind) <= 1, kinds
    assert len({event["event_id"] for event in told}) == len(told)
    for event in told:
        assert event["refs"]
        assert len(event["event_id"]) <= 128


@given(st.lists(st.integers(1, 3), min_size=len(CALL), max_size=len(CALL)))
def test_every_notification_repeated(times):
    payloads = [p for p, n in zip(CALL, times, strict=True) for _again in range(n)]
    assert feed(tracker(), *payloads) == feed(tracker(), *CALL)


@given(st.permutations(CALL))
def test_any_order_ends_closed(payloads):
    track = tracker()
    feed(track, *payloads)
    assert not track.open or GONE not in payloads


def test_trigger_of_a_desktop_is_named_by_its_day():
    values = {"trigger": "arrives", "dialog": "16804377", "agent": "6021"}
    first = workflow.event(values, NOW)
    assert (
        workflow.event(values, NOW + timedelta(minutes=5))["event_id"]
        == (
            first["event_id"]  # the page was refreshed
        )
    )
    later = workflow.event(values, NOW + timedelta(days=40))
    assert later["event_id"] != first["event_id"]  # the number is used again


def test_another_reason_is_told_and_what_waits_is_kept():
    track = tracker()
    lunch = finesse.User("6021", state="NOT_READY", reason="Обед", changed=NOW)
    (event,) = track.user(lunch, NOW)
    assert event["reason"] == "Обед"
    (again,) = track.user(replace(lunch, reason="Учёба"), NOW)
    assert again["reason"] == "Учёба"
    assert again["event_id"] != event["event_id"]
    busy = finesse.User("6021", state="TALKING", pending_state="NOT_READY", reason="7")
    (talking,) = track.user(busy, NOW)
    assert (talking["reason"], track.pending) == ("", "NOT_READY")


def test_reason_is_read_in_words_or_as_a_number():
    def read(inner):
        source = f"<User><loginId>6021</loginId><state>NOT_READY</state>{inner}</User>"
        return finesse.user_in(document(source)).reason

    code = "<ReasonCode><id>12</id><label>Обед</label></ReasonCode>"
    assert read(f"<reasonCodeId>12</reasonCodeId>{code}") == "Обед"
    assert read("<reasonCodeId>12</reasonCodeId>") == "12"
    assert read("<reasonCodeId>-1</reasonCodeId>") == read("") == ""


def numbers(told):
    return [(event["type"][5:], event["remote_number"]) for event in told]


def test_number_that_comes_while_it_rings_is_told_at_once():
    """The operator sees who rings before he lifts."""
    late = put(inbound("ALERTING", "INITIATED", 1))
    hidden = post(inbound("ALERTING", "INITIATED", 1, caller=""))
    track = tracker()
    told = feed(track, hidden, late, late, TALK)
    assert numbers(told) == [
        ("ringing", ""),
        ("updated", "83852123456"),
        ("answered", "83852123456"),
    ]
    assert told[0]["at"] == told[1]["at"]
    assert len({event["event_id"] for event in told}) == 3


def test_number_that_comes_during_the_talk_is_told_at_once():
    quiet = [post(inbound("ALERTING", "INITIATED", 1, caller=""))]
    quiet.append(put(inbound("ACTIVE", "ACTIVE", 5, caller="")))
    track = tracker()
    feed(track, *quiet)
    restarted = tracker()
    restarted.load(track.as_json())
    (update,) = feed(restarted, TALK)
    assert numbers([update]) == [("updated", "83852123456")]
    assert update["at"] == "2026-01-15T03:20:05.500Z"
    # A snapshot that finds it after a lost link tells it, too; the end has it anyhow.
    (found,) = track.compare(dialogs(TALK), track.mark(), NOW)
    assert numbers([found]) == [("updated", "83852123456")]
    assert numbers(feed(track, TALK, OVER)) == [("ended", "83852123456")]


def test_queue_that_comes_later_is_told():
    bare = inbound("ALERTING", "INITIATED", 1).replace("Горячая линия", "")
    told = feed(tracker(), post(bare), put(inbound("ALERTING", "INITIATED", 1)))
    assert short(told) == ["ringing", "updated"]
    assert [event["queue"] for event in told] == ["", "Горячая линия"]


def with_variable(text, number):
    variable = "<CallVariable><name>callVariable1</name>"
    variable = f"<callvariables>{variable}<value>{number}</value></CallVariable>"
    return text.replace(
        "<mediaProperties>", f"<mediaProperties>{variable}</callvariables>"
    )


def test_number_of_the_script_replaces_that_of_the_gateway():
    track = DialogTracker("6021", "2830", "finesse:fin1", "callVariable1")
    gateway = inbound("ALERTING", "INITIATED", 1, caller="6500")
    true = with_variable(gateway, "83852123456")
    told = feed(track, post(gateway), put(true), put(gateway))
    assert numbers(told) == [("ringing", "6500"), ("updated", "83852123456")]
    talking = put(inbound("ACTIVE", "ACTIVE", 5, caller="6500"))
    assert numbers(feed(track, talking)) == [("answered", "83852123456")]


def test_citizen_who_leaves_a_conference_first_keeps_his_number():
    parties = [
        party("2830", "ACTIVE", 5, "AGENT_DEVICE"),
        party("83852123456", "DROPPED", 30),
        party("112", "ACTIVE", 12),
    ]
    left = put(dialog("ACTIVE", parties, kind="CONFERENCE", caller=""))
    told = feed(tracker(), RING, TALK, left, OVER)
    assert {event["remote_number"] for event in told} == {"83852123456"}


LATE_DATA = [
    post(inbound("ALERTING", "INITIATED", 1, caller="")),
    put(inbound("ACTIVE", "ACTIVE", 5, caller="")),
]


@given(st.lists(st.sampled_from([*ANY, *LATE_DATA]), max_size=20))
def test_what_is_known_of_a_live_call_has_been_told(payloads):
    track, told = tracker(), []
    for payload in payloads:
        told += feed(track, payload)
        for held in track.open.values():
            assert told[-1]["remote_number"] == held.remote
            assert told[-1]["queue"] == held.queue
    assert len({event["event_id"] for event in told}) == len(told)
