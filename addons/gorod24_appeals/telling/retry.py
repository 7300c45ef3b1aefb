# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Arithmetic of repeated attempts. All moments are naive local time of the service.

People are out at the same hours of every day, so attempts are spread over days and over
parts of a day: a rule that lets three calls of one morning count as "unreachable" would
close the questions of everybody who works.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

# First hours of the parts of a day: morning, day, evening.
PARTS = (time(9), time(12), time(17))


@dataclass(frozen=True)
class RetryRule:
    """How often a citizen is called before he counts as unreachable.

    :param attempts: unsuccessful attempts after which it is enough
    :param days: different days the attempts must fall on
    :param minutes: minutes between two attempts of one day
    :param busy_minutes: the same after a busy line: the person is at the telephone
    """

    attempts: int = 3
    days: int = 2
    minutes: int = 120
    busy_minutes: int = 15

    def __post_init__(self):
        if min(self.attempts, self.days, self.minutes, self.busy_minutes) < 1:
            raise ValueError("every part of the rule is at least one")
        if self.days > self.attempts:
            raise ValueError("the attempts cannot fall on more days than there are")


def is_exhausted(missed, rule):
    """Tell whether the attempts satisfy the rule.

    :param missed: moments of the unsuccessful attempts, in any order
    """
    days = {moment.date() for moment in missed}
    return len(missed) >= rule.attempts and len(days) >= rule.days


def next_attempt(missed, rule, busy=False):
    """Return when to try again after the last of ``missed``.

    Later the same day while there are attempts to spare for the days still asked for;
    otherwise on the next day, in a part of the day that has not been tried.

    :param missed: moments of the unsuccessful attempts, at least one
    :param busy: the last attempt met a busy line
    """
    last = max(missed)
    wait = timedelta(minutes=rule.busy_minutes if busy else rule.minutes)
    days = {moment.date() for moment in missed}
    attempts_left = rule.attempts - len(missed)
    days_left = rule.days - len(days)
    later = last + wait
    if attempts_left > days_left and later.date() == last.date():
        return later
    return datetime.combine(last.date() + timedelta(days=1), _untried_part(missed))


def _untried_part(missed):
    """Return the first hour of the earliest part of a day nobody has tried."""
    tried = {_part(moment.time()) for moment in missed}
    return next((start for start in PARTS if start not in tried), PARTS[-1])


def _part(moment):
    return max((start for start in PARTS if start <= moment), default=PARTS[0])
