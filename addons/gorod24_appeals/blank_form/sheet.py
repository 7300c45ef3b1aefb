# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""One A4 sheet of the card, drawn with ReportLab.

Drawn, not converted from HTML: a blank has to be the same to a millimetre on every
machine, and the PDF must come out when nothing else is installed.
"""

import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
LEFT, RIGHT = 15 * mm, WIDTH - 12 * mm
TOP = HEIGHT - 12 * mm
BOX = 3.2 * mm
LINE = 8 * mm
FONTS = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
FOLDERS = ("/usr/share/fonts/truetype/dejavu",)
QUESTIONS = 2


@dataclass(frozen=True)
class Labels:
    """Words on the sheet. ``rows``: lines of (label, share of the width); ``choices``:
    lines of (label, options)."""

    title: str
    service: str
    rows: tuple
    choices: tuple
    question: str
    question_rows: tuple
    question_choices: tuple
    footer: tuple
    hint: str


@cache
def _fonts():
    """Register the fonts with Cyrillic letters once; return (regular, bold)."""
    names = []
    for file in FONTS:
        found = [
            Path(folder, file) for folder in FOLDERS if Path(folder, file).exists()
        ]
        if not found:
            raise FileNotFoundError(f"{file}: install fonts-dejavu-core")
        name = f"G24{Path(file).stem}"
        pdfmetrics.registerFont(TTFont(name, str(found[0])))
        names.append(name)
    return tuple(names)


def render(serials, labels):
    """Return the PDF of the blanks, one sheet for each serial, as bytes.

    :param serials: texts printed as numbers of the sheets
    :raises FileNotFoundError: when the font is not installed
    """
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.setTitle(labels.title)
    for serial in serials:
        _Sheet(canvas, labels).draw(serial)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


class _Sheet:
    """Draws from the top down; ``y`` is the line reached."""

    def __init__(self, canvas, labels):
        self.canvas, self.labels = canvas, labels
        self.regular, self.bold = _fonts()
        self.y = TOP

    def draw(self, serial):
        self._head(serial)
        for row in self.labels.rows:
            self._row(row)
        for label, options in self.labels.choices:
            self._choice(label, options)
        for position in range(1, QUESTIONS + 1):
            self._question(position)
        for row in self.labels.footer:
            self._row(row)
        self._text(LEFT, 9 * mm, self.labels.hint, 7)

    def _head(self, serial):
        self._text(LEFT, self.y, self.labels.title, 13, bold=True)
        self.canvas.setFont(self.bold, 13)
        self.canvas.drawRightString(RIGHT, self.y, f"№ {serial}")
        self.y -= 5 * mm
        self._text(LEFT, self.y, self.labels.service, 8)
        self.y -= 2 * mm
        self.canvas.line(LEFT, self.y, RIGHT, self.y)
        self.y -= 1 * mm

    def _row(self, cells):
        """Labels in one line, each with a rule to write on."""
        self.y -= LINE
        x, width = LEFT, RIGHT - LEFT
        for label, share in cells:
            end = x + width * share
            used = self._text(x, self.y, label, 8) if label else 0
            self.canvas.setLineWidth(0.4)
            self.canvas.line(x + used + 1.5 * mm, self.y - 1, end - 2 * mm, self.y - 1)
            x = end

    def _choice(self, label, options):
        """Boxes to tick in one line."""
        self.y -= LINE * 0.85
        x = LEFT + self._text(LEFT, self.y, label, 8, bold=True) + 4 * mm
        for option in options:
            self.canvas.setLineWidth(0.6)
            self.canvas.rect(x, self.y - 0.6 * mm, BOX, BOX)
            x += BOX + 1.2 * mm
            x += self._text(x, self.y, option, 8) + 4 * mm

    def _question(self, position):
        self.y -= LINE * 0.9
        heading = f"{self.labels.question} {position}"
        self._text(LEFT, self.y, heading, 9, bold=True)
        for row in self.labels.question_rows:
            self._row(row)
        for label, options in self.labels.question_choices:
            self._choice(label, options)

    def _text(self, x, y, text, size, bold=False):
        """Write and return the width taken."""
        font = self.bold if bold else self.regular
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, y, text)
        return self.canvas.stringWidth(text, font, size)
