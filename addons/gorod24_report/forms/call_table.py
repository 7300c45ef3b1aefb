# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Forms F9, F10, F11: calls, topics of calls, operators; and the year before."""

from __future__ import annotations

from dataclasses import dataclass, field

# Kinds of figures.
COUNT = "count"
SHARE = "share"  # percent
SECONDS = "seconds"
HOURS = "hours"  # seconds, shown as hours and minutes
MARK = "mark"

LINE = "line"
SECTION = "section"
TOTAL = "total"


@dataclass(frozen=True)
class Column:
    """A figure of the form.

    :param key: what the statistics call it.
    """

    key: str
    title: str
    kind: str = COUNT


@dataclass
class Row:
    """One line: figures in the order of the columns, None where there is nothing."""

    name: str
    figures: list[float | None]
    kind: str = LINE


@dataclass
class CallTable:
    """A form: its lines, the total and the same period a year ago."""

    head: str
    columns: list[Column]
    total: Row
    previous: Row
    rows: list[Row] = field(default_factory=list)

    @property
    def difference(self) -> list[float | None]:
        """Total less the year before; None where one of them is nothing."""
        return [
            None if now is None or before is None else now - before
            for now, before in zip(
                self.total.figures, self.previous.figures, strict=True
            )
        ]


def text(kind: str, value: float | None, *, signed: bool = False) -> str:
    """A figure for print, as Russian documents write it: ``1 234``, ``12,5``, ``3:07``.

    :param signed: a difference, with its sign.
    """
    if value is None:
        return "–"
    size = abs(value)
    if kind in (SHARE, MARK):
        size = round(size, 1)
    else:
        size = int(size / (60 if kind == HOURS else 1) + 0.5)
    # what is shown as nothing has no sign
    sign = "" if not size else "-" if value < 0 else "+" if signed else ""
    if kind == HOURS:
        return f"{sign}{size // 60}:{size % 60:02d}"
    if kind in (SHARE, MARK):
        return f"{sign}{size:.1f}".replace(".", ",")
    return f"{sign}{size:,}".replace(",", "\u00a0")
