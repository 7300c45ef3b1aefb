# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The production calendar: which days are days off."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

OFF = "off"
WORK = "work"
SHORT = "short"

_DAY = timedelta(days=1)
_SATURDAY = 5
#: Labour Code of the Russian Federation, article 112, part 1 (month, day).
_STATUTORY = (
    *((1, day) for day in range(1, 9)),
    (2, 23),
    (3, 8),
    (5, 1),
    (5, 9),
    (6, 12),
    (11, 4),
)


class WorkCalendar:
    """Days that differ from a plain five-day week, for the years known.

    :param days: date → ``off``, ``work`` or ``short`` (a working day, one hour less)
    :param years: years for which the calendar was entered; in the others only
        Saturdays and Sundays are days off
    """

    def __init__(self, days: Mapping[date, str] | None = None, years=()):
        self._days = dict(days or {})
        self.years = frozenset(years)

    def is_working(self, day: date) -> bool:
        """Whether people work on that day."""
        kind = self._days.get(day)
        if kind is None:
            return day.weekday() < _SATURDAY
        return kind != OFF

    def is_short(self, day: date) -> bool:
        """Whether it is a working day shortened by an hour."""
        return self._days.get(day) == SHORT

    def working_from(self, day: date, step: int = 1) -> date:
        """The nearest working day, `day` itself included.

        :param step: 1 looks forward, -1 back
        """
        while not self.is_working(day):
            day += step * _DAY
        return day

    def add_working(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`; `day` itself is not counted."""
        for _index in range(count):
            day = self.working_from(day + _DAY)
        return day


def statutory_days(year: int) -> dict[date, str]:
    """Days that differ by the law alone, without the government's yearly decree.

    A holiday on a Saturday or Sunday moves to the next working day, those of
    January excepted (their moving is left to the decree); the working day right
    before a holiday is short. Labour Code, articles 95 and 112.
    """
    holidays = {date(year, month, day) for month, day in _STATUTORY}
    days = dict.fromkeys(holidays, OFF)
    for holiday in sorted(holidays):
        if holiday.month > 1 and holiday.weekday() >= _SATURDAY:
            moved = holiday
            while moved.weekday() >= _SATURDAY or moved in days:
                moved += _DAY
            days[moved] = OFF
    for holiday in (*sorted(holidays), date(year + 1, 1, 1)):
        eve = holiday - _DAY
        if eve.year == year and eve.weekday() < _SATURDAY and eve not in days:
            days[eve] = SHORT
    return days
