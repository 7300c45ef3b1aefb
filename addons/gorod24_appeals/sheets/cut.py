# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Rows of a table → sheets that hold them whole.

The wkhtmltopdf of Debian neither repeats the head of a table on the next page nor keeps
a row together, so the table is cut before it is drawn: how many lines a row takes is
told from the lengths of its texts.
"""

import textwrap


def height(texts, widths):
    """Return how many lines a row takes: as many as its longest cell.

    :param texts: of the cells
    :param widths: how many characters go into a line of each cell
    """
    return max(
        (
            len(textwrap.wrap(text, max(width, 1))) or 1
            for text, width in zip(texts, widths, strict=True)
        ),
        default=1,
    )


def cut(rows, widths, capacity, gap=0.5):
    """Return the rows as lists that fit on a sheet, in their order, none lost.

    :param capacity: lines of a sheet; a row higher than this has a sheet of its own
    :param gap: what the borders of a row take, in lines
    """
    sheets, filled = [], 0
    for row in rows:
        needed = height(row, widths) + gap
        if not sheets or filled + needed > capacity:
            sheets.append([])
            filled = 0
        sheets[-1].append(row)
        filled += needed
    return sheets
