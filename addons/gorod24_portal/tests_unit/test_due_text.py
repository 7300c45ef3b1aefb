# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta

import pytest
from due_text import remaining

NOW = datetime(2026, 11, 23, 12, 0)


@pytest.mark.parametrize(
    ("left", "unit", "major", "minor"),
    [
        (timedelta(minutes=25), "minutes", 25, 0),
        (timedelta(minutes=59, seconds=59), "minutes", 59, 0),
        (timedelta(hours=1), "hours", 1, 0),
        (timedelta(hours=2, minutes=20), "hours_minutes", 2, 20),
        (timedelta(hours=3, minutes=20), "hours", 3, 0),
        (timedelta(hours=47, minutes=59), "hours", 47, 0),
        (timedelta(days=2), "days", 2, 0),
        (timedelta(days=15, hours=23), "days", 15, 0),
        (-timedelta(days=2, hours=3), "days", 2, 0),
        (-timedelta(minutes=5), "minutes", 5, 0),
        (timedelta(0), "minutes", 0, 0),
    ],
)
def test_time_is_told_in_human_units(left, unit, major, minor):
    told = remaining(NOW, NOW + left)
    assert (told.unit, told.major, told.minor) == (unit, major, minor)


@pytest.mark.parametrize(
    ("left", "length", "level"),
    [
        (timedelta(days=10), timedelta(days=15), "fine"),
        (timedelta(days=3), timedelta(days=15), "soon"),
        (timedelta(minutes=50), timedelta(hours=1), "soon"),
        (timedelta(minutes=70), timedelta(hours=2), "fine"),
        (-timedelta(seconds=1), timedelta(hours=2), "late"),
    ],
)
def test_level_follows_the_share_of_the_term(left, length, level):
    due = NOW + left
    assert remaining(NOW, due, due - length).level == level


def test_term_without_start_is_soon_in_its_last_hour():
    assert remaining(NOW, NOW + timedelta(hours=1)).level == "soon"
    assert remaining(NOW, NOW + timedelta(hours=1, minutes=1)).level == "fine"


def test_start_after_due_does_no_harm():
    due = NOW + timedelta(hours=2)
    assert remaining(NOW, due, due + timedelta(days=1)).level == "fine"
