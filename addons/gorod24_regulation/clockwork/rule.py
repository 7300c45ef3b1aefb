# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""One time limit as the calculation sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

REGISTRATION = "registration"
FORWARDING = "forwarding"
ACCEPTANCE = "acceptance"
LOCALISATION = "localisation"
PLANNED_TIME = "planned_time"
RESTORATION = "restoration"
EXECUTION = "execution"
PAPERS = "papers"
INFORMING = "informing"
ANSWER = "answer"
CALLBACK = "callback"
#: in the order in which a question lives through them
KINDS = (
    REGISTRATION,
    FORWARDING,
    ACCEPTANCE,
    LOCALISATION,
    PLANNED_TIME,
    RESTORATION,
    EXECUTION,
    PAPERS,
    INFORMING,
    ANSWER,
    CALLBACK,
)
#: the stage whose end a chained term is counted from
PREVIOUS = {
    FORWARDING: REGISTRATION,
    ACCEPTANCE: REGISTRATION,
    LOCALISATION: ACCEPTANCE,
    PLANNED_TIME: ACCEPTANCE,
    RESTORATION: ACCEPTANCE,
    EXECUTION: ACCEPTANCE,
    INFORMING: EXECUTION,
}

CALENDAR_DAYS = "calendar_days"
WORKING_DAYS = "working_days"
MINUTES = "minutes"
WORKING_MINUTES = "working_minutes"


@dataclass(frozen=True)
class Rule:
    """A time limit.

    :param base: what is counted: ``calendar_days``, ``working_days``, ``minutes``
        (round the clock) or ``working_minutes`` (on working days, inside the
        window, which such a rule must have; a shortened day ends an hour earlier)
    :param amount: how many of them, 0 or more
    :param window: (opening, closing) in minutes after local midnight, or None.
        Minutes are counted inside the window only; a term in days ends at its
        closing instead of the end of the day.
    :param warning_share: the part of the term after which to warn; 0 is never
    :param shift: where a calendar term goes from a day off: ``none``,
        ``earlier`` or ``later``
    :param start_from: ``start`` or ``previous`` (the end of the kind named in
        :data:`PREVIOUS`)
    :param service: the utility service the limit is for; "" is none
    :param rank: which of several limits of a service counts by default: the lowest
    :param scope: ids of what the limit is only for, as the owners know them (topics);
        empty: for everything
    """

    kind: str
    base: str
    amount: int
    window: tuple[int, int] | None = None
    warning_share: float = 0.0
    shift: str = "none"
    start_from: str = "start"
    valid_from: date | None = None
    valid_to: date | None = None
    rule_id: int = 0
    service: str = ""
    rank: int = 0
    scope: frozenset[int] = frozenset()

    def __post_init__(self):
        if self.base == WORKING_MINUTES and not self.window:
            raise ValueError("working minutes need the hours of the working day")

    def is_valid_on(self, day: date) -> bool:
        """Whether the rule is in force on that local day, both ends included."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )
