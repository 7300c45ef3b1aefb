# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import math
from datetime import date, datetime

SHORT_TEXT, LONG_TEXT = 250, 5000


class AnswerError(ValueError):
    """An answer of the wrong kind.

    code: "text", "long", "number", "whole", "date", "yes_no", "choice".
    """

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def _text(limit):
    def read(raw, _options):
        if not isinstance(raw, str):
            raise AnswerError("text")
        if len(raw) > limit:
            raise AnswerError("long")
        return raw.strip()

    return read


def _number(raw, _options):
    if isinstance(raw, str):
        raw = raw.replace(",", ".").replace("\u00a0", "").replace(" ", "")
    if isinstance(raw, bool):
        raise AnswerError("number")
    try:
        value = float(raw)
    except (TypeError, ValueError):
        raise AnswerError("number") from None
    if not math.isfinite(value):
        raise AnswerError("number")
    return value


def _whole(raw, options):
    value = _number(raw, options)
    if value != int(value) or abs(value) >= 2**31:
        raise AnswerError("whole")
    return int(value)


def _yes_no(raw, _options):
    if raw in (True, "yes"):
        return True
    if raw in (False, "no"):
        return False
    raise AnswerError("yes_no")


def _moment(kind):
    def read(raw, _options):
        try:
            value = kind.fromisoformat(raw)
        except (TypeError, ValueError):
            raise AnswerError("date") from None
        if not 1900 <= value.year <= 2200:
            raise AnswerError("date")
        return value.isoformat() if kind is date else f"{value:%Y-%m-%d %H:%M:%S}"

    return read


def _choice(raw, options):
    if raw not in options:
        raise AnswerError("choice")
    return raw


#: Kinds of extra questions the card asks.
ASKED = {
    "char": _text(SHORT_TEXT),
    "text": _text(LONG_TEXT),
    "integer": _whole,
    "float": _number,
    "boolean": _yes_no,
    "date": _moment(date),
    "datetime": _moment(datetime),
    "selection": _choice,
}


def read_value(kind, options, raw):
    """Return the value to store, or None when nothing was answered.

    :param kind: one of :data:`ASKED`
    :param options: keys of a choice
    :raises AnswerError: when the answer is of another kind
    """
    if raw is None or raw == "" or (isinstance(raw, str) and not raw.strip()):
        return None
    if isinstance(raw, (list, dict)):
        raise AnswerError("text" if kind in ("char", "text") else "number")
    return ASKED[kind](raw, options)
