# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Our columns looked for among the headers of somebody else's file."""

import re
from typing import NamedTuple

from .reader import Row

_SIGNS = re.compile(r"[^0-9a-zа-я]+")


class Column(NamedTuple):
    """A column we understand: technical name, title, other titles it may have."""

    name: str
    label: str
    required: bool = False
    aliases: tuple = ()
    hint: str = ""


def _plain(text):
    return _SIGNS.sub(" ", str(text).lower().replace("ё", "е")).strip()


def guess_mapping(columns, headers):
    """{name of our column: header of the file}; what is not found is left out.

    A title equal to ours or to an alias wins, then one that begins alike.
    """
    free = {header: _plain(header) for header in headers}
    mapping = {}
    for fits in (_equal, _begins):
        for column in columns:
            if column.name in mapping:
                continue
            titles = {_plain(t) for t in (column.name, column.label, *column.aliases)}
            found = next((h for h, plain in free.items() if fits(plain, titles)), None)
            if found is not None:
                mapping[column.name] = found
                del free[found]
    return mapping


def _equal(plain, titles):
    return bool(plain) and plain in titles


def _begins(plain, titles):
    return len(plain) > 3 and any(plain.startswith(t + " ") for t in titles if t)


def map_rows(rows, mapping):
    """Rows whose values are keyed by our names instead of their headers."""
    return [
        Row(row.number, {name: row.values.get(h, "") for name, h in mapping.items()})
        for row in rows
    ]
