# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from gorod24_cisco.connector.poster import lanes
from hypothesis import given
from hypothesis import strategies as st

REF = st.sampled_from("abcdef")
EVENTS = st.lists(
    st.builds(
        lambda ref, agent, number: {
            "event_id": str(number),
            "refs": [{"value": ref}] if ref else [],
            "agent": {"id": agent},
        },
        st.none() | REF,
        st.sampled_from(["6021", "6022", "6023"]),
        st.integers(),
    )
)


@given(EVENTS, st.integers(0, 5))
def test_every_event_goes_once_and_its_call_in_one_lane(events, width):
    found = lanes(events, width)
    told = [event for lane in found for event in lane]
    assert sorted(map(id, told)) == sorted(map(id, events))
    assert len(found) <= max(1, width)
    assert all(found)
    for name in "abcdef":
        with_it = [
            lane for lane in found if any(e["refs"] == [{"value": name}] for e in lane)
        ]
        assert len(with_it) <= 1


@given(EVENTS)
def test_rings_go_before_states_of_workplaces(events):
    for lane in lanes(events, 2):
        about_calls = [bool(event["refs"]) for event in lane]
        assert about_calls == sorted(about_calls, reverse=True)
