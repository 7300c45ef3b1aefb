# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The form F3 as figures."""

from datetime import date

from forms import build_topic_table, months_between, year_before

JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)


def lines(table):
    return [
        (r.kind, r.name, r.months, r.total, r.previous, r.difference, r.growth)
        for r in [*table.rows, table.total]
    ]


def test_whole_form():
    table = build_topic_table(
        topics=[
            (11, 1, "01.1", "Water"),
            (12, 1, "01.2", "Heat"),
            (21, 2, "02", "Roads"),
        ],
        sections={1: ("01", "Housing"), 2: ("02", "Streets")},
        counts=[(11, JANUARY, 3), (11, FEBRUARY, 1), (21, FEBRUARY, 5)],
        previous=[(11, 8), (12, 2)],
        months=[JANUARY, FEBRUARY],
    )
    assert lines(table) == [
        ("section", "Housing", [3, 1], 4, 10, -6, -0.6),
        ("topic", "Water", [3, 1], 4, 8, -4, -0.5),
        ("topic", "Heat", [0, 0], 0, 2, -2, -1.0),
        ("section", "Streets", [0, 5], 5, 0, 5, None),
        ("topic", "Roads", [0, 5], 5, 0, 5, None),
        ("total", "", [3, 6], 9, 10, -1, -0.1),
    ]


def test_sections_and_topics_without_figures_are_left_out():
    table = build_topic_table(
        [(11, 1, "", "Water")], {1: ("", "Housing")}, [], [], [JANUARY]
    )
    assert table.rows == []
    assert table.total.total == 0


def test_months_of_a_period():
    assert months_between(date(2025, 12, 15), date(2026, 2, 1)) == [
        date(2025, 12, 1),
        JANUARY,
        FEBRUARY,
    ]


def test_year_before_a_leap_day():
    assert year_before(date(2028, 2, 29)) == date(2027, 2, 28)
    assert year_before(date(2026, 3, 1)) == date(2025, 3, 1)
