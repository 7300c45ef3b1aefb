# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Hours of the day: local windows as naive UTC, and the daily hours of a service."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

WHOLE_DAY = 24 * 60

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


def local(moment: datetime, zone: tzinfo) -> datetime:
    """Naive UTC → aware local."""
    return moment.replace(tzinfo=UTC).astimezone(zone)


def moment_at(day: date, minutes: int, zone: tzinfo) -> datetime:
    """Local minutes after midnight → naive UTC; 24:00 is 23:59:59."""
    if minutes >= WHOLE_DAY:
        moment = datetime.combine(day + _DAY, time()) - _SECOND
    else:
        moment = datetime.combine(day, time(minutes // 60, minutes % 60))
    return moment.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None)


def opening_and_closing(day: date, opening: int, closing: int, zone: tzinfo):
    """A window of one local day as two naive UTC moments."""
    return moment_at(day, opening, zone), moment_at(day, closing, zone)


class DailyHours(NamedTuple):
    """The same hours every day, weekends and holidays included.

    opening, closing: minutes after local midnight; 0 and 1440 are round the clock.
    The closing minute itself is outside.
    """

    opening: int
    closing: int

    def is_round_the_clock(self) -> bool:
        """Whether there is no moment outside these hours."""
        return self.opening <= 0 and self.closing >= WHOLE_DAY

    def is_open(self, moment: datetime, zone: tzinfo) -> bool:
        """Whether a moment (naive UTC) lies within the hours."""
        here = local(moment, zone)
        return self.opening <= here.hour * 60 + here.minute < self.closing

    def next_open(self, moment: datetime, zone: tzinfo) -> datetime:
        """The moment itself when open, else the next opening (naive UTC)."""
        if self.is_open(moment, zone):
            return moment
        day = local(moment, zone).date()
        opening = moment_at(day, self.opening, zone)
        return (
            opening if moment <= opening else moment_at(day + _DAY, self.opening, zone)
        )

    def common(self, other: DailyHours) -> DailyHours | None:
        """Hours in which both are open, None when they never are."""
        opening = max(self.opening, other.opening)
        closing = min(self.closing, other.closing)
        return DailyHours(opening, closing) if opening < closing else None
