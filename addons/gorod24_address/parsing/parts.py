# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Town, street, house and flat out of the tokens of one address."""

from typing import NamedTuple

from .houses import (
    ADDITION_WORDS,
    HOUSE_WORDS,
    is_bare_addition,
    is_house_number,
    read_tokens,
    split_glued,
)
from .locality import split_locality
from .streets import (
    NAME_NOISE,
    ORDINAL_ENDINGS,
    PLAN_TYPES,
    SPELLINGS,
    read_street,
    type_position,
)
from .tokens import words_of

COUNTED = set(
    "лет летия летие года год января февраля марта апреля мая июня июля августа"
    " сентября октября ноября декабря гвардейской гвардейская гв армии".split()
)
#: A number before these is a measure, never a house.
MEASURES = set(
    "м мм см км кг руб рублей шт час часов ч мин минут бар градусов раз раза л га м2"
    " дней дня суток человек домов домах квартир этажей тонн процентов град".split()
)
_PREPOSITIONS = {"на", "по", "в", "во", "у"}


class Parts(NamedTuple):
    """The plain parts of an address; `house` is a House or None."""

    kind: str = ""
    street: str = ""
    house: object = None
    flat: str = ""
    locality: str = ""
    rest: tuple = ()


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
    kind = type_position([token.text for token in tokens])
    return {
        i
        for i, token in enumerate(tokens)
        if i != kind
        and _is_name(token)
        and (kind is not None or token.text not in SPELLINGS)
    }


def _is_ordinal(tokens, i):
    """Whether the number tokens[i] is an ordinal of the name («Западная 1-я»)."""
    after = tokens[i + 1 : i + 3]
    if after and after[0].kind == "-":
        after = after[1:]
    if not after or after[0].text not in ORDINAL_ENDINGS:
        return False
    if not after[0].glued and tokens[i + 1].kind != "-" and after[0].text != "й":
        return False
    before = tokens[i - 1].text if i else ""
    if after[0].text in ("я", "ая", "ья"):
        return before.endswith(("ая", "яя", "линия"))
    return after[0].text in ("й", "ый", "ой", "ий") and not before.endswith("а")


def _is_measure(tokens, i):
    """Whether the number counts something: «50 м.», «2,45 м», «20…120 град»."""
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if after is not None and after.kind in (",", "-") and i + 2 < len(tokens):
        after = tokens[i + 2] if tokens[i + 2].glued else None
    if after is not None and after.kind == "num":
        return _is_measure(tokens, tokens.index(after, i))
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if after is None or after.kind != "word":
        return False
    if after.text in ("г", "год", "года") and tokens[i].text[:2] in ("19", "20"):
        return len(tokens[i].text) == 4
    if after.text == "кв":
        return i + 2 < len(tokens) and tokens[i + 2].text == "м"
    if after.text not in MEASURES:
        return False
    long = len(after.text) > 1
    return long or (not after.glued and i + 2 < len(tokens) and _follows(tokens[i + 2]))


def _follows(token):
    return token.kind == "word" and token.text not in ADDITION_WORDS


def _first_number(tokens):
    """Index of the number that begins the house, by its place among the words."""
    numbers = [i for i in range(len(tokens)) if is_house_number(tokens, i)]
    names = _name_places(tokens)
    first_name = min(names, default=len(tokens))
    for i in numbers:
        if _is_measure(tokens, i):
            continue
        if first_name < i:
            following = tokens[i + 1].text if i + 1 < len(tokens) else ""
            if not _is_ordinal(tokens, i) and following not in COUNTED:
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
    kinds = {SPELLINGS.get(t.text, "") for t in tokens if t.kind == "word"} - {""}
    after = [t for t in tokens[i + 1 : i + 3] if t.kind != "-"]
    ordinal = bool(after) and after[0].text in ORDINAL_ENDINGS
    if not kinds:
        return False
    return ordinal or bool(kinds & PLAN_TYPES) or (numbers > 1 and kinds == {"линия"})


def _marked_house(tokens):
    """(end of the street, number) of «д. 54» or of «строен. 57»; or None."""
    for i in range(len(tokens) - 1):
        if tokens[i].text in HOUSE_WORDS and is_house_number(tokens, i + 1):
            return i, i + 1
    return None


def _is_counted_name(tokens, i):
    """Whether the number begins a name: «22 января», «1-я Западная»."""
    after = tokens[i + 1 : i + 3]
    if after and after[0].kind == "-":
        after = after[1:]
    if not after:
        return False
    return after[0].text in COUNTED or (
        after[0].text in ORDINAL_ENDINGS and after[0].text not in ("в", "г")
    )


