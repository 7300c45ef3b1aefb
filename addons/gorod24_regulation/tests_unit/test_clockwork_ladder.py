# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta

from clockwork import AFTER, BREACH, WARNING, Rung, climb, rung_time
from hypothesis import given
from hypothesis import strategies as st

WARN = datetime(2026, 11, 23, 10)
TARGET = datetime(2026, 11, 23, 12)
HOUR = timedelta(hours=1)
LADDER = (
    Rung(1, WARNING, role="duty"),
    Rung(2, BREACH, role="responsible"),
    Rung(3, AFTER, 60, "head"),
    Rung(4, AFTER, 120, "supervisor"),
)


def _ids(rungs):
    return [rung.step_id for rung in rungs]


def test_each_rung_in_its_time():
    found = climb(LADDER, WARN, TARGET, (), WARN)
    assert (_ids(found.tell), _ids(found.skip)) == ([1], [])
    assert found.next_at == TARGET
    found = climb(LADDER, WARN, TARGET, {1}, TARGET)
    assert (_ids(found.tell), found.next_at) == ([2], TARGET + HOUR)


def test_after_a_standstill_only_the_highest_is_told():
    found = climb(LADDER, WARN, TARGET, (), TARGET + 3 * HOUR)
    assert (_ids(found.tell), _ids(found.skip)) == ([4], [1, 2, 3])
    assert found.next_at is None


def test_term_without_warning_has_no_warning_rung():
    found = climb(LADDER, None, TARGET, (), TARGET - HOUR)
    assert not found.tell and found.next_at == TARGET


RUNGS = st.lists(
    st.builds(
        Rung,
        st.integers(1, 9),
        st.sampled_from([WARNING, BREACH, AFTER]),
        st.integers(0, 3000),
    ),
    unique_by=lambda rung: rung.step_id,
    max_size=6,
)
MINUTES = st.lists(st.integers(-300, 6000), max_size=8)


@given(RUNGS, MINUTES)
def test_nobody_is_told_twice_and_nobody_is_forgotten(rungs, minutes):
    done, told = set(), []
    moments = sorted(TARGET + timedelta(minutes=m) for m in minutes)
    for now in moments:
        found = climb(rungs, WARN, TARGET, done, now)
        told += _ids(found.tell)
        done |= set(_ids(found.tell)) | set(_ids(found.skip))
        assert found.next_at is None or found.next_at > now
    assert len(told) == len(set(told))
    last = moments[-1] if moments else datetime.min
    reached = {r.step_id for r in rungs if rung_time(r, WARN, TARGET) <= last}
    assert done == reached
