# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Which table of sums answers which question."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rollup import (
    DAY,
    MONTH,
    Definition,
    Dimension,
    Level,
    Need,
    choose_level,
    is_month_aligned,
)

NAMES = ("topic", "place", "state")
STAT = Definition(
    table="stat",
    source="facts",
    moment="r.at",
    dimensions=tuple(Dimension(name, "int4", f"r.{name}") for name in NAMES),
    measures=(("number", "1"),),
    levels=(
        Level("month", MONTH, ("topic",)),
        Level("month_place", MONTH, ("topic", "place")),
        Level("topic", DAY, ("topic",)),
        Level("full", DAY, NAMES),
    ),
)


def chosen(*dimensions, days=False):
    return choose_level(STAT, Need(set(dimensions), days)).name


def test_the_smallest_table_that_can_answer():
    assert chosen("topic") == "month"
    assert chosen("place") == "month_place"
    assert chosen("topic", days=True) == "topic"
    assert chosen("place", days=True) == "full"
    assert chosen("state") == "full"
    assert chosen("unknown") == "full"


@pytest.mark.parametrize("granularity", ["month", "quarter", "year", "month_number"])
def test_months_answer_groups_of_months(granularity):
    need = Need()
    need.group_by_day(granularity)
    assert not need.days_matter


@pytest.mark.parametrize("granularity", ["day", "week", None, "day_of_week"])
def test_months_do_not_answer_groups_of_days(granularity):
    need = Need()
    need.group_by_day(granularity)
    assert need.days_matter


@given(
    st.sampled_from([">=", "<", ">", "<="]),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
)
def test_aligned_comparison_treats_a_month_as_one(operator, value, day):
    compare = {
        ">=": lambda d: d >= value,
        "<": lambda d: d < value,
        ">": lambda d: d > value,
        "<=": lambda d: d <= value,
    }[operator]
    if is_month_aligned(operator, value):
        # the month's row stands on its first day
        assert compare(day) == compare(day.replace(day=1))


def test_unknown_comparison_needs_days():
    assert not is_month_aligned("=", date(2026, 1, 1))
    need = Need()
    need.filter_by_day(">=", None)
    assert need.days_matter


def test_fingerprint_changes_with_the_definition():
    other = Definition(**{**STAT.__dict__, "moment": "r.other"})
    assert other.fingerprint() != STAT.fingerprint()


def test_last_day_of_a_month():
    assert is_month_aligned("<=", date(2028, 2, 29))
    assert not is_month_aligned("<=", date(2028, 2, 29) - timedelta(days=1))
