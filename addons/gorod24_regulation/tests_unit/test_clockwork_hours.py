# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Daily hours of a service."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from clockwork import DailyHours
from hypothesis import given
from hypothesis import strategies as st

ZONE = ZoneInfo("Asia/Barnaul")
HOTLINE = DailyHours(8 * 60, 20 * 60)

moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31))
hours = st.tuples(st.integers(0, 1439), st.integers(1, 1440)).map(
    lambda pair: DailyHours(pair[0], min(1440, pair[0] + pair[1]))
)


def utc(*local):
    return datetime(*local, tzinfo=ZONE).astimezone(UTC).replace(tzinfo=None)


@pytest.mark.parametrize(
    ("hour", "minute", "is_open"),
    [(7, 59, False), (8, 0, True), (19, 59, True), (20, 0, False)],
)
def test_edges(hour, minute, is_open):
    assert HOTLINE.is_open(utc(2026, 11, 28, hour, minute), ZONE) is is_open


def test_next_opening_is_today_or_tomorrow():
    assert HOTLINE.next_open(utc(2026, 11, 28, 7, 0), ZONE) == utc(2026, 11, 28, 8, 0)
    assert HOTLINE.next_open(utc(2026, 11, 28, 20, 0), ZONE) == utc(2026, 11, 29, 8, 0)
    noon = utc(2026, 11, 28, 12, 0)
    assert HOTLINE.next_open(noon, ZONE) == noon


@given(moments)
def test_round_the_clock_is_always_open(moment):
    always = DailyHours(0, 1440)
    assert always.is_round_the_clock()
    assert always.next_open(moment, ZONE) == moment


@given(moments, hours)
def test_next_opening_is_open_and_within_a_day(moment, daily):
    opening = daily.next_open(moment, ZONE)
    assert daily.is_open(opening, ZONE)
    assert moment <= opening <= moment + timedelta(days=1)


@given(moments, hours, hours)
def test_common_hours_are_open_in_both(moment, one, two):
    both = one.common(two)
    in_both = one.is_open(moment, ZONE) and two.is_open(moment, ZONE)
    assert in_both == bool(both and both.is_open(moment, ZONE))
