# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telling import RetryRule, is_exhausted, next_attempt

RULE = RetryRule()
MORNING = datetime(2026, 10, 5, 9, 30)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31))
rules = st.builds(
    lambda attempts, days, minutes, busy: RetryRule(
        attempts, min(days, attempts), minutes, busy
    ),
    st.integers(1, 6),
    st.integers(1, 6),
    st.integers(1, 600),
    st.integers(1, 60),
)


def test_three_calls_of_one_morning_are_not_enough():
    missed = [MORNING, MORNING + timedelta(hours=1), MORNING + timedelta(hours=2)]
    assert not is_exhausted(missed, RULE)


def test_three_calls_on_two_days_are_enough():
    missed = [MORNING, MORNING + timedelta(hours=3), MORNING + timedelta(days=1)]
    assert is_exhausted(missed, RULE)


def test_first_miss_is_followed_the_same_day():
    assert next_attempt([MORNING], RULE) == datetime(2026, 10, 5, 11, 30)


def test_busy_line_is_tried_soon():
    assert next_attempt([MORNING], RULE, busy=True) == datetime(2026, 10, 5, 9, 45)


def test_last_attempt_goes_to_another_day_and_another_part_of_it():
    missed = [MORNING, datetime(2026, 10, 5, 12, 30)]
    assert next_attempt(missed, RULE) == datetime(2026, 10, 6, 17, 0)


def test_late_evening_is_followed_in_the_morning():
    evening = datetime(2026, 10, 5, 22, 30)
    assert next_attempt([evening], RULE) == datetime(2026, 10, 6, 9, 0)


@pytest.mark.parametrize("wrong", [{"attempts": 0}, {"days": 4}, {"minutes": 0}])
def test_senseless_rule_is_refused(wrong):
    with pytest.raises(ValueError):
        RetryRule(**wrong)


@given(moments, rules, st.booleans())
def test_following_the_rule_ends_and_never_goes_back(start, rule, busy):
    """Whoever calls exactly when the rule says is done after the attempts it names."""
    missed = [start]
    while not is_exhausted(missed, rule):
        following = next_attempt(missed, rule, busy)
        assert following > missed[-1]
        missed.append(following)
    assert len(missed) == rule.attempts
    assert len({moment.date() for moment in missed}) >= rule.days
