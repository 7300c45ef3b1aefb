# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Aggregates kept fresh by PostgreSQL itself: plain Python that writes SQL.

A *definition* tells which facts of a source table are counted, by which
dimensions. For each of its *levels* there is one table of sums. Statement-level
triggers on the source append small differences (deltas) to all of them in the
writer's own transaction; compaction merges deltas now and then. Nobody ever updates a
row of sums, so writers never wait for one another.
"""

from .definition import DAY, MONTH, Definition, Dimension, Level, Source
from .level import Need, choose_level, is_month_aligned

__all__ = [
    "DAY",
    "Definition",
    "Dimension",
    "Level",
    "MONTH",
    "Need",
    "Source",
    "choose_level",
    "is_month_aligned",
]
