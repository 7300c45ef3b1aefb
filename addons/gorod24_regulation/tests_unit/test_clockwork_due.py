# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Known answers: what a lawyer would write by hand."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from clockwork import (
    CALENDAR_DAYS,
    EXECUTION,
    MINUTES,
    OFF,
    SHORT,
    WORK,
    WORKING_DAYS,
    WORKING_MINUTES,
    Rule,
    WorkCalendar,
    days_form,
    due,
    statutory_days,
)

ZONE = ZoneInfo("Asia/Barnaul")
CALENDAR = WorkCalendar(
    {**statutory_days(2026), date(2026, 1, 9): OFF, date(2026, 12, 31): OFF}, [2026]
)


def utc(*local):
    moment = datetime(*local, tzinfo=ZONE)
    return moment.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)


def end_of(*day):
    return utc(*day, 23, 59, 59)


def rule(base, amount, **options):
    return Rule(kind=EXECUTION, base=base, amount=amount, **options)


def target(start, term, calendar=CALENDAR, pauses=()):
    return due(start, term, calendar, ZONE, pauses).target


def test_fifteen_calendar_days_end_with_the_fifteenth_day():
    start = utc(2026, 11, 23, 10, 15)
    assert target(start, rule(CALENDAR_DAYS, 15)) == end_of(2026, 12, 8)


def test_day_border_is_that_of_the_service_zone():
    before, after = datetime(2026, 11, 23, 16, 59), datetime(2026, 11, 23, 17, 1)
    term = rule(CALENDAR_DAYS, 1)
    assert target(before, term) == end_of(2026, 11, 24)
    assert target(after, term) == end_of(2026, 11, 25)


@pytest.mark.parametrize(
    ("shift", "expected"),
    [("none", (2026, 11, 4)), ("earlier", (2026, 11, 3)), ("later", (2026, 11, 5))],
)
def test_calendar_term_leaves_a_holiday_as_the_rule_says(shift, expected):
    start = utc(2026, 10, 5, 9, 0)
    assert target(start, rule(CALENDAR_DAYS, 30, shift=shift)) == end_of(*expected)


def test_shift_earlier_never_precedes_the_start():
    saturday = utc(2026, 11, 21, 12, 0)
    term = rule(CALENDAR_DAYS, 1, shift="earlier")
    assert target(saturday, term) == end_of(2026, 11, 22)


def test_working_days_skip_weekends_and_holidays():
    start = utc(2025, 12, 29, 10, 0)
    calendar = WorkCalendar(
        {**statutory_days(2025), **statutory_days(2026), date(2025, 12, 31): OFF},
        [2025, 2026],
    )
    # 30 December is the first day, 9 January the second
    assert target(start, rule(WORKING_DAYS, 2), calendar) == end_of(2026, 1, 9)


def test_moved_saturday_is_a_working_day():
    calendar = WorkCalendar({date(2025, 11, 1): WORK, date(2025, 11, 3): OFF}, [2025])
    friday = utc(2025, 10, 31, 10, 0)
    assert target(friday, rule(WORKING_DAYS, 1), calendar) == end_of(2025, 11, 1)
    assert target(friday, rule(WORKING_DAYS, 2), calendar) == end_of(2025, 11, 4)


def test_working_term_of_no_days_waits_for_a_working_day():
    saturday = utc(2026, 11, 21, 12, 0)
    assert target(saturday, rule(WORKING_DAYS, 0)) == end_of(2026, 11, 23)


def test_working_day_ends_at_the_window_an_hour_earlier_before_a_holiday():
    term = rule(WORKING_DAYS, 1, window=(8 * 60, 17 * 60))
    assert CALENDAR.is_short(date(2026, 11, 3))
    assert target(utc(2026, 11, 2, 9, 0), term) == utc(2026, 11, 3, 16, 0)
    assert target(utc(2026, 11, 5, 9, 0), term) == utc(2026, 11, 6, 17, 0)


def test_minutes_run_at_night_and_on_holidays():
    start = utc(2026, 12, 31, 23, 50)
    assert target(start, rule(MINUTES, 30)) == utc(2027, 1, 1, 0, 20)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ((2026, 11, 23, 12, 0), (2026, 11, 23, 14, 0)),
        ((2026, 11, 23, 22, 30), (2026, 11, 24, 9, 30)),
        ((2026, 11, 23, 23, 30), (2026, 11, 24, 10, 0)),
        ((2026, 11, 23, 3, 0), (2026, 11, 23, 10, 0)),
        ((2026, 11, 23, 21, 0), (2026, 11, 23, 23, 0)),
    ],
)
def test_refuse_chute_hours_run_from_8_to_23(start, expected):
    term = rule(MINUTES, 120, window=(8 * 60, 23 * 60))
    assert target(utc(*start), term) == utc(*expected)


def test_pause_prolongs_by_its_length():
    start = utc(2026, 11, 23, 10, 0)
    pause = (utc(2026, 11, 24, 9, 0), utc(2026, 11, 24, 11, 15))
    result = target(start, rule(CALENDAR_DAYS, 15), pauses=[pause])
    assert result == utc(2026, 12, 9, 2, 14, 59)


def test_pause_of_a_window_rule_counts_inside_the_window_only():
    term = rule(MINUTES, 120, window=(8 * 60, 23 * 60))
    start = utc(2026, 11, 23, 22, 0)
    pause = (utc(2026, 11, 23, 22, 30), utc(2026, 11, 24, 9, 0))
    # 30 min are spent; the night is no part of the pause; 90 min are left
    assert target(start, term, pauses=[pause]) == utc(2026, 11, 24, 10, 30)


