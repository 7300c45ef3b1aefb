# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A dialog that leaves an agent and comes back to him, in all its ways."""

import re
from datetime import timedelta

import pytest
from finesse_samples import delete, dialog, inbound, party, post, put
from gorod24_cisco.wire import workflow
from gorod24_cisco.wire.tracker import DialogTracker
from test_cisco_tracker import NOW, RING, TALK, consult, dialogs, feed, short, tracker


def swapped_at_the_colleague(kind="TRANSFER", me="ACTIVE"):
    """The consult with the citizen in it; the colleague's own state did not change."""
    parties = [party("2831", me, 12, "AGENT_DEVICE"), party("83852123456", me, 5)]
    return dialog(
        me,
        parties,
        kind=kind,
        caller="2830",
        to="2831",
        number="16804400",
        secondary="16804377",
    )


def asked_colleague():
    track = tracker("6022", "2831")
    assert feed(track, post(consult("ALERTING", 10)), put(consult("ACTIVE", 12))) == []
    assert feed(track, delete(consult("ACTIVE", 12))) == []
    return track


@pytest.mark.parametrize("kind", [post, put])
def test_swapped_consult_reaches_the_colleague_whose_state_did_not_change(kind):
    track = asked_colleague()
    told = feed(track, kind(swapped_at_the_colleague()))
    assert short(told) == ["ringing", "answered"]
    # The citizen came when the calls were joined, not when the colleague lifted.
    assert {event["at"] for event in told} == {"2026-01-15T03:21:00.000Z"}
    assert {event["recovered"] for event in told} == {False}
    assert told[0]["remote_number"] == "83852123456"
    assert feed(track, post(swapped_at_the_colleague())) == []
    ended = feed(track, delete(swapped_at_the_colleague(me="DROPPED")))
    assert short(ended) == ["ended"]
    assert feed(track, put(swapped_at_the_colleague(me="DROPPED"))) == []


def test_swapped_consult_found_in_a_snapshot():
    track = asked_colleague()
    parties = swapped_at_the_colleague()
    told = track.compare(dialogs(post(parties)), track.mark(), NOW)
    assert short(told) == ["ringing", "answered"]
    assert track.compare(dialogs(post(parties)), track.mark(), NOW) == []
    unseen = tracker("6022", "2831")
    feed(unseen, post(consult("ALERTING", 10)), put(consult("ACTIVE", 12)))
    told = unseen.compare(dialogs(post(parties)), unseen.mark(), NOW)
    assert {event["at"] for event in told} == {"2026-01-15T03:21:00.000Z"}


def test_late_word_of_a_consult_opens_nothing():
    track = asked_colleague()
    nameless = consult("ACTIVE", 12).replace(">CONSULT<", "><")
    assert feed(track, put(consult("ACTIVE", 12)), put(nameless)) == []
    other = tracker("6022", "2831")
    feed(other, post(consult("ALERTING", 10)))
    assert feed(other, put(nameless)) == []


def timeless(payload):
    """The same without any time: every element may be missing (§3.4)."""
    return re.sub(r"<(startTime|stateChangeTime)>[^<]*</\1>", "", payload)


def test_call_offered_again_without_times_rings_again():
    track = tracker()
    missed = delete(inbound("ALERTING", "INITIATED", 9, state="ALERTING"))
    assert short(feed(track, timeless(RING), timeless(missed))) == ["ringing", "ended"]
    again = feed(track, timeless(RING), now=NOW + timedelta(seconds=20))
    assert (short(again), again[0]["recovered"]) == (["ringing"], False)
    talk = feed(track, timeless(TALK), now=NOW + timedelta(seconds=25))
    assert (short(talk), talk[0]["at"]) == (["answered"], "2026-01-15T03:21:25.000Z")
    assert len({e["event_id"] for e in again + talk}) == 2


def test_late_ring_without_times_is_no_new_offer():
    missed = timeless(delete(inbound("ALERTING", "INITIATED", 9)))
    told = feed(tracker(), timeless(RING), missed, timeless(RING))
    assert short(told) == ["ringing", "ended"]


def test_turns_of_a_desktop_have_names_and_reasons_of_their_own():
    def said(trigger, *turns, **more):
        values = {"trigger": trigger, "dialog": "1", "agent": "6021"}
        return workflow.event(values | more, NOW, turns)

    first = said("arrives")["event_id"]
    assert said("arrives", "ringing")["event_id"] == first  # refreshed
    assert said("arrives", "answered")["event_id"] == first
    again = said("arrives", "missed")["event_id"]
    assert again != first
    assert said("arrives", "missed", "ringing")["event_id"] == again
    assert said("ends", "ringing")["end_reason"] == ""
    assert said("ends", "ringing", others="ACTIVE")["end_reason"] == "no_answer"
    assert said("ends", "ringing", others="DROPPED")["end_reason"] == "abandoned"
    assert said("ends", "answered")["end_reason"] == "normal"
    assert said("ends", "ringing", direction="out")["end_reason"] == "no_answer"


def test_number_in_a_variable_of_the_script_wins():
    """The trunk shows the number of the gateway; the script knows the citizen's."""
    variables = (
        "<callvariables><CallVariable><name>callVariable3</name>"
        "<value>8 (3852) 12-34-56</value></CallVariable></callvariables>"
    )
    ring = post(inbound("ALERTING", "INITIATED", 1, caller="6500"))
    filled = ring.replace("</mediaProperties>", variables + "</mediaProperties>")
    track = DialogTracker("6021", "2830", "finesse:fin1", "callVariable3")
    (told,) = feed(track, filled)
    assert told["remote_number"] == "8 (3852) 12-34-56"
    for other in (ring, filled.replace("8 (3852) 12-34-56", "VIP")):
        track = DialogTracker("6021", "2830", "finesse:fin1", "callVariable3")
        assert feed(track, other)[0]["remote_number"] == "6500"
