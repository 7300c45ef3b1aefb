# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What goes to Odoo next: rings first, each line in order, nothing twice or never."""

import random

from gorod24_cisco.connector.outgoing import PATIENCE, Outgoing, Parcel, choose
from gorod24_cisco.connector.spool import Spool
from hypothesis import given
from hypothesis import strategies as st

EVENTS = st.lists(
    st.builds(
        lambda ref, line: {
            "refs": [{"value": ref}] if ref else [],
            "agent": {"id": line, "extension": line},
        },
        st.none() | st.sampled_from("abcdef"),
        st.sampled_from(["6021", "6022", "6023"]),
    ),
    max_size=40,
)


def numbered(events):
    return [dict(event, event_id=str(n)) for n, event in enumerate(events)]


def play(outgoing, dice, width=3, limit=4):
    """Send all with up to ``width`` requests under way; return them as they ended."""
    flights, told = [], []
    while True:
        outgoing.load()
        while len(flights) < width and (batch := outgoing.take(limit)):
            busy = [key for flight in flights for one in flight for key in one.keys]
            assert not any(one.keys & set(busy) for one in batch)
            flights.append(batch)
        if not flights:
            return told
        flight = flights.pop(dice.randrange(len(flights)))
        if dice.random() < 0.2:
            outgoing.back(flight)
        else:
            outgoing.done(flight)
            told += flight


@given(EVENTS, st.integers())
def test_each_event_goes_once_and_those_of_one_line_in_order(
    tmp_path_factory, events, n
):
    events = numbered(events)
    spool = Spool(tmp_path_factory.mktemp("spool"), segment_size=300)
    for event in events:
        spool.append([event])
    told = [one.event for one in play(Outgoing(spool), random.Random(n))]
    assert sorted(event["event_id"] for event in told) == sorted(
        event["event_id"] for event in events
    )
    assert spool.is_empty()
    assert len(list(spool.folder.glob("events-*"))) == 1
    for line in ("6021", "6022", "6023"):
        for kind in (True, False):
            mine = [
                int(event["event_id"])
                for event in told
                if event["agent"]["id"] == line and bool(event["refs"]) == kind
            ]
            assert mine == sorted(mine)
    spool.close()


@given(EVENTS)
def test_rings_go_before_states_of_workplaces(events):
    parcels = [Parcel(event, None, since=0.0) for event in events]
    chosen = choose(parcels, [], 5, now=PATIENCE / 2)
    rings = [one for one in parcels if one.is_live]
    assert all(one.is_live for one in chosen) or not rings
    assert chosen or not parcels


def test_state_that_waited_long_goes_with_the_rings():
    old = Parcel({"agent": {"id": "6021"}}, None, since=0.0)
    ring = Parcel({"refs": [{"value": "a"}]}, None, since=10.0)
    assert choose([old, ring], [], 5, now=10.0) == [old, ring]
    assert choose([old, ring], [], 5, now=PATIENCE) == [ring]


def test_state_waits_until_no_call_is_on_its_way():
    state = Parcel({"agent": {"id": "6021"}}, None, since=0.0)
    ring = Parcel({"refs": [{"value": "a"}]}, None, since=0.0)
    assert choose([state], [ring], 5, now=0.1) == []
    assert choose([state], [ring], 5, now=2 * PATIENCE) == [state]
    assert choose([state], [], 5, now=0.1) == [state]


def test_rows_of_the_journal_hold_up_no_ring():
    row = Parcel({"refs": [{"value": "a"}], "type": "call.record"}, None, since=0.0)
    ring = Parcel({"refs": [{"value": "b"}]}, None, since=0.0)
    assert choose([row, ring], [], 5, now=0.1) == [ring]
    assert choose([row], [ring], 5, now=0.1) == []
    assert choose([row], [], 5, now=0.1) == [row]


def test_killed_process_repeats_what_odoo_may_not_have(tmp_path):
    spool = Spool(tmp_path)
    events = numbered([{"agent": {"id": str(n)}} for n in range(4)])
    spool.append(events)
    outgoing = Outgoing(spool)
    outgoing.load()
    first, second = outgoing.take(1), outgoing.take(2)
    outgoing.done(second)
    assert Spool(tmp_path).peek(9)[0] == events
    outgoing.done(first)
    outgoing.done(outgoing.take(9))
    assert Spool(tmp_path).is_empty()


def test_oldest_that_were_given_up_are_no_obstacle(tmp_path):
    """The spool grew over its limit while requests were under way."""
    spool = Spool(tmp_path, segment_size=200, limit=400)
    events = numbered([{"agent": {"id": str(n)}} for n in range(40)])
    spool.append(events[:1])
    outgoing = Outgoing(spool)
    outgoing.load()
    batch = outgoing.take(9)
    for event in events[1:]:
        spool.append([event])
    assert spool.given_up
    outgoing.done(batch)
    told = play(outgoing, random.Random(1), limit=60)
    assert told[-1].event == events[-1]
    assert spool.is_empty()