def test_working_term_with_a_pause_does_not_end_on_a_day_off():
    start = utc(2026, 11, 26, 10, 0)
    pause = (utc(2026, 11, 26, 12, 0), utc(2026, 11, 27, 12, 0))
    result = target(start, rule(WORKING_DAYS, 1), pauses=[pause])
    assert result == end_of(2026, 11, 30)


def test_pause_never_shortens_a_term_that_was_moved_from_a_day_off():
    sunday = utc(2026, 11, 22, 12, 0)
    term = rule(CALENDAR_DAYS, 0, shift="later")
    pause = (sunday, utc(2026, 11, 22, 12, 1))
    assert target(sunday, term) == end_of(2026, 11, 23)
    # one minute past Monday's end is Tuesday, and a term in days ends with its day
    assert target(sunday, term, pauses=[pause]) == end_of(2026, 11, 24)


def test_warning_comes_after_its_share_of_the_term():
    start = utc(2026, 11, 23, 10, 0)
    result = due(start, rule(MINUTES, 100, warning_share=0.8), CALENDAR, ZONE)
    assert result.warn_at == utc(2026, 11, 23, 11, 20)
    assert due(start, rule(MINUTES, 100), CALENDAR, ZONE).warn_at is None


def test_steps_tell_the_whole_story():
    start = utc(2026, 10, 30, 10, 0)
    result = due(start, rule(WORKING_DAYS, 5), CALENDAR, ZONE)
    assert [step.as_json() for step in result.steps] == [
        {"code": "start", "at": "2026-10-30T10:00:00"},
        {
            "code": "term",
            "base": "working_days",
            "amount": 5,
            "to": "2026-11-09T23:59:59",
        },
        {"code": "skipped", "count": 5, "holidays": ["2026-11-04"]},
    ]


def test_a_year_without_a_calendar_is_named():
    result = due(utc(2028, 3, 1, 9, 0), rule(WORKING_DAYS, 1), CALENDAR, ZONE)
    assert [s.values for s in result.steps if s.code == "no_calendar"] == [
        {"year": 2028}
    ]


def test_rule_is_in_force_on_both_border_days():
    term = rule(MINUTES, 1, valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31))
    assert term.is_valid_on(date(2026, 1, 1))
    assert term.is_valid_on(date(2026, 12, 31))
    assert not term.is_valid_on(date(2025, 12, 31))
    assert not term.is_valid_on(date(2027, 1, 1))


def test_statutory_days_of_2027():
    days = statutory_days(2027)
    assert days[date(2027, 5, 3)] == OFF
    assert days[date(2027, 5, 10)] == OFF
    assert days[date(2027, 6, 14)] == OFF
    short = sorted(day for day, kind in days.items() if kind == SHORT)
    assert [(day.month, day.day) for day in short] == [
        (2, 22),
        (4, 30),
        (6, 11),
        (11, 3),
        (12, 31),
    ]


@pytest.mark.parametrize(
    ("count", "expected"),
    [(1, "день"), (2, "дня"), (5, "дней"), (11, "дней"), (21, "день"), (112, "дней")],
)
def test_russian_noun_forms(count, expected):
    assert days_form(count, ["день", "дня", "дней"]) == expected


# WORKING TIME


def working(minutes):
    return rule(WORKING_MINUTES, minutes, window=(8 * 60, 17 * 60))


def test_working_hours_pass_over_the_evening_and_the_days_off():
    # Friday 16:00 and four hours: one of them on Friday, three on Monday
    assert target(utc(2026, 11, 20, 16, 0), working(240)) == utc(2026, 11, 23, 11, 0)


def test_shortened_day_has_an_hour_less():
    # 30.04.2026 is shortened: until 16:00; then 1–3 May are days off
    assert target(utc(2026, 4, 30, 15, 0), working(120)) == utc(2026, 5, 4, 9, 0)


def test_shortened_day_is_named_in_the_steps():
    steps = due(utc(2026, 4, 30, 15, 0), working(120), CALENDAR, ZONE).steps
    days = [step.values["days"] for step in steps if step.code == "shortened"]
    assert days == [["2026-04-30"]]


def test_working_hours_begun_on_a_day_off_begin_in_the_morning_after():
    assert target(utc(2026, 11, 22, 3, 0), working(30)) == utc(2026, 11, 23, 8, 30)


def test_a_pause_at_night_prolongs_no_working_hours():
    night = [(utc(2026, 11, 23, 18, 0), utc(2026, 11, 24, 7, 0))]
    begun = utc(2026, 11, 23, 16, 0)
    assert target(begun, working(120), pauses=night) == target(begun, working(120))


def test_working_minutes_without_hours_are_no_rule():
    with pytest.raises(ValueError, match="hours of the working day"):
        rule(WORKING_MINUTES, 30)


def test_warning_of_a_window_comes_inside_the_window():
    # two hours of refuse chute begun at 22:30 end at 9:30; half of them is 8:30
    term = rule(MINUTES, 120, window=(8 * 60, 23 * 60), warning_share=0.5)
    found = due(utc(2026, 11, 23, 22, 30), term, CALENDAR, ZONE)
    assert found.target == utc(2026, 11, 24, 9, 30)
    assert found.warn_at == utc(2026, 11, 24, 8, 30)
