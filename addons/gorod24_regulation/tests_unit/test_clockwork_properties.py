# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What must hold for every start, rule, calendar and zone."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

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
    due,
    extended,
    pause_length,
    statutory_days,
)
from hypothesis import given, settings
from hypothesis import strategies as st

ZONES = [
    ZoneInfo(name)
    for name in ("Asia/Barnaul", "Europe/Moscow", "UTC", "Europe/Berlin", "Asia/Kabul")
]
YEARS = range(2024, 2029)
STATUTORY = {day: kind for year in YEARS for day, kind in statutory_days(year).items()}

zones = st.sampled_from(ZONES)
starts = st.datetimes(datetime(2025, 1, 1), datetime(2026, 12, 31)).map(
    lambda moment: moment.replace(microsecond=0)
)
calendars = st.dictionaries(
    st.dates(date(2024, 12, 1), date(2027, 12, 31)),
    st.sampled_from([OFF, WORK, SHORT]),
    max_size=40,
).map(lambda days: WorkCalendar({**STATUTORY, **days}, YEARS))
windows = st.tuples(st.integers(0, 1380), st.integers(30, 1440)).map(
    lambda pair: (pair[0], min(1440, pair[0] + pair[1]))
)
maybe_windows = st.one_of(st.none(), windows)
shares = st.sampled_from([0.0, 0.5, 0.8, 0.95])


def rules(bases=(CALENDAR_DAYS, WORKING_DAYS, MINUTES), window=maybe_windows, low=0):
    return st.builds(
        Rule,
        kind=st.just(EXECUTION),
        base=st.sampled_from(bases),
        amount=st.integers(low, 60),
        window=window,
        warning_share=shares,
        shift=st.sampled_from(["none", "earlier", "later"]),
    )


plain = {"window": st.none()}
# a shortened day still has an hour to work in
work_rules = rules(bases=(WORKING_MINUTES,), window=st.just((480, 1020)))
any_rules = st.one_of(rules(), work_rules)


@st.composite
def pauses_after(draw, start, most=4):
    """Pauses one after another, none overlapping."""
    moment, found = start, []
    for _index in range(draw(st.integers(0, most))):
        begin = moment + timedelta(minutes=draw(st.integers(0, 2000)))
        moment = begin + timedelta(minutes=draw(st.integers(0, 5000)))
        found.append((begin, moment))
    return found


def local(moment, zone):
    return moment.replace(tzinfo=UTC).astimezone(zone)


@given(starts, any_rules, calendars, zones)
def test_never_before_the_start(start, rule, calendar, zone):
    result = due(start, rule, calendar, zone)
    assert result.target >= start
    if result.warn_at:
        assert start <= result.warn_at <= result.target


@given(starts, st.integers(0, 10**6), any_rules, calendars, zones)
def test_a_later_start_is_never_due_earlier(start, seconds, rule, calendar, zone):
    later = start + timedelta(seconds=seconds)
    first = due(start, rule, calendar, zone).target
    assert first <= due(later, rule, calendar, zone).target


@given(starts, any_rules, st.integers(0, 30), calendars, zones)
def test_a_longer_term_is_never_due_earlier(start, rule, more, calendar, zone):
    longer = Rule(**{**rule.__dict__, "amount": rule.amount + more})
    first = due(start, rule, calendar, zone).target
    assert first <= due(start, longer, calendar, zone).target


@given(st.data(), starts, calendars, zones)
def test_pauses_add_exactly_their_length(data, start, calendar, zone):
    rule = data.draw(rules(bases=(CALENDAR_DAYS, MINUTES), **plain))
    rule = Rule(**{**rule.__dict__, "shift": "none"})
    pauses = data.draw(pauses_after(start))
    without = due(start, rule, calendar, zone)
    length = timedelta()
    for begin, end in pauses:
        if begin < without.target + length:
            length += end - begin
    paused = due(start, rule, calendar, zone, pauses)
    assert paused.target - without.target == length
    if without.warn_at:
        drift = paused.warn_at - without.warn_at - length
        assert abs(drift) <= timedelta(seconds=1)


@given(st.data(), starts, calendars, zones)
def test_pauses_never_shorten_any_term(data, start, calendar, zone):
    rule = data.draw(any_rules)
    pauses = data.draw(pauses_after(start))
    without = due(start, rule, calendar, zone).target
    assert due(start, rule, calendar, zone, pauses).target >= without


@given(st.data(), starts, calendars, zones)
def test_working_terms_end_on_working_days(data, start, calendar, zone):
    rule = data.draw(rules(bases=(WORKING_DAYS,)))
    pauses = data.draw(pauses_after(start))
    target = due(start, rule, calendar, zone, pauses).target
    assert calendar.is_working(local(target, zone).date())


@given(starts, rules(bases=(WORKING_DAYS,), low=1, **plain), calendars, zones)
def test_working_terms_hold_exactly_their_days(start, rule, calendar, zone):
    target = due(start, rule, calendar, zone).target
    day, last = local(start, zone).date(), local(target, zone).date()
    counted = 0
    while day < last:
        day += timedelta(days=1)
        counted += calendar.is_working(day)
    assert counted == rule.amount


@given(starts, rules(bases=(CALENDAR_DAYS,), **plain), calendars, zones)
def test_calendar_terms_end_with_the_local_day(start, rule, calendar, zone):
    target = local(due(start, rule, calendar, zone).target, zone)
    assert (target.hour, target.minute, target.second) == (23, 59, 59)
    if rule.shift == "none":
        first = local(start, zone).date()
        assert target.date() - first == timedelta(days=rule.amount)


