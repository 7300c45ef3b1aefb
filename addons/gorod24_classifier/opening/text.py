# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Hours as people write them: read and written in one line."""

import re

from .schedule import DAY, Line

#: Short names of the weekdays and the few words of the line, by language.
WORDS = {
    "ru": {
        "days": ("пн", "вт", "ср", "чт", "пт", "сб", "вс"),
        "daily": "ежедневно",
        "always": "круглосуточно",
        "break": "перерыв",
    },
    "en": {
        "days": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
        "daily": "daily",
        "always": "round the clock",
        "break": "break",
    },
}
_DAYS = {
    name.lower(): index
    for words in WORDS.values()
    for index, name in enumerate(words["days"])
}
_LONG = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота") + (
    "воскресенье",
)
_DAYS.update({name: index for index, name in enumerate(_LONG)})
_DAY = "|".join(sorted(_DAYS, key=len, reverse=True))
_RANGE = rf"(?:{_DAY})(?:\s*-\s*(?:{_DAY}))?"
_TIME = r"(\d{1,2})(?:[:.](\d{2}))?"
_SPAN = rf"(?:с\s*)?{_TIME}\s*(?:-|до)\s*{_TIME}"
_WHICH = rf"(?P<days>{_RANGE}(?:\s*,\s*{_RANGE})*|ежедневно|daily)?\s*:?\s*"
_PART = re.compile(
    rf"^{_WHICH}(?P<hours>{_SPAN}|круглосуточно|round the clock|выходной|closed)"
    rf"(?:[\s,(]*(?:перерыв|обед|break)\s*:?\s*(?P<pause>{_SPAN})\)?)?$"
)
_DASHES = re.compile("[‐‑‒–—−]")


class HoursError(ValueError):
    """A part of the text that is not understood.

    code: "unknown" (not read), "order" (ends before it begins), "break" (outside the
    hours), "twice" (a weekday is named twice); part: the words concerned.
    """

    def __init__(self, code, part):
        super().__init__(code, part)
        self.code = code
        self.part = part


def parse_hours(text):
    """Read the hours of a week.

    :param text: parts parted by «;» or new lines: «пн-пт 8-17, перерыв 12-13; сб 9-14»
    :return: list of :class:`Line`, one for a weekday
    :raises HoursError: naming the part that cannot be read
    """
    lines = {}
    for part in re.split(r"[;\n]", _DASHES.sub("-", (text or "").lower())):
        part = " ".join(part.split()).strip(" .,")
        if not part:
            continue
        match = _PART.match(part)
        if not match:
            raise HoursError("unknown", part)
        hours = _read_hours(match, part)
        for weekday in _read_days(match["days"]):
            if weekday in lines:
                raise HoursError("twice", part)
            lines[weekday] = hours and Line(weekday, *hours)
    return [line for _weekday, line in sorted(lines.items()) if line]


def _read_days(text):
    if not text or text in ("ежедневно", "daily"):
        return list(range(7))
    found = []
    for item in text.split(","):
        ends = [_DAYS[name.strip()] for name in item.split("-")]
        count = (ends[-1] - ends[0]) % 7 + 1
        found += [(ends[0] + step) % 7 for step in range(count)]
    return found


def _read_hours(match, part):
    """(start, end, break start, break end), or None for a day off."""
    hours = match["hours"]
    if hours in ("выходной", "closed"):
        return None
    if hours in ("круглосуточно", "round the clock"):
        start, end = 0, DAY
    else:
        start, end = _read_span(hours, part)
    if not match["pause"]:
        return start, end, None, None
    pause = _read_span(match["pause"], part)
    if not start < pause[0] < pause[1] < end:
        raise HoursError("break", part)
    return start, end, *pause


def _read_span(text, part):
    numbers = re.match(rf"^{_SPAN}$", text).groups()
    start, end = (
        int(hour) * 60 + int(minute or 0)
        for hour, minute in (numbers[:2], numbers[2:4])
    )
    if any(int(minute or 0) > 59 for minute in numbers[1::2]):
        raise HoursError("unknown", part)
    if not 0 <= start < end <= DAY:
        raise HoursError("order", part)
    return start, end


def format_minute(minute):
    """«9:00»; the end of the day is «24:00»."""
    return f"{minute // 60}:{minute % 60:02}"


def format_hours(lines, lang="ru"):
    """Write the hours of a week in one line that :func:`parse_hours` reads back."""
    words = WORDS["ru" if (lang or "").startswith("ru") else "en"]
    parts = [
        f"{_format_days(days, words)}{_format_line(hours, words)}"
        for days, hours in _group(lines)
    ]
    return "; ".join(parts)


def _group(lines):
    """[(weekdays, hours)]: weekdays in a row with the same hours stand together."""
    groups = []
    for line in sorted(lines):
        hours = tuple(line[1:])
        last = groups[-1] if groups else None
        if last and last[1] == hours and last[0][-1] == line.weekday - 1:
            last[0].append(line.weekday)
        else:
            groups.append(([line.weekday], hours))
    return groups


def _format_days(days, words):
    if len(days) == 7:
        return f"{words['daily']} "
    names = words["days"]
    if len(days) == 1:
        return f"{names[days[0]]} "
    return f"{names[days[0]]}–{names[days[-1]]} "


def _format_line(hours, words):
    start, end, break_start, break_end = hours
    if (start, end, break_start) == (0, DAY, None):
        return words["always"]
    text = f"{format_minute(start)}–{format_minute(end)}"
    if break_start is None:
        return text
    pause = f"{format_minute(break_start)}–{format_minute(break_end)}"
    return f"{text}, {words['break']} {pause}"
