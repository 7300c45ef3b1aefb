# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""From a start and a rule to a due moment, with every step kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from .calendar import WorkCalendar
from .rule import MINUTES, WORKING_DAYS, Rule
from .steps import Step

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_WHOLE_DAY = 24 * 60

Pauses = Sequence[tuple[datetime, datetime]]


class Due(NamedTuple):
    """When a term ends, when to warn (None: never) and how that was counted."""

    target: datetime
    warn_at: datetime | None
    steps: tuple[Step, ...]


def due(
    start: datetime,
    rule: Rule,
    calendar: WorkCalendar,
    zone: tzinfo,
    pauses: Pauses = (),
) -> Due:
    """Compute the end of a term.

    The day of the start is not counted: a term in days ends with its last day.

    :param start: naive UTC
    :param zone: time zone of the service: borders of days and windows
    :param pauses: finished pauses (from, to) in naive UTC, not overlapping. A
        term is prolonged by exactly their length; minutes of a rule with a
        window by the part of the pause inside the window; a term in working
        days never ends on a day off.
    """
    steps = [Step("start", {"at": _iso(start, zone)})]
    paused = pause_length(start, rule, zone, pauses)
    if rule.base == MINUTES:
        target = _due_in_minutes(start, rule, zone, paused, steps)
    else:
        target = _due_in_days(start, rule, calendar, zone, paused, steps)
    return Due(target, _warn_at(start, target, paused, rule), tuple(steps))


def pause_length(
    start: datetime, rule: Rule, zone: tzinfo, pauses: Pauses
) -> timedelta:
    """How much the pauses prolong a term of this rule."""
    total = timedelta()
    for begun, ended in pauses:
        begun = max(begun, start)
        if ended > begun:
            total += _counted(begun, ended, rule, zone)
    return total


# MINUTES


def _due_in_minutes(start, rule, zone, paused, steps):
    term = timedelta(minutes=rule.amount)
    target = _advance(start, term, rule, zone)
    if rule.window:
        steps.append(_window_step(rule))
    steps.append(_term_step(rule, target, zone))
    if paused:
        target = _advance(start, term + paused, rule, zone)
        steps.append(_pause_step(paused, target, zone))
    return target


def _advance(moment, length, rule, zone):
    """The moment when `length` of counted time has passed."""
    if not rule.window:
        return moment + length
    day = _local(moment, zone).date()
    while True:
        opening, closing = _window(day, rule, zone)
        moment = max(moment, opening)
        if moment <= closing:
            if length <= closing - moment:
                return moment + length
            length -= closing - moment
        day += _DAY


def _counted(begun, ended, rule, zone):
    """How much of a period a rule counts."""
    if rule.base != MINUTES or not rule.window:
        return ended - begun
    total = timedelta()
    day, last = _local(begun, zone).date(), _local(ended, zone).date()
    while day <= last:
        opening, closing = _window(day, rule, zone)
        total += max(timedelta(), min(ended, closing) - max(begun, opening))
        day += _DAY
    return total


def _window(day, rule, zone):
    opening, closing = rule.window
    return _at(day, opening, zone), _at(day, closing, zone)


# DAYS


def _due_in_days(start, rule, calendar, zone, paused, steps):
    first = _local(start, zone).date()
    last = _last_day(start, first, rule, calendar, zone)
    target = _closing(last, rule, calendar, zone)
    steps.append(_term_step(rule, target, zone))
    if rule.base == WORKING_DAYS:
        steps.extend(_skipped_steps(first, last, calendar))
    target = _shifted(start, target, rule, calendar, zone, steps)
    if paused:
        # added to the shifted end, so that a pause can never shorten a term
        target += paused
        steps.append(_pause_step(paused, target, zone))
        target = _shifted(start, target, rule, calendar, zone, steps)
    if rule.base == WORKING_DAYS or rule.shift != "none":
        years = range(first.year, _local(target, zone).year + 1)
        unknown = [year for year in years if year not in calendar.years]
        steps.extend(Step("no_calendar", {"year": year}) for year in unknown)
    return target


def _last_day(start, first, rule, calendar, zone):
    if rule.base == WORKING_DAYS:
        # a term of no days ends today, or on the first working day after
        last = calendar.add_working(first, rule.amount)
        last = calendar.working_from(last)
    else:
        last = first + rule.amount * _DAY
    if _closing(last, rule, calendar, zone) < start:
        last += _DAY
        if rule.base == WORKING_DAYS:
            last = calendar.working_from(last)
    return last


def _closing(day, rule, calendar, zone):
    """The last moment of a day on which a term in days can end."""
    closing = rule.window[1] if rule.window else _WHOLE_DAY
    if rule.window and rule.base == WORKING_DAYS and calendar.is_short(day):
        closing = max(closing - 60, rule.window[0])
    return _at(day, closing, zone)


def _shifted(start, target, rule, calendar, zone, steps):
    """Move an end that falls on a day off, as the rule says."""
    day = _local(target, zone).date()
    direction = "later" if rule.base == WORKING_DAYS else rule.shift
    if direction == "none" or calendar.is_working(day):
        return target
    step = 1 if direction == "later" else -1
    moved = _closing(calendar.working_from(day, step), rule, calendar, zone)
    # moving earlier must not put the end before the beginning
    if moved < start:
        return target
    steps.append(Step("shift", {"to": _iso(moved, zone)}))
    return moved


def _skipped_steps(first: date, last: date, calendar: WorkCalendar):
    count, holidays = 0, []
    day = first + _DAY
    while day < last:
        if not calendar.is_working(day):
            count += 1
            if day.weekday() < 5:
                holidays.append(day.isoformat())
        day += _DAY
    if count:
        yield Step("skipped", {"count": count, "holidays": holidays})


# COMMON


def _warn_at(start, target, paused, rule):
    if not 0 < rule.warning_share < 1:
        return None
    left = (target - start - paused) * (1 - rule.warning_share)
    return max(start, target - left).replace(microsecond=0)


def _local(moment: datetime, zone: tzinfo) -> datetime:
    return moment.replace(tzinfo=UTC).astimezone(zone)


def _at(day: date, minutes: int, zone: tzinfo) -> datetime:
    """Local minutes after midnight → naive UTC; 24:00 is 23:59:59."""
    if minutes >= _WHOLE_DAY:
        moment = datetime.combine(day + _DAY, time()) - _SECOND
    else:
        moment = datetime.combine(day, time(minutes // 60, minutes % 60))
    return moment.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None)


def _iso(moment: datetime, zone: tzinfo) -> str:
    return _local(moment, zone).replace(tzinfo=None, microsecond=0).isoformat()


def _window_step(rule):
    return Step("window", {"opening": rule.window[0], "closing": rule.window[1]})


def _term_step(rule, target, zone):
    values = {"base": rule.base, "amount": rule.amount, "to": _iso(target, zone)}
    return Step("term", values)


def _pause_step(paused, target, zone):
    minutes = round(paused.total_seconds() / 60)
    return Step("pause", {"minutes": minutes, "to": _iso(target, zone)})
