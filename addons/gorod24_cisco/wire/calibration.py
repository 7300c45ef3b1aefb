# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""One trial call: does the dialog id follow from the journal's call id (§2)?

JTAPI: ``((callManagerId & 0xFF) << 24) OR (callId & 0xFFFFFF)``. A match must also
agree in time and extension; a row of another telephone with the same number is none.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from . import ids

# Clocks of exchange and Finesse may differ by hours when a zone is set wrong; ids are
# used again after days.
SAME_CALL = 12 * 3600
NATIONAL = 10
# Seconds by which journal and telephone may count a call differently.
LENGTHS = 5


@dataclass(frozen=True)
class Row:
    """A row of the journal. Times are naive UTC."""

    gcid: str
    extension: str
    number: str
    started_at: datetime
    ended_at: datetime


@dataclass(frozen=True)
class Found:
    """``formula`` is fits, differs, unclear (several calls could be it) or none.

    ``shift`` is how many seconds the journal's clock is ahead of the dialog's.
    """

    formula: str
    row: Row | None = None
    shift: int = 0


def compare(dialog_id, extension, number, started_at, ended_at, rows):
    """The :class:`Found` of one dialog among the ``rows`` that came after it.

    Without the right id a row counts only when telephone, number and length agree.

    :param number: the citizen's number, in any spelling.
    :param started_at: when the dialog began by its own news, naive UTC.
    :param ended_at: when it ended; None while it goes on, then only ids are compared.
    """
    rows = [
        row
        for row in rows
        if abs((row.started_at - started_at).total_seconds()) <= SAME_CALL
    ]
    exact = [row for row in rows if _is_id(row.gcid, dialog_id)]
    exact = [row for row in exact if not row.extension or row.extension == extension]
    if exact:
        row = next((row for row in exact if row.extension), exact[0])
        return Found("fits", row, _shift(row, started_at))
    if ended_at is None:
        return Found("none")
    near = [row for row in rows if row.extension == extension and _same(row, number)]
    length = ended_at - started_at
    near = [row for row in near if _is_long(row, length)]
    calls = {row.gcid for row in near}
    if len(calls) != 1:
        return Found("unclear" if calls else "none")
    return Found("differs", near[0], _shift(near[0], started_at))


def prefix_of(number):
    """Digits before the ten of a Russian number: "983852123456" → "98"."""
    digits = re.sub(r"\D", "", number or "")
    return digits[:-NATIONAL] if len(digits) >= NATIONAL else ""


def _is_id(gcid, dialog_id):
    node, _slash, call = gcid.partition("/")
    good = node.isascii() and node.isdigit() and call.isascii() and call.isdigit()
    if not good or len(gcid) > 24:
        return False
    return str(ids.jtapi_id(int(node), int(call))) == dialog_id


def _is_long(row, length):
    off = row.ended_at - row.started_at - length
    return abs(off.total_seconds()) <= LENGTHS


def _same(row, number):
    one, other = (re.sub(r"\D", "", text or "") for text in (row.number, number))
    return bool(one) and one[-NATIONAL:] == other[-NATIONAL:]


def _shift(row, started_at):
    return round((row.started_at - started_at).total_seconds())
