# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Free text → parts of an address."""

from typing import NamedTuple

from .houses import ADDITION_WORDS, HOUSE_WORDS, read_tokens
from .locality import split_locality
from .streets import (
    NAME_NOISE,
    ORDINAL_ENDINGS,
    PLAN_TYPES,
    split_street,
    street_type,
    type_position,
)
from .tagged import take_tagged
from .tokens import tokenize

_COUNTED = set(
    "лет летия летие года год января февраля марта апреля мая июня июля августа"
    " сентября октября ноября декабря гвардейской гвардейская армии".split()
)


class ParsedAddress(NamedTuple):
    """What was read. Every part is "" when the text does not hold it.

    street_type: canonical («ул.», «пр-кт»); street: key of the name («ленина»);
    house: canonical number («54В», «54 корп. 1»); rest: what was not understood.
    """

    street_type: str = ""
    street: str = ""
    house: str = ""
    flat: str = ""
    entrance: str = ""
    floor: str = ""
    rest: str = ""
    locality: str = ""


def _is_name(token):
    return (
        token.kind == "word"
        and len(token.text) > 1
        and token.text not in NAME_NOISE
        and token.text not in ORDINAL_ENDINGS
    )


def _name_places(tokens):
    """Indexes of the tokens that are words of the name, not its type.

    In «ул. Набережная» the second word is the name, in «5-я линия» none is.
    """
    words = [token.text for token in tokens]
    kind = type_position(words)
    return {
        i
        for i, token in enumerate(tokens)
        if i != kind and _is_name(token) and (kind is not None or _is_no_type(token))
    }


def _is_no_type(token):
    return not street_type(token.text)


def _is_ordinal(tokens, i):
    """Whether the number tokens[i] is an ordinal of the name («Западная 1-я»)."""
    after = tokens[i + 1 : i + 3]
    if after and after[0].kind == "-":
        after = after[1:]
    if not after or not after[0].glued or after[0].text not in ORDINAL_ENDINGS:
        return False
    before = tokens[i - 1].text if i else ""
    if after[0].text in ("я", "ая", "ья"):
        return before.endswith(("ая", "яя", "линия"))
    return after[0].text in ("й", "ый", "ой", "ий") and not before.endswith("а")


def _first_number(tokens):
    """Index of the number that begins the house, by its place among the words."""
    numbers = [i for i, token in enumerate(tokens) if token.kind == "num"]
    names = _name_places(tokens)
    for i in numbers:
        after = tokens[i + 1 :]
        if any(place < i for place in names):
            following = after[0].text if after else ""
            if not _is_ordinal(tokens, i) and following not in _COUNTED:
                return i
            continue
        till_next = range(i + 1, next((n for n in numbers if n > i), len(tokens)))
        if any(n in names and tokens[n].text not in ADDITION_WORDS for n in till_next):
            continue
        if i == numbers[0] and _is_numbered_street(tokens, i, len(numbers)):
            continue
        return i
    return None


def _is_numbered_street(tokens, i, numbers):
    """Whether the number is all the name a street has: «5-я линия», «мкр 5»."""
    kinds = {street_type(t.text) for t in tokens if t.kind == "word"} - {""}
    after = [t for t in tokens[i + 1 : i + 3] if t.kind != "-"]
    ordinal = bool(after) and after[0].text in ORDINAL_ENDINGS
    if not kinds:
        return False
    return ordinal or bool(kinds & PLAN_TYPES) or (numbers > 1 and kinds == {"линия"})


def _house_start(tokens):
    """(index where the street ends, index of the house number) or (None, None)."""
    for i, token in enumerate(tokens[:-1]):
        if token.text in HOUSE_WORDS and tokens[i + 1].kind == "num":
            if any(t.kind in ("word", "num") for t in tokens[:i]) or i == 0:
                return i, i + 1
    i = _first_number(tokens)
    return i, i


def _flat_after_house(tokens, i):
    """(flat, next index) of a bare second number: «54-12», «54, 12»."""
    j = i
    while j < len(tokens) and tokens[j].kind in (",", "-"):
        j += 1
    if j == len(tokens) or tokens[j].kind != "num":
        return "", i
    value, j = tokens[j].text, j + 1
    if j < len(tokens) and tokens[j].glued and len(tokens[j].text) == 1:
        if tokens[j].kind == "word":
            value, j = value + tokens[j].text, j + 1
    return value, j


def _text(tokens):
    return " ".join(t.text for t in tokens if t.kind in ("num", "word"))


def parse(text, localities=frozenset()):
    """Read a Russian address from free text.

    :param localities: keys of known towns («барнаул»), which are then taken off
        the beginning even when written without «г.» and comma
    :return: :class:`ParsedAddress`; never raises, an unreadable text is in `rest`
    """
    tokens, tagged = take_tagged(tokenize(text))
    locality, tokens = split_locality(tokens, localities)
    street_end, start = _house_start(tokens)
    if start is None:
        street, tail, house = tokens, [], None
    else:
        house, end = read_tokens(tokens, start)
        street, tail = tokens[:street_end], tokens[end:]
    flat = tagged.get("flat", "")
    if house and not flat:
        flat, end = _flat_after_house(tail, 0)
        tail = tail[end:]
    if not _text(street) and _text(tail):
        street, tail = tail, []
    kind, name = split_street(street)
    rest = [part for part in [_text(tail), *tagged["rest"]] if part]
    return ParsedAddress(
        street_type=kind,
        street=name,
        house=str(house) if house else "",
        flat=flat,
        entrance=tagged.get("entrance", ""),
        floor=tagged.get("floor", ""),
        rest=", ".join(rest),
        locality=_text(locality),
    )
