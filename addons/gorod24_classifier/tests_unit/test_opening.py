# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opening import (
    HoursError,
    Line,
    Schedule,
    Special,
    Status,
    format_hours,
    parse_hours,
)

WEEK = parse_hours("пн–чт 9:00–18:00, перерыв 13:00–14:00; пт 9–17; сб 10.00-14.00")
MONDAY = date(2026, 11, 23)


def at(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute)


@pytest.mark.parametrize(
    ("moment", "status"),
    [
        (at(23, 8, 59), Status(False, 540, False, (MONDAY, 540))),
        (at(23, 9), Status(True, 780)),
        (at(23, 12, 59), Status(True, 780)),
        (at(23, 13), Status(False, 840, True, (MONDAY, 840))),
        (at(23, 14), Status(True, 1080)),
        (at(23, 18), Status(False, opens=(date(2026, 11, 24), 540))),
        (at(28, 14), Status(False, opens=(date(2026, 11, 30), 540))),
        (at(29, 12), Status(False, opens=(date(2026, 11, 30), 540))),
    ],
)
def test_open_until_and_opens_on(moment, status):
    assert Schedule(WEEK).status(moment) == status


def test_round_the_clock_never_closes():
    assert Schedule(parse_hours("круглосуточно")).status(at(23, 3)) == Status(True)


def test_the_night_belongs_to_the_opening_of_the_evening():
    bar = Schedule(parse_hours("пт 20:00-24:00; сб 0:00-4:00"))
    assert bar.status(at(27, 23)) == Status(True, 4 * 60)
    assert bar.status(at(28, 3)) == Status(True, 4 * 60)
    assert not bar.status(at(28, 4)).is_open


def test_holidays_and_special_days_win_over_the_week():
    holiday = Schedule(WEEK, is_day_off=lambda day: day == MONDAY)
    assert holiday.status(at(23, 10)).opens == (date(2026, 11, 24), 540)
    short = Schedule(WEEK, [Special(MONDAY, MONDAY, 600, 720)])
    assert short.status(at(23, 9, 30)).opens == (MONDAY, 600)
    assert short.status(at(23, 11)) == Status(True, 720)
    closed = Schedule(WEEK, [Special(MONDAY, date(2026, 11, 25))])
    assert closed.status(at(23, 10)).opens == (date(2026, 11, 26), 540)
    # a special day works even on a public holiday
    both = Schedule(WEEK, [Special(MONDAY, MONDAY, 600, 720)], lambda _day: True)
    assert both.status(at(23, 11)).is_open


def test_a_service_without_hours_has_no_next_opening():
    assert Schedule([]).status(at(23, 10)) == Status(False)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ПН-ПТ: 8.00 – 17.00 (обед 12-13)", "пн–пт 8:00–17:00, перерыв 12:00–13:00"),
        ("ежедневно с 9 до 21", "ежедневно 9:00–21:00"),
        ("9-21", "ежедневно 9:00–21:00"),
        ("Круглосуточно", "ежедневно круглосуточно"),
        ("пн, ср 10-12; вс выходной", "пн 10:00–12:00; ср 10:00–12:00"),
        ("суббота-понедельник 10-12", "пн 10:00–12:00; сб–вс 10:00–12:00"),
        ("", ""),
    ],
)
def test_hours_are_read_as_people_write_them(text, shown):
    assert format_hours(parse_hours(text)) == shown


@pytest.mark.parametrize(
    ("text", "code", "part"),
    [
        ("пн-пт по записи", "unknown", "пн-пт по записи"),
        ("пн 18-9", "order", "пн 18-9"),
        ("пн 9-25", "order", "пн 9-25"),
        ("пн 9:75-12", "unknown", "пн 9:75-12"),
        ("пн 9-18, перерыв 8-9", "break", "пн 9-18, перерыв 8-9"),
        ("пн-ср 9-18; вт 9-12", "twice", "вт 9-12"),
    ],
)
def test_bad_hours_are_named(text, code, part):
    with pytest.raises(HoursError) as refused:
        parse_hours(text)
    assert (refused.value.code, refused.value.part) == (code, part)


minutes = st.lists(st.integers(0, 1440), min_size=4, max_size=4, unique=True)


@given(st.dictionaries(st.integers(0, 6), st.tuples(minutes, st.booleans())))
def test_written_hours_are_read_back(week):
    lines = []
    for weekday, (points, pause) in sorted(week.items()):
        start, first, last, end = sorted(points)
        lines.append(
            Line(weekday, start, end, first, last)
            if pause
            else Line(weekday, start, end)
        )
    for lang in ("ru_RU", "en_US"):
        assert parse_hours(format_hours(lines, lang)) == lines
