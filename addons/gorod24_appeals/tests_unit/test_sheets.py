# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from hypothesis import given
from hypothesis import strategies as st
from sheets import cut, height

TEXTS = st.lists(st.tuples(st.text("аб ", max_size=60), st.text("аб ", max_size=60)))


def test_row_is_as_high_as_its_longest_cell():
    assert height(["", ""], [10, 10]) == 1
    assert height(["коротко", "слово слово слово"], [10, 6]) == 3
    assert height(["бездлинногослова"], [4]) == 4


def test_rows_go_on_while_there_is_room():
    rows = [["а"], ["б"], ["в"]]
    assert cut(rows, [5], capacity=2, gap=0) == [[["а"], ["б"]], [["в"]]]
    assert cut(rows, [5], capacity=2, gap=0.5) == [[["а"]], [["б"]], [["в"]]]


def test_row_higher_than_a_sheet_is_not_lost():
    rows = [["а"], ["слово " * 20], ["б"]]
    assert cut(rows, [6], capacity=3) == [[rows[0]], [rows[1]], [rows[2]]]


@given(TEXTS, st.integers(1, 30))
def test_no_row_is_lost_or_moved(rows, capacity):
    sheets = cut(rows, [8, 5], capacity)
    assert [row for sheet in sheets for row in sheet] == rows
    assert all(sheets)


@given(TEXTS, st.integers(2, 30))
def test_sheet_of_several_rows_is_not_overfull(rows, capacity):
    for sheet in cut(rows, [8, 5], capacity):
        if len(sheet) > 1:
            assert sum(height(row, [8, 5]) + 0.5 for row in sheet) <= capacity
