# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import pytest
from forms.call_table import COUNT, HOURS, MARK, SECONDS, SHARE, CallTable, Row, text
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("kind", "value", "signed", "shown"),
    [
        (COUNT, 1234, False, "1\u00a0234"),
        (COUNT, 12, True, "+12"),
        (COUNT, -12, True, "-12"),
        (COUNT, 0, True, "0"),
        (COUNT, None, True, "–"),
        (SECONDS, 0.09, True, "0"),
        (SECONDS, -0.6, True, "-1"),
        (HOURS, 2, True, "0:00"),
        (SHARE, 12.54, False, "12,5"),
        (SHARE, -0.04, True, "0,0"),
        (MARK, 87.25, False, "87,2"),
        (SECONDS, 61.5, False, "62"),
        (HOURS, 11220, False, "3:07"),
        (HOURS, 3599, False, "1:00"),
        (HOURS, -60, True, "-0:01"),
    ],
)
def test_figures_look_as_in_a_russian_document(kind, value, signed, shown):
    assert text(kind, value, signed=signed) == shown


FIGURES = st.lists(
    st.tuples(st.none() | st.integers(0, 10**6), st.none() | st.integers(0, 10**6))
)


@given(FIGURES)
def test_difference_is_of_what_both_years_have(pairs):
    now, before = [one for one, _other in pairs], [other for _one, other in pairs]
    table = CallTable("", [], Row("now", now), Row("before", before))
    for one, other, difference in zip(now, before, table.difference, strict=True):
        if one is None or other is None:
            assert difference is None
        else:
            assert other + difference == one
