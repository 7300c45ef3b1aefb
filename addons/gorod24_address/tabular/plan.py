# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a dry run found: counts, problems, and the data to write."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Problem(NamedTuple):
    """One thing wrong in a row.

    row: number as the sheet shows it (the header is 1), 0 for the whole file;
    column: our name of the column or ""; value: as written; message: a sentence.
    """

    row: int
    column: str
    value: str
    message: str


@dataclass
class ImportPlan:
    """Result of a check; nothing is written before it is free of problems."""

    data: Any = None
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    archived: int = 0
    problems: list = field(default_factory=list)
    notes: list = field(default_factory=list)

    def refuse(self, row, column, message, value=None):
        """Add a problem of a row.

        :param row: :class:`Row`, or 0 for the file as a whole
        :param column: our name of the column, or ""
        """
        number = row.number if row else 0
        if value is None:
            value = row.values.get(column, "") if row else ""
        self.problems.append(Problem(number, column, value, message))

    @property
    def changes(self):
        """Number of records to be written."""
        return self.created + self.updated + self.archived
