# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Single cells of a classifier table: marks, seasons, lists."""

import re

YES = frozenset("да yes y true 1 истина + x х д т t".split())
NO = frozenset("нет no n false 0 ложь - н f".split())
_MONTHS = {
    stem: number
    for number, stem in enumerate(
        "янв фев мар апр ма июн июл авг сен окт ноя дек".split(), start=1
    )
}
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def read_flag(text):
    """True, False, or None when the word is neither yes nor no."""
    word = (text or "").strip().lower()
    if word in YES:
        return True
    return False if word in NO else None


def read_season(text):
    """ "MM-DD" of a day of the year, "" for an empty cell, None when it is no day.

    Understood: `10-15` (month-day), `15.10`, `15.10.2025`, `15 октября`.
    """
    text = (text or "").strip().lower()
    if not text:
        return ""
    if match := re.fullmatch(r"(?:\d{4}-)?(\d{1,2})-(\d{1,2})(?:[ t]00:00:00)?", text):
        month, day = int(match[1]), int(match[2])
    elif match := re.fullmatch(r"(\d{1,2})[./](\d{1,2})(?:[./]\d{2,4})?", text):
        day, month = int(match[1]), int(match[2])
    elif match := re.fullmatch(r"(\d{1,2})\s+([а-я]+)", text):
        day, month = int(match[1]), _month(match[2])
    else:
        return None
    if not 1 <= month <= 12 or not 1 <= day <= _DAYS[month - 1]:
        return None
    return f"{month:02d}-{day:02d}"


def _month(word):
    return _MONTHS.get(word[:3]) or _MONTHS.get(word[:2], 0)


def split_codes(text):
    """National codes of one cell: by lines, semicolons, commas or spaces."""
    return list(dict.fromkeys(re.findall(r"[^\s;,]+", text or "")))


def split_names(text):
    """Codes of any other classifier in one cell: by lines or semicolons."""
    parts = re.split(r"[\n;]+", text or "")
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))
