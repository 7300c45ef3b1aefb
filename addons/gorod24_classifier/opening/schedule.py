# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""From the hours of a week and its exceptions to "open until", "opens on"."""

import datetime
from typing import NamedTuple

DAY = 24 * 60
#: How far ahead the next opening is looked for.
HORIZON = 60


class Line(NamedTuple):
    """Hours of one weekday (0 is Monday); minutes from midnight, 1440 is its end."""

    weekday: int
    start: int
    end: int
    break_start: int | None = None
    break_end: int | None = None


class Special(NamedTuple):
    """Days that differ from the week; without hours the service is closed."""

    date_from: datetime.date
    date_to: datetime.date
    start: int | None = None
    end: int | None = None


class Status(NamedTuple):
    """What a moment is like.

    is_open; until: minute of the same day the state ends (None: open round the clock,
    or nothing is known); on_break: closed only for the break; opens: (date, minute) of
    the next opening, None when there is none within :data:`HORIZON` days.
    """

    is_open: bool
    until: int | None = None
    on_break: bool = False
    opens: tuple | None = None


def _spans(start, end, break_start, break_end):
    if break_start is None or break_end is None:
        return [(start, end)]
    spans = [(start, break_start), (break_end, end)]
    return [(first, last) for first, last in spans if first < last]


class Schedule:
    """The hours of one service.

    :param lines: :class:`Line` items, several for a weekday are allowed
    :param specials: :class:`Special` items; the first that fits a day decides
    :param is_day_off: function(date) → bool, public holidays; they close the service
    """

    def __init__(self, lines, specials=(), is_day_off=None):
        self._week = {}
        for line in sorted(lines):
            spans = _spans(*line[1:])
            self._week.setdefault(line.weekday, []).extend(spans)
        self._specials = tuple(specials)
        self._is_day_off = is_day_off or (lambda _day: False)

    def spans(self, day):
        """Open spans of a date as (start, end) minutes, in order."""
        for special in self._specials:
            if special.date_from <= day <= special.date_to:
                hours = special.start, special.end
                return [] if None in hours else [hours]
        if self._is_day_off(day):
            return []
        return sorted(self._week.get(day.weekday(), ()))

    def status(self, now):
        """Say whether the service is open at a naive local datetime."""
        day, minute = now.date(), now.hour * 60 + now.minute
        spans = self.spans(day)
        for start, end in spans:
            if start <= minute < end:
                return self._open_status(day, end)
        later = [start for start, _end in spans if start > minute]
        if later:
            began = any(end <= minute for _start, end in spans)
            return Status(False, later[0], began, (day, later[0]))
        return Status(False, opens=self._next_opening(day))

    def _open_status(self, day, end):
        """Follow the opening hours over midnight."""
        for _turn in range(8):
            if end < DAY:
                return Status(True, end)
            day += datetime.timedelta(days=1)
            first = self.spans(day)[:1]
            if not first or first[0][0] > 0:
                return Status(True, DAY)
            end = first[0][1]
        return Status(True)

    def _next_opening(self, day):
        for ahead in range(1, HORIZON + 1):
            date = day + datetime.timedelta(days=ahead)
            spans = self.spans(date)
            if spans:
                return date, spans[0][0]
        return None
