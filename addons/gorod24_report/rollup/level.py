# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Which table of sums can answer a question."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from .definition import MONTH, Definition, Level

_WITHIN_MONTHS = {
    "month",
    "quarter",
    "year",
    "month_number",
    "quarter_number",
    "year_number",
}


@dataclass
class Need:
    """What a query asks for.

    :param dimensions: names of dimensions in its filters and groups
    :param days_matter: a filter or group that months cannot answer
    """

    dimensions: set[str] = field(default_factory=set)
    days_matter: bool = False

    def group_by_day(self, granularity: str | None) -> None:
        """A grouping of the date: None means by the day itself."""
        if granularity not in _WITHIN_MONTHS:
            self.days_matter = True

    def filter_by_day(self, operator: str, value: date | None) -> None:
        """A comparison of the date with a value (None: something unknown)."""
        if value is None or not is_month_aligned(operator, value):
            self.days_matter = True


def is_month_aligned(operator: str, value: date) -> bool:
    """Whether a comparison takes or leaves whole months."""
    if operator in (">=", "<"):
        return value.day == 1
    if operator in (">", "<="):
        return (value + timedelta(days=1)).day == 1
    return False


def choose_level(definition: Definition, need: Need) -> Level:
    """The smallest table that can answer."""
    for level in definition.levels:
        if need.days_matter and level.grain == MONTH:
            continue
        if need.dimensions <= set(level.dimensions):
            return level
    return definition.finest
