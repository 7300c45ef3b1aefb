# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Seasons; run with pytest, no Odoo needed."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from season import LEAP_YEAR, as_date, in_season, parse_day

DAYS = st.dates(datetime.date(LEAP_YEAR, 1, 1), datetime.date(LEAP_YEAR, 12, 31))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("10-15", "10-15"),
        ("4-1", "04-01"),
        (" 15.10 ", "10-15"),
        ("15.10.", "10-15"),
        ("1/4", "04-01"),
        ("02-29", "02-29"),
        ("02-30", None),
        ("13-01", None),
        ("00-00", None),
        ("октябрь", None),
        ("", None),
        (None, None),
    ],
)
def test_parse_day(text, day):
    assert parse_day(text) == day


@pytest.mark.parametrize(
    ("date", "inside"),
    [
        ("2026-10-14", False),
        ("2026-10-15", True),
        ("2026-12-31", True),
        ("2027-01-01", True),
        ("2027-04-15", True),
        ("2027-04-16", False),
    ],
)
def test_winter_goes_over_new_year(date, inside):
    assert in_season("10-15", "04-15", datetime.date.fromisoformat(date)) is inside


def test_no_season_is_the_whole_year():
    assert in_season("", "", datetime.date(2026, 7, 1))


@given(DAYS, DAYS, DAYS)
def test_a_day_is_in_a_season_or_in_the_rest_of_the_year(first, last, date):
    before = (first - datetime.timedelta(1)).replace(year=LEAP_YEAR)
    after = (last + datetime.timedelta(1)).replace(year=LEAP_YEAR)
    keys = [day.strftime("%m-%d") for day in (first, last, before, after)]
    if keys[3] == keys[0]:
        return  # the season is the whole year, there is no rest
    season = in_season(keys[0], keys[1], date)
    rest = in_season(keys[3], keys[2], date)
    assert season is not rest


@given(DAYS)
def test_shown_and_read_again_is_the_same(date):
    assert as_date(date.strftime("%m-%d")) == date
    assert parse_day(f"{date.day}.{date.month}") == date.strftime("%m-%d")
