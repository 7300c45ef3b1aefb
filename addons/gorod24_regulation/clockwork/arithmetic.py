# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""From a start and a rule to a due moment, with every step kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from .calendar import WorkCalendar
from .hours import WHOLE_DAY, local, moment_at, opening_and_closing
from .rule import MINUTES, WORKING_DAYS, WORKING_MINUTES, Rule
from .steps import Step

_DAY = timedelta(days=1)
#: Bases counted in minutes: the term ends at a minute, not with a day.
_COUNTED = (MINUTES, WORKING_MINUTES)
#: Bases for which it matters which days are days off.
_OF_WORK = (WORKING_DAYS, WORKING_MINUTES)

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
    :param pauses: finished pauses (from, to) in naive UTC; time in two of them
        counts once. A term is prolonged by exactly their length; minutes of a
        rule with a window by the part of the pause inside the window; a term
        that minds days off still ends with a whole day. A pause that begins when
        the term is over comes too late: what was missed stays missed.
    """
    kept, found = [], _due(start, rule, calendar, zone, ())
    for pause in _merged(pauses):
        if pause[0] >= found.target:
            break
        kept.append(pause)
        found = _due(start, rule, calendar, zone, kept)
    return found


def extended(
    decided: datetime,
    new_target: datetime,
    rule: Rule,
    calendar: WorkCalendar,
    zone: tzinfo,
    pauses: Pauses = (),
) -> datetime:
    """The end of a term that was extended to a moment, with the pauses since then.

    A term that minds days off ends with a whole working day after a pause, too.

    :param decided: when it was extended: earlier pauses are in the new end already
    """
    kept, target = [], new_target
    for pause in _merged(pauses):
        if pause[0] >= target:
            break
        kept.append(pause)
        length = pause_length(decided, rule, calendar, zone, kept)
        target = new_target + length
        if length and rule.base not in _COUNTED:
            target = _whole_day(decided, target, rule, calendar, zone, [])
            target = max(
                new_target, _shifted(decided, target, rule, calendar, zone, [])
            )
    return target


def _merged(pauses):
    """Pauses in their order, those that touch as one."""
    found = []
    for begun, ended in sorted(pauses):
        if found and begun <= found[-1][1]:
            found[-1] = (found[-1][0], max(ended, found[-1][1]))
        else:
            found.append((begun, ended))
    return found


def _due(start, rule, calendar, zone, pauses):
    steps = [Step("start", {"at": _iso(start, zone)})]
    paused = pause_length(start, rule, calendar, zone, pauses)
    if rule.base in _COUNTED:
        target = _due_in_minutes(start, rule, calendar, zone, paused, steps)
        warn_at = _warn_in_minutes(start, rule, calendar, zone, paused)
    else:
        target = _due_in_days(start, rule, calendar, zone, paused, steps)
        warn_at = _warn_in_days(start, target, paused, rule)
    if rule.base in _OF_WORK or rule.base not in _COUNTED and rule.shift != "none":
        steps += _unknown_years(start, target, calendar, zone)
    return Due(target, warn_at, tuple(steps))


def pause_length(
    start: datetime, rule: Rule, calendar: WorkCalendar, zone: tzinfo, pauses: Pauses
) -> timedelta:
    """How much the pauses prolong a term of this rule."""
    total, last = timedelta(), start
    for begun, ended in sorted(pauses):
        begun = max(begun, last)
        if ended > begun:
            total += _counted(begun, ended, rule, calendar, zone)
            last = ended
    return total


# MINUTES


def _due_in_minutes(start, rule, calendar, zone, paused, steps):
    term = timedelta(minutes=rule.amount)
    target = _advance(start, term, rule, calendar, zone)
    if rule.window:
        steps.append(_window_step(rule))
    steps.append(_term_step(rule, target, zone))
    if rule.base == WORKING_MINUTES:
        first, last = local(start, zone).date(), local(target, zone).date()
        steps.extend(_skipped_steps(first, last, calendar))
        steps.extend(_shortened_steps(first, last, calendar))
    if paused:
        target = _advance(start, term + paused, rule, calendar, zone)
        steps.append(_pause_step(paused, target, zone))
    return target


def _warn_in_minutes(start, rule, calendar, zone, paused):
    """The moment when the share of the counted time has passed."""
    if not 0 < rule.warning_share < 1:
        return None
    length = timedelta(minutes=rule.amount) * rule.warning_share + paused
    return _advance(start, length, rule, calendar, zone).replace(microsecond=0)


def _advance(moment, length, rule, calendar, zone):
    """The moment when `length` of counted time has passed."""
    if not rule.window:
        return moment + length
    day = local(moment, zone).date()
    while True:
        window = _window(day, rule, calendar, zone)
        if window:
            moment = max(moment, window[0])
            if moment <= window[1]:
                if length <= window[1] - moment:
                    # the last minute of a day is shown as 23:59:59, not as tomorrow
                    last = moment_at(day, rule.window[1], zone)
                    return max(moment, min(moment + length, last))
                length -= window[1] - moment
        day += _DAY


def _counted(begun, ended, rule, calendar, zone):
    """How much of a period a rule counts."""
    if rule.base not in _COUNTED or not rule.window:
        return ended - begun
    total = timedelta()
    day, last = local(begun, zone).date(), local(ended, zone).date()
    while day <= last:
        window = _window(day, rule, calendar, zone)
        if window:
            total += max(timedelta(), min(ended, window[1]) - max(begun, window[0]))
        day += _DAY
    return total


def _window(day, rule, calendar, zone):
    """Counted hours of a day (naive UTC), None when nothing is counted on it."""
    opening, closing = rule.window
    if rule.base == WORKING_MINUTES:
        if not calendar.is_working(day):
            return None
        if calendar.is_short(day):
            closing = max(closing - 60, opening)
    begun, ended = opening_and_closing(day, opening, closing, zone)
    # 24:00 is the next midnight: a second a day must not be lost
    return begun, moment_at(day + _DAY, 0, zone) if closing >= WHOLE_DAY else ended


# DAYS


def _due_in_days(start, rule, calendar, zone, paused, steps):
    first = local(start, zone).date()
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
        target = _whole_day(start, target, rule, calendar, zone, steps)
        target = _shifted(start, target, rule, calendar, zone, steps)
    return target


def _whole_day(start, target, rule, calendar, zone, steps):
    """The end of the day a pause moved the term to, where days off matter.

    Otherwise a longer pause could end a term earlier: one that reaches Saturday
    gives all of Monday, one that reaches Monday noon only its half.
    """
    direction = "later" if rule.base == WORKING_DAYS else rule.shift
    if direction == "none":
        return target
    day = local(target, zone).date()
    end = _closing(day, rule, calendar, zone)
    if end < target and direction == "later":
        end = _closing(day + _DAY, rule, calendar, zone)
    if end == target or end < start:
        return target
    steps.append(Step("day_end", {"to": _iso(end, zone)}))
    return end


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
    closing = rule.window[1] if rule.window else WHOLE_DAY
    if rule.window and rule.base == WORKING_DAYS and calendar.is_short(day):
        closing = max(closing - 60, rule.window[0])
    return moment_at(day, closing, zone)


def _shifted(start, target, rule, calendar, zone, steps):
    """Move an end that falls on a day off, as the rule says."""
    day = local(target, zone).date()
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


def _unknown_years(start, target, calendar, zone):
    years = range(local(start, zone).year, local(target, zone).year + 1)
    unknown = [year for year in years if year not in calendar.years]
    return [Step("no_calendar", {"year": year}) for year in unknown]


def _shortened_steps(first, last, calendar):
    days, day = [], first
    while day <= last:
        if calendar.is_short(day):
            days.append(day.isoformat())
        day += _DAY
    if days:
        yield Step("shortened", {"days": days})


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


def _warn_in_days(start, target, paused, rule):
    if not 0 < rule.warning_share < 1:
        return None
    left = (target - start - paused) * (1 - rule.warning_share)
    return max(start, target - left).replace(microsecond=0)


def _iso(moment: datetime, zone: tzinfo) -> str:
    return local(moment, zone).replace(tzinfo=None, microsecond=0).isoformat()


def _window_step(rule):
    return Step("window", {"opening": rule.window[0], "closing": rule.window[1]})


def _term_step(rule, target, zone):
    values = {"base": rule.base, "amount": rule.amount, "to": _iso(target, zone)}
    return Step("term", values)


def _pause_step(paused, target, zone):
    minutes = round(paused.total_seconds() / 60)
    return Step("pause", {"minutes": minutes, "to": _iso(target, zone)})
