# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Part of the year between two days without a year, without Odoo."""

import datetime
import re

#: A leap year: the 29th of February is a day like any other.
LEAP_YEAR = 2024

_MONTH_FIRST = re.compile(r"^(\d{1,2})-(\d{1,2})$")
_DAY_FIRST = re.compile(r"^(\d{1,2})[./](\d{1,2})\.?$")


def parse_day(text: str) -> str | None:
    """«10-15», «15.10» or «15.10.» → "10-15"; None when it is no day of a year."""
    text = (text or "").strip()
    if match := _MONTH_FIRST.match(text):
        month, day = match.groups()
    elif match := _DAY_FIRST.match(text):
        day, month = match.groups()
    else:
        return None
    try:
        return datetime.date(LEAP_YEAR, int(month), int(day)).strftime("%m-%d")
    except ValueError:
        return None


def as_date(day: str) -> datetime.date:
    """The day "MM-DD" in a leap year, for showing it."""
    month, number = day.split("-")
    return datetime.date(LEAP_YEAR, int(month), int(number))


def in_season(first: str, last: str, date: datetime.date) -> bool:
    """Whether the date lies between the two days "MM-DD", both included.

    A season that begins later in the year than it ends goes over New Year; without
    days it lasts the whole year.
    """
    if not first or not last:
        return True
    day = date.strftime("%m-%d")
    if first <= last:
        return first <= day <= last
    return day >= first or day <= last


__all__ = ["LEAP_YEAR", "as_date", "in_season", "parse_day"]
