# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime
from typing import NamedTuple


class Mark(NamedTuple):
    """A place in the list; a later place compares less.

    :param at: naive UTC, whole seconds
    :param rank: which table; unique to it
    :param row: id of the row
    """

    at: datetime
    rank: int
    row: int

    def as_json(self):
        return [self.at.isoformat(timespec="seconds"), self.rank, self.row]


def read_mark(raw):
    """Return the mark a browser sent back, None for the first page.

    :raises ValueError: when it is no mark
    """
    if not raw:
        return None
    try:
        at, rank, row = raw
        moment = datetime.fromisoformat(at)
    except (TypeError, ValueError) as error:
        raise ValueError("not a mark") from error
    if moment.tzinfo or type(rank) is not int or type(row) is not int:
        raise ValueError("not a mark")
    return Mark(moment, rank, row)


def conditions_before(field, rank, mark):
    """Domain of the rows of one table that stand after ``mark`` in the list.

    :param field: name of the moment's field
    :param rank: rank of the table
    """
    if mark is None:
        return []
    if rank < mark.rank:
        return [(field, "<=", mark.at)]
    if rank > mark.rank:
        return [(field, "<", mark.at)]
    same_second = ["&", (field, "=", mark.at), ("id", "<", mark.row)]
    return ["|", (field, "<", mark.at), *same_second]


def newest(entries, limit):
    """Return the ``limit`` newest entries and whether any are left.

    :param entries: pairs (mark, anything) from all tables, each of which gave its
        newest ``limit + 1`` at least
    """
    ordered = sorted(entries, key=lambda pair: pair[0], reverse=True)
    return ordered[:limit], len(ordered) > limit
