# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Steps of the calculation, to be worded later in the reader's language."""

from __future__ import annotations

from typing import Any, NamedTuple


class Step(NamedTuple):
    """One step: its code and the figures in it (plain JSON values).

    Codes: ``start`` (at), ``window`` (opening, closing), ``term`` (base, amount,
    to), ``skipped`` (count, holidays), ``shortened`` (days), ``no_calendar`` (year),
    ``pause`` (minutes, to), ``day_end`` (to), ``shift`` (to), ``extension`` (to).
    Moments are local, ``YYYY-MM-DDTHH:MM:SS``.
    """

    code: str
    values: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """The step as one flat object for storing."""
        return {"code": self.code, **self.values}


def days_form(count: int, forms: list[str]) -> str:
    """The form of a noun that fits the number.

    :param forms: two forms (one, many) or three (one, few, many) as in Russian

    >>> days_form(22, ["день", "дня", "дней"])
    'дня'
    >>> days_form(1, ["day", "days"])
    'day'
    """
    if len(forms) < 3:
        return forms[0] if count == 1 else forms[-1]
    tail, tens = count % 10, count % 100
    if tail == 1 and tens != 11:
        return forms[0]
    if 2 <= tail <= 4 and not 12 <= tens <= 14:
        return forms[1]
    return forms[2]
