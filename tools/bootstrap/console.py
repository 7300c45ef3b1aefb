# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the person at the terminal sees: short steps with times, in Russian."""

import shutil
import sys
import threading
import time
from contextlib import contextmanager

_lock = threading.Lock()
# several things at once cannot rewrite one line
live = True


def is_terminal():
    return sys.stdout.isatty()


def paint(text, code):
    return f"\033[{code}m{text}\033[0m" if is_terminal() else text


def say(text="", stream=None):
    with _lock:
        print(text, file=stream or sys.stdout, flush=True)


def warn(text):
    say(paint("  ! ", "33") + text)


def complain(trouble):
    say(paint("✗ ", "31;1") + str(trouble), sys.stderr)


def seconds(value):
    """A duration as people write it: 0,4 с · 12 с · 2 мин 05 с."""
    if value < 10:
        return f"{value:.1f} с".replace(".", ",")
    if value < 60:
        return f"{value:.0f} с"
    return f"{int(value // 60)} мин {int(value % 60):02d} с"


class Step:
    """One line of progress; `note()` changes its tail on a terminal."""

    def __init__(self, title):
        self.title = title
        self.result = ""
        self._live = live and is_terminal()

    def _draw(self, mark, text, end):
        width = shutil.get_terminal_size((100, 24)).columns
        line = f"  {mark} {self.title}"
        if text:
            line += f" — {text}"
        if self._live:
            line = "\r\033[K" + line[: width - 1]
        with _lock:
            print(line, end=end, flush=True)

    def note(self, text):
        if self._live:
            self._draw("…", text, "")

    def close(self, mark, text):
        self._draw(mark, text, "\n")


@contextmanager
def step(title):
    """Show a step: `with step("Python") as line: line.note("ставлю пакеты")`."""
    line = Step(title)
    line.note("")
    begun = time.monotonic()
    try:
        yield line
    except BaseException:
        line.close("✗", "не получилось")
        raise
    spent = time.monotonic() - begun
    parts = [line.result] if line.result else []
    if spent >= 0.5 or not parts:
        parts.append(seconds(spent))
    line.close("✓", ", ".join(parts))


def table(rows, indent="  "):
    """Plain aligned table; the first row is the heading."""
    widths = [max(len(str(row[i])) for row in rows) for i in range(len(rows[0]))]
    lines = []
    for number, row in enumerate(rows):
        cells = (
            str(cell).ljust(width) for cell, width in zip(row, widths, strict=True)
        )
        lines.append(indent + "  ".join(cells).rstrip())
        if number == 0:
            lines.append(indent + "  ".join("─" * width for width in widths))
    return "\n".join(lines)


def confirm(question):
    """Ask yes or no; anything but a clear yes is no."""
    try:
        answer = input(question + " [да/нет] ")
    except (EOFError, KeyboardInterrupt):
        say()
        return False
    return answer.strip().lower() in {"да", "д", "yes", "y"}
