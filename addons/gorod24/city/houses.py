# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Houses of a street from a short note such as "50-98 чет;53-117 нечет;54-в"."""

import re

_RANGE = re.compile(r"^(\d+)-(\d+)\s*(чет|нечет)?$")


def expand_houses(note, step=1, keep=None):
    """Return house numbers, as strings, in the order of the note.

    :param note: parts divided by ";", each a range with or without parity, or a house.
    :param step: take every step-th house of a range.
    :param keep: at most that many houses of one range.
    """
    houses = []
    for part in filter(None, (piece.strip() for piece in note.split(";"))):
        match = _RANGE.match(part)
        if not match:
            houses.append(part)
            continue
        first, last = int(match[1]), int(match[2])
        numbers = [
            number
            for number in range(first, last + 1)
            if not match[3] or (number % 2 == 0) == (match[3] == "чет")
        ]
        houses += [str(number) for number in numbers[::step][:keep]]
    return houses
