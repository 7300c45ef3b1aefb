# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta

import pytest
from chronicle import Mark, conditions_before, newest, read_mark
from hypothesis import given
from hypothesis import strategies as st

START = datetime(2026, 1, 1)
# Few seconds, few tables: most rows share their second with others.
ROWS = st.sets(st.tuples(st.integers(0, 4), st.integers(0, 3), st.integers(1, 6)))


def marks(rows):
    return {Mark(START + timedelta(seconds=s), rank, row) for s, rank, row in rows}


def holds(domain, mark):
    """Evaluate the only shapes of domain that the package writes."""
    compare = {
        "<": lambda a, b: a < b,
        "<=": lambda a, b: a <= b,
        "=": lambda a, b: a == b,
    }

    def leaf(term):
        name, operator, value = term
        return compare[operator](mark.at if name == "at" else mark.row, value)

    if not domain:
        return True
    if domain[0] == "|":
        return leaf(domain[1]) or (leaf(domain[3]) and leaf(domain[4]))
    return leaf(domain[0])


def page(rows, mark, limit):
    """Ask each table as the database is asked: its newest limit + 1 after the mark."""
    found = []
    for rank in {one.rank for one in rows}:
        mine = [one for one in rows if one.rank == rank]
        after = [one for one in mine if holds(conditions_before("at", rank, mark), one)]
        found += [(one, None) for one in sorted(after, reverse=True)[: limit + 1]]
    return newest(found, limit)


@given(ROWS, st.integers(1, 4))
def test_pages_show_every_row_once_newest_first(rows, limit):
    rows = marks(rows)
    seen, mark, more = [], None, True
    while more:
        shown, more = page(rows, mark, limit)
        seen += [one for one, _nothing in shown]
        mark = seen[-1] if seen else None
    assert seen == sorted(rows, reverse=True)


@given(ROWS)
def test_a_mark_survives_its_way_through_the_browser(rows):
    for mark in marks(rows):
        assert read_mark(mark.as_json()) == mark


@pytest.mark.parametrize("raw", [[1], "now", ["x", 1, 2], [START.isoformat(), "1", 2]])
def test_nonsense_is_no_mark(raw):
    with pytest.raises(ValueError, match="not a mark"):
        read_mark(raw)


def test_first_page_has_no_mark():
    assert read_mark(None) is None
    assert conditions_before("at", 1, None) == []
