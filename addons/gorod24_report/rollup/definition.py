# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What is counted."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

DAY = "day"
MONTH = "month"

#: raise it when the tables of sums are built in another way
LAYOUT = 2


@dataclass(frozen=True)
class Dimension:
    """A way to divide the facts.

    :param sql_type: type of the column, as PostgreSQL calls it
    :param expression: over a row ``r`` of the source; ``{local}`` stands for the
        row's moment in the time zone of the service
    """

    name: str
    sql_type: str
    expression: str

    @property
    def nothing(self) -> str:
        """A value that stands for NULL when rows are compared."""
        return {"varchar": "''", "bool": "false"}.get(self.sql_type, "0")


@dataclass(frozen=True)
class Level:
    """One table of sums.

    :param name: ending of the table's name
    :param grain: ``day`` or ``month``: what one value of the column day covers
    :param dimensions: names of the dimensions kept
    """

    name: str
    grain: str
    dimensions: tuple[str, ...]


@dataclass(frozen=True)
class Definition:
    """A set of sums over one table.

    :param moment: expression over ``r``: the naive UTC moment of the fact; rows
        where it is NULL are not counted
    :param measures: name → expression over ``r`` to be summed up (whole numbers)
    :param levels: from the smallest table to the one with every dimension
    """

    table: str
    source: str
    moment: str
    dimensions: tuple[Dimension, ...]
    measures: tuple[tuple[str, str], ...]
    levels: tuple[Level, ...]

    @property
    def finest(self) -> Level:
        """The level that holds everything."""
        return self.levels[-1]

    def level_table(self, level: Level) -> str:
        """Name of the table of a level."""
        return f"{self.table}_{level.name}"

    def dimensions_of(self, level: Level) -> list[Dimension]:
        """The dimensions of a level in the order of the definition."""
        return [d for d in self.dimensions if d.name in level.dimensions]

    def fingerprint(self) -> str:
        """Changes when the stored sums would have to be made anew."""
        return hashlib.sha256(f"{LAYOUT} {self!r}".encode()).hexdigest()[:16]
