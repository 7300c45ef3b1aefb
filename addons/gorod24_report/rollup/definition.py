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
class Source:
    """A table whose facts are counted.

    :param moment: expression over ``r``: the naive UTC moment of the fact; rows
        where it is NULL are not counted
    :param dimensions: name → expression over ``r``; the others are NULL
    :param measures: name → expression over ``r`` to be summed up; the others are 0
    """

    table: str
    moment: str
    dimensions: tuple[tuple[str, str], ...]
    measures: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Definition:
    """A set of sums over one table, or over several that are counted side by side.

    :param moment: expression over ``r``: the naive UTC moment of the fact; rows
        where it is NULL are not counted
    :param measures: name → expression over ``r`` to be summed up (whole numbers)
    :param levels: from the smallest table to the one with every dimension
    :param more: further tables with measures of their own, for example the marks beside
        the talks of an operator; each fact is of one table, so nothing counts twice
    """

    table: str
    source: str
    moment: str
    dimensions: tuple[Dimension, ...]
    measures: tuple[tuple[str, str], ...]
    levels: tuple[Level, ...]
    more: tuple[Source, ...] = ()

    @property
    def sources(self) -> tuple[Source, ...]:
        """All tables whose facts are counted, the main one first."""
        own = tuple((d.name, d.expression) for d in self.dimensions)
        first = Source(self.source, self.moment, own, self.measures)
        return (first, *self.more)

    @property
    def measure_names(self) -> tuple[str, ...]:
        """Names of the measures of all sources, each once."""
        names = [name for source in self.sources for name, _sql in source.measures]
        return tuple(dict.fromkeys(names))

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
        text = f"{LAYOUT} {self!r}"
        if not self.more:
            # what is stored of one table alone is the same as before there were more
            text = text.replace(", more=())", ")")
        return hashlib.sha256(text.encode()).hexdigest()[:16]
