# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Reading «login; agent; extension» from a spreadsheet or a CSV file."""

import csv
import re
from dataclasses import dataclass

MAX_LINES = 2000
# What exchanges allow: Finesse ids are letters, digits and a few marks.
_AGENT = re.compile(r"[0-9A-Za-z._-]{1,64}", re.ASCII)
_EXTENSION = re.compile(r"[0-9]{1,10}", re.ASCII)


@dataclass(frozen=True)
class Seat:
    """One line of the table: the user's login here, the agent there, the telephone."""

    line: int
    login: str
    agent: str
    extension: str


@dataclass(frozen=True)
class Problem:
    """What is wrong. Codes: columns, agent, extension, too_long, and of ``doubles``:
    login_twice, agent_twice, extension_twice; ``other`` is the earlier line."""

    line: int
    code: str
    value: str = ""
    other: int = 0


def read_table(text):
    """Return (seats, problems) of the pasted ``text``.

    Columns are divided by tabs, semicolons or commas; a first line without any digit
    is taken for names of columns. Empty lines are left out.
    """
    lines = (text or "").replace("\ufeff", "").splitlines()
    if len(lines) > MAX_LINES:
        return [], [Problem(MAX_LINES + 1, "too_long")]
    seats, problems, is_first = [], [], True
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        cells = _cells(line)
        if is_first and not re.search(r"\d", line):
            is_first = False
            continue
        is_first = False
        if len(cells) < 3 or not cells[0] or any(cells[3:]):
            problems.append(Problem(number, "columns", line.strip()[:60]))
            continue
        login, agent, extension = cells[:3]
        if not _AGENT.fullmatch(agent):
            problems.append(Problem(number, "agent", agent[:60]))
        if not _EXTENSION.fullmatch(extension):
            problems.append(Problem(number, "extension", extension[:60]))
        seats.append(Seat(number, login, agent, extension))
    return seats, problems + doubles(seats)


def doubles(seats):
    """Problems of what stands twice: a login, an agent, an extension."""
    problems, known = [], {}
    for seat in seats:
        keys = (
            ("login", seat.login.lower()),
            ("agent", seat.agent),
            ("extension", seat.extension),
        )
        for name, value in keys:
            earlier = known.setdefault((name, value), seat.line)
            if value and earlier != seat.line:
                problems.append(Problem(seat.line, f"{name}_twice", value, earlier))
    return problems


def _cells(line):
    mark = next((mark for mark in "\t;," if mark in line), ";")
    try:
        row = next(csv.reader([line], delimiter=mark), [])
    except csv.Error:
        row = line.split(mark)
    return [cell.strip() for cell in row]