@given(starts, rules(bases=(MINUTES,), **plain), calendars, zones)
def test_minutes_run_round_the_clock(start, rule, calendar, zone):
    target = due(start, rule, calendar, zone).target
    assert target - start == timedelta(minutes=rule.amount)


@settings(max_examples=200)
@given(starts, st.integers(1, 3000), windows, calendars)
def test_window_minutes_are_all_inside_the_window(start, amount, window, calendar):
    zone = ZONES[0]  # no daylight saving: a window is as long every day
    rule = Rule(kind=EXECUTION, base=MINUTES, amount=amount, window=window)
    target = due(start, rule, calendar, zone).target
    moment = local(target, zone).replace(tzinfo=None)
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
    assert window[0] * 60 <= seconds <= window[1] * 60
    counted, day = timedelta(), local(start, zone).date()
    while day <= moment.date():
        midnight = datetime.combine(day, datetime.min.time())
        opening = midnight + timedelta(minutes=window[0])
        end = timedelta(minutes=window[1])
        begin = max(opening, local(start, zone).replace(tzinfo=None))
        counted += max(timedelta(), min(midnight + end, moment) - begin)
        day += timedelta(days=1)
    # a term that ends at 24:00 is shown as 23:59:59
    last = timedelta(seconds=seconds % 60 == 59 and window[1] == 1440)
    assert counted + last == timedelta(minutes=amount)


@given(st.data(), starts, calendars, zones)
def test_a_pause_after_the_end_changes_nothing(data, start, calendar, zone):
    rule = data.draw(any_rules)
    pauses = data.draw(pauses_after(start))
    result = due(start, rule, calendar, zone, pauses)
    begin = result.target + timedelta(seconds=data.draw(st.integers(0, 10**6)))
    later = (begin, begin + timedelta(seconds=data.draw(st.integers(0, 10**6))))
    if all(end < begin for _begin, end in pauses):
        assert due(start, rule, calendar, zone, [*pauses, later]) == result


@given(starts, st.integers(0, 20000), calendars, zones)
def test_a_whole_day_window_is_round_the_clock(start, amount, calendar, zone):
    rule = Rule(kind=EXECUTION, base=MINUTES, amount=amount, window=(0, 1440))
    exact = start + timedelta(minutes=amount)
    assert abs(due(start, rule, calendar, zone).target - exact) <= timedelta(seconds=1)


@given(starts, any_rules, calendars, zones)
def test_steps_begin_with_the_start_and_end_at_the_target(start, rule, calendar, zone):
    result = due(start, rule, calendar, zone)
    assert result.steps[0].code == "start"
    ends = [step.values["to"] for step in result.steps if "to" in step.values]
    shown = local(result.target, zone).replace(tzinfo=None, microsecond=0)
    assert ends[-1] == shown.isoformat()


@given(st.data(), starts, calendars, zones)
def test_splitting_a_pause_changes_nothing(data, start, calendar, zone):
    rule = data.draw(any_rules)
    pauses = data.draw(pauses_after(start))
    pieces = []
    for begin, end in pauses:
        seconds = int((end - begin).total_seconds())
        middle = begin + timedelta(seconds=data.draw(st.integers(0, seconds)))
        pieces += [(middle, end), (begin, middle)]
    whole = due(start, rule, calendar, zone, pauses)
    split = due(start, rule, calendar, zone, pieces)
    assert split == whole


@given(st.data(), starts, calendars, zones)
def test_a_pause_told_twice_counts_once(data, start, calendar, zone):
    rule = data.draw(any_rules)
    pauses = data.draw(pauses_after(start))
    once = due(start, rule, calendar, zone, pauses)
    assert due(start, rule, calendar, zone, pauses + pauses) == once


@given(st.data(), starts, calendars, zones)
def test_the_end_never_moves_back_while_time_passes(data, start, calendar, zone):
    rule = data.draw(any_rules)
    begin = start + timedelta(minutes=data.draw(st.integers(0, 20000)))
    first, later = sorted(data.draw(st.integers(0, 20000)) for _index in range(2))
    ends = [begin + timedelta(minutes=length) for length in (first, later)]
    one, two = (due(start, rule, calendar, zone, [(begin, end)]) for end in ends)
    assert one.target <= two.target
    if one.warn_at:
        assert one.warn_at <= two.warn_at


@given(starts, work_rules, calendars)
def test_working_minutes_are_all_in_working_time(start, rule, calendar):
    zone = ZONES[0]  # no daylight saving: a working day is as long every day
    target = due(start, rule, calendar, zone).target
    counted = pause_length(start, rule, calendar, zone, [(start, target)])
    assert counted == timedelta(minutes=rule.amount)
    here = local(target, zone)
    assert calendar.is_working(here.date())
    closing = 960 if calendar.is_short(here.date()) else 1020
    assert 480 <= here.hour * 60 + here.minute <= closing


@settings(max_examples=400)
@given(
    rules(bases=(WORKING_DAYS,), window=st.none()),
    starts,
    st.integers(1, 20),
    st.integers(1, 20_000),
    zones,
    calendars,
)
def test_an_extended_working_term_ends_on_a_working_day(
    rule, start, more, minutes, zone, calendar
):
    """A pause after the extension moves the end to the end of a working day."""
    longer = replace(rule, amount=rule.amount + more)
    new_end = due(start, longer, calendar, zone).target
    pause = (start, start + timedelta(minutes=minutes))
    end = extended(start, new_end, rule, calendar, zone, [pause])
    local = end.replace(tzinfo=UTC).astimezone(zone)
    assert calendar.is_working(local.date())
    assert (local.hour, local.minute) == (23, 59)
    assert end >= new_end + (pause[1] - pause[0])
