# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matching import (
    CallSpan,
    LegSpan,
    SidecarError,
    audio_type,
    best_match,
    parse_sidecar,
)

T0 = datetime(2026, 11, 23, 3, 20)


def at(second):
    return T0 + timedelta(seconds=second)


def call(call_id, start=0, end=100, ext="2830", number="+73852123456", refs=()):
    return CallSpan(
        call_id=call_id,
        started_at=at(start),
        ended_at=at(end),
        remote_number=number,
        refs=frozenset(refs),
        legs=(LegSpan(ext, at(start), at(end)),),
    )


def sidecar(start=5, duration=90, **more):
    data = {
        "version": 1,
        "recorder": "rec1",
        "recording_id": "R-1",
        "started_at": at(start).isoformat() + "Z",
        "duration_s": duration,
        "agent_extension": "2830",
        "remote_number": "83852123456",
        "segment": 1,
    }
    data.update(more)
    return parse_sidecar(data)


def test_reference_wins_over_everything():
    one = sidecar(refs={"dialog_id": "77"})
    calls = [call(1), call(2, start=-30, end=60, refs=[("dialog", "77")])]
    match = best_match(one, calls)
    assert (match.call_id, match.tier, match.reason) == (2, 1, "ref")


def test_reused_reference_of_another_day_is_not_a_match():
    one = sidecar(refs={"dialog_id": "77"}, agent_extension="")
    old = call(1, start=-90000, end=-89900, refs=[("dialog", "77")])
    assert best_match(one, [old]).call_id is None


def test_names_of_another_cluster_are_other_names():
    one = sidecar(refs={"gcid": "1/27161", "cluster": "North"})
    named = call(1, refs=[("gcid", "1/27161")])
    assert best_match(one, [named]).tier == 1
    north = replace(named, clusters=frozenset({"North"}))
    south = replace(named, call_id=2, clusters=frozenset({"South"}))
    assert best_match(one, [north, south]).call_id == 1
    assert best_match(one, [south]).tier != 1


def test_protocol_call_ref_is_an_exact_name():
    text = "00000000000063670 2DA80C000000000".replace(" ", "")
    one = sidecar(refs={"protocol_call_ref": text})
    named = call(1, refs=[("call_ref", text.lower())])
    assert best_match(one, [named, call(2)]).call_id == 1


def test_reference_on_another_extension_is_not_a_match():
    one = sidecar(refs={"dialog_id": "77"})
    other = call(1, ext="2831", refs=[("dialog", "77")])
    assert best_match(one, [other]).call_id is None


def test_extension_and_number_make_tier_two():
    other = call(2, number="+73852999999")
    assert best_match(sidecar(), [call(1), other]).tier == 2


def test_extension_alone_makes_tier_three_only_when_single():
    one = sidecar(remote_number="")
    match = best_match(one, [call(1), call(2, start=200, end=300)])
    assert (match.call_id, match.tier) == (1, 3)
    match = best_match(one, [call(1), call(2)])
    assert (match.call_id, match.reason) == (None, "ambiguous")


def test_unknown_clock_proves_nothing_by_telephone_and_time():
    one = sidecar(remote_number="", clock_known=False)
    assert best_match(one, [call(1)]).reason == "no_candidate"
    assert best_match(sidecar(clock_known=False), [call(1)]).tier == 2
    by_name = sidecar(remote_number="", clock_known=False, refs={"dialog_id": "77"})
    assert best_match(by_name, [call(1, refs=[("dialog", "77")])]).tier == 1


def test_contradicting_number_is_never_taken():
    assert best_match(sidecar(), [call(1, number="+73852999999")]).call_id is None


def test_less_than_half_inside_is_not_enough():
    assert best_match(sidecar(start=60), [call(1)]).call_id is None


def test_leg_without_a_certain_end_is_known_by_reference_only():
    """A talk nobody told of may have been on its telephone at that time."""
    refs = frozenset({("dialog", "77")})
    running = CallSpan(7, at(0), None, "", refs, (LegSpan("2830", at(0)),))
    assert best_match(sidecar(), [running]).call_id is None
    assert best_match(sidecar(refs={"dialog_id": "77"}), [running]).call_id == 7


SPAN = st.tuples(
    st.integers(-200, 200), st.integers(1, 200), st.sampled_from(["2830", "2831"])
)


@given(st.lists(SPAN, max_size=6), st.randoms())
def test_never_a_guess_and_never_dependent_on_order(spans, rnd):
    calls = [call(n, s, s + d, ext=e) for n, (s, d, e) in enumerate(spans)]
    wanted = best_match(sidecar(), calls)
    rnd.shuffle(calls)
    assert best_match(sidecar(), calls) == wanted
    if wanted.call_id is not None:
        assert wanted.candidates == (wanted.call_id,)
        chosen = next(c for c in calls if c.call_id == wanted.call_id)
        assert chosen.legs[0].extension == "2830"


@given(st.binary(max_size=80))
def test_any_bytes_have_a_type_or_none(data):
    found = audio_type(data)
    assert found is None or found[0].startswith("audio/")


@pytest.mark.parametrize(
    "head, wanted",
    [
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", "audio/wav"),
        (b"OggS\x00\x02", "audio/ogg"),
        (b"ID3\x04\x00", "audio/mpeg"),
        (b"\xff\xfb\x90\x00", "audio/mpeg"),
        (b"\x00\x00\x00\x20ftypM4A ", "audio/mp4"),
    ],
)
def test_known_sound_files(head, wanted):
    assert audio_type(head)[0] == wanted


@pytest.mark.parametrize(
    "head", [b"", b"<html>", b"%PDF-1.4", b"MZ\x90", b"RIFF\x00\x00\x00\x00AVI "]
)
def test_anything_else_is_refused(head):
    assert audio_type(head) is None


@given(
    st.dictionaries(
        st.sampled_from(
            ["version", "recorder", "recording_id", "started_at", "duration_s", "refs"]
        ),
        st.none() | st.text(max_size=9) | st.integers() | st.floats() | st.just([1]),
    )
)
def test_any_sidecar_is_read_or_a_clear_error(data):
    try:
        parse_sidecar(data)
    except SidecarError as error:
        assert ":" in str(error)


def test_recorder_references_become_pairs():
    one = sidecar(refs={"dialog_id": "7", "near_refci": "1", "xrefci": ["1", "2"]})
    assert one.refs == {("dialog", "7"), ("refci", "1"), ("refci", "2")}
