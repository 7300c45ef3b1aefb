# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Working hours of a service: what is open now, until when, and how to write it.

Plain Python: moments are naive local times of the service.

* ``parse_hours(text)`` → lines of a week, raises :class:`HoursError`;
* ``format_hours(lines, lang)`` → «пн–пт 8:00–17:00, перерыв 12:00–13:00»;
* ``Schedule(lines, specials, is_day_off).status(now)`` → :class:`Status`.
"""

from .schedule import Line, Schedule, Special, Status
from .text import HoursError, format_hours, format_minute, parse_hours

__all__ = [
    "HoursError",
    "Line",
    "Schedule",
    "Special",
    "Status",
    "format_hours",
    "format_minute",
    "parse_hours",
]
