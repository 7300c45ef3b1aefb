# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Split the time to a term into one or two human units."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

HOUR = 60
DAY = 24 * HOUR
# A term is "soon" in its last quarter, and in its last hour whatever its length.
SOON_SHARE = 0.25
SOON = timedelta(hours=1)


class Remaining(NamedTuple):
    """Time to (or since) a term.

    ``unit`` is one of minutes, hours, hours_minutes, days; ``major`` counts the unit,
    ``minor`` the minutes of hours_minutes; ``level`` is late, soon or fine.
    """

    unit: str
    major: int
    minor: int
    level: str


def remaining(now: datetime, due: datetime, start: datetime | None = None) -> Remaining:
    """Return how long is left until ``due``, or how long it is over.

    :param start: when the term began; decides from when on it is "soon".
    """
    left = due - now
    minutes = int(abs(left).total_seconds() // 60)
    level = "late" if left < timedelta(0) else _level(left, due, start)
    if minutes < HOUR:
        return Remaining("minutes", minutes, 0, level)
    if minutes < 2 * DAY:
        hours, rest = divmod(minutes, HOUR)
        # Minutes matter in the last hours only.
        unit = "hours_minutes" if rest and hours < 3 else "hours"
        return Remaining(unit, hours, rest if unit == "hours_minutes" else 0, level)
    return Remaining("days", minutes // DAY, 0, level)


def _level(left: timedelta, due: datetime, start: datetime | None) -> str:
    share = (due - start) * SOON_SHARE if start and start < due else SOON
    return "soon" if left <= max(share, SOON) else "fine"
