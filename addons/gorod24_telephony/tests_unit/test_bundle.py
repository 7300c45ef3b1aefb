# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Events of one call are found among many, whatever joins them."""

from datetime import datetime

from conversation import Event, Ref, bundles
from hypothesis import given
from hypothesis import strategies as st

NAMES = st.lists(st.sets(st.sampled_from("abcdefgh"), min_size=1, max_size=3))


def event(number, names):
    refs = tuple(Ref("test", "dialog", name) for name in sorted(names))
    at = datetime(2026, 11, 28)
    return Event(str(number), "test", "call.ringing", at, refs)


def joined(one, other, events):
    """Is there a way from one to the other over events that share a reference?"""
    known = {one}
    while True:
        refs = {ref for event in known for ref in event.refs}
        more = {event for event in events if refs & set(event.refs)}
        if more <= known:
            return other in known
        known |= more


@given(NAMES)
def test_those_that_references_join_and_no_others_are_together(names):
    events = [event(number, some) for number, some in enumerate(names)]
    found = bundles(events)
    told = [event for group in found for event in group]
    assert sorted(told, key=events.index) == events
    for group in found:
        assert group == sorted(group, key=events.index)
        assert all(joined(group[0], other, events) for other in group)
    firsts = [group[0] for group in found]
    assert not any(
        joined(one, other, events)
        for one in firsts
        for other in firsts
        if one is not other
    )