def _starts(tokens):
    """[(score, end of the street, number of the house or None)], likely ones first."""
    marked = _marked_house(tokens)
    if marked:
        return [(1.0, *marked)]
    begin = 0
    while begin < len(tokens) and tokens[begin].text in _PREPOSITIONS:
        begin += 1
    start = _first_number(tokens)
    if start and is_bare_addition(tokens, start - 1):
        return [(1.0, start - 1, start - 1)]
    found = [(1.0, start if start is not None else len(tokens), start)]
    numbers = [i for i in range(len(tokens)) if is_house_number(tokens, i)]
    if numbers and numbers[0] == begin and start != begin:
        names = [i for i, t in enumerate(tokens) if i > begin and _is_name(t)]
        counted = _is_counted_name(tokens, begin)
        if names and not counted and not _is_measure(tokens, begin):
            first = start is None
            found.insert(0 if first else 1, (1.0 if first else 0.8, begin, begin))
            if first:
                found[1] = (0.8, *found[1][1:])
    elif start is not None and start > 0 and _bare_pair(tokens, start):
        # «Западная 2 15» may be «2-я Западная», house 15
        found.append((0.8, start + 1, _next_number(tokens, start)))
    return found


def _next_number(tokens, i):
    return next(n for n in range(i + 1, len(tokens)) if is_house_number(tokens, n))


def _bare_pair(tokens, i):
    """Whether exactly one more number follows directly: «2 15», «2, 15»."""
    after = [t for t in tokens[i + 1 : i + 3] if t.kind not in (",", "-")]
    return bool(after) and after[0].kind == "num" and len(after[0].text) < 5


def _flat_after_house(tokens):
    """(flat, tokens left) of a bare second number: «54-12», «54, 12».

    Several numbers are a list of houses, not a flat.
    """
    j = 0
    while j < len(tokens) and tokens[j].kind in (",", "-"):
        j += 1
    if not is_house_number(tokens, j):
        return "", tokens
    value, j = tokens[j].text, j + 1
    if j < len(tokens) and tokens[j].glued and len(tokens[j].text) == 1:
        if tokens[j].kind == "word":
            value, j = value + tokens[j].text, j + 1
    after = next((t for t in tokens[j:] if t.kind not in (",", "-")), None)
    if after is not None and (after.kind == "num" or after.text in HOUSE_WORDS):
        return "", tokens
    return value, tokens[j:]


def _clean_street(tokens, alone=False):
    """Tokens of a street without «на», «по» before it and «дом» around it.

    :param alone: nothing else was typed, so a single «п» is the street's beginning
    """
    tokens = [
        t for t in tokens if not (t.kind == "word" and t.text in HOUSE_WORDS - {"д"})
    ]
    while tokens and tokens[0].text in _PREPOSITIONS:
        if len(tokens) == 1 and len(tokens[0].text) == 1 and alone:
            break
        tokens = tokens[1:]
    while len(tokens) > 1 and (
        tokens[-1].kind in ("-", "/") or tokens[-1].text in ("д", "по", "на")
    ):
        tokens = tokens[:-1]
    return tokens


def _read(tokens, locality, street_end, start):
    """The :class:`Parts` when the house begins at `start` (None: no house)."""
    if start is None:
        street, tail, house = tokens, [], None
    else:
        tokens = split_glued(tokens, start + 1)
        house, end = read_tokens(tokens, start)
        street, tail = tokens[:street_end], tokens[end:]
    flat = ""
    if house:
        flat, tail = _flat_after_house(tail)
    if not words_of(_clean_street(street)) and words_of(tail):
        street, tail = _first_segment(tail)
        if house and not flat:
            flat, tail = _flat_after_house(tail)
    kind, name, lead = read_street(_clean_street(street, house is None))
    rest = (lead, words_of(tail))
    return Parts(kind, name, house, flat, words_of(locality), rest)


def _first_segment(tokens):
    """(tokens up to the first comma or number after a word, the others)."""
    seen = False
    for i, token in enumerate(tokens):
        number = token.kind == "num" and not _is_counted_name(tokens, i)
        if seen and (token.kind == "," or number):
            return tokens[:i], tokens[i:]
        seen = seen or (token.kind == "word" and token.text not in SPELLINGS)
    return tokens, []


def read_parts(tokens, localities=frozenset(), limit=1):
    """[(score, Parts)] of the tokens of an address, likely ones first."""
    locality, tokens = split_locality(tokens, localities)
    found = []
    for score, street_end, start in _starts(tokens)[:limit]:
        parts = _read(tokens, locality, street_end, start)
        lettered = _with_letter(tokens, start, parts)
        if lettered:
            found.append((score, parts._replace(house=lettered)))
            score -= 0.05
        found.append((score, parts))
    return found[:limit]


def _with_letter(tokens, start, parts):
    """The house of «54 в ленина», where «в» may be a letter or a preposition."""
    if start is None or parts.house is None or parts.house.key != parts.house.number:
        return None
    letter = tokens[start + 1] if start + 1 < len(tokens) else None
    words = tokens[start + 2 :]
    if letter is None or letter.kind != "word" or len(letter.text) > 1:
        return None
    if any(_is_name(t) for t in tokens[:start]) or not any(map(_is_name, words)):
        return None
    return parts.house._replace(letter=letter.text)
