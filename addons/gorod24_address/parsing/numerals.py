# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Numbers said in words: «пятьдесят четыре вэ» → 54 в, «дробь» → /."""

from .houses import ADDITION_WORDS
from .streets import ORDINAL_WORDS

_UNITS = (
    "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать"
    " двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать"
    " восемнадцать девятнадцать"
).split()
_TENS = (
    "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто"
).split()
_HUNDREDS = "сто двести триста четыреста пятьсот".split()
NUMERALS = {
    **{word: value for value, word in enumerate(_UNITS) if value},
    **{word: 10 * value for value, word in enumerate(_TENS, 2)},
    **{word: 100 * value for value, word in enumerate(_HUNDREDS, 1)},
    **{"одна": 1, "две": 2, "шестьсот": 600},
}
_SLASHES = {"дробь", "дубль"}
_LETTERS = {
    **{"бэ": "б", "вэ": "в", "гэ": "г", "дэ": "д", "же": "ж", "жэ": "ж", "зэ": "з"},
    **{"бе": "б", "ве": "в", "ге": "г", "де": "д", "ка": "к", "эль": "л", "эм": "м"},
}
# what may stand after a number that is a house, a flat or an addition
_AFTER = ADDITION_WORDS | set(
    "кв квартира дом доме подъезд подьезд этаж дробь лет летия летие по на в корпус"
    " литера литер строение".split()
)


def _run(tokens, i):
    """(value, index after it) of the numerals beginning at tokens[i]."""
    total, size = 0, 1000
    while i < len(tokens) and tokens[i].text in NUMERALS:
        value = NUMERALS[tokens[i].text]
        rank = 100 if value >= 100 else 10 if value >= 20 else 1
        if rank >= size:
            break
        total, size, i = total + value, 1 if rank == 1 or value < 20 else rank, i + 1
        if value < 20:
            return total, i
    last = ORDINAL_WORDS.get(tokens[i].text) if 1 < size and i < len(tokens) else None
    if total and last and int(last) < size:  # «двадцать первый дом»
        return total + int(last), i + 1
    return total, i


def _stands_for_number(tokens, i, end):
    """Whether the words tokens[i:end] are a house, flat or «сорок лет», no name."""
    after = tokens[end] if end < len(tokens) else None
    if after and after.text in ("лет", "летия", "летие"):
        return True
    if not any(t.kind == "word" and len(t.text) > 3 for t in tokens[:i]):
        return after is not None and after.text in ("по", "на")
    return (
        after is None
        or after.kind in (",", "/", "num")
        or after.text in _AFTER
        or after.text in _LETTERS
        or after.text in NUMERALS
        or len(after.text) == 1
    )


def _ends_house(tokens):
    """Whether the last token can be a house: 54, 54 а."""
    last = tokens[-1] if tokens else None
    return last is not None and (last.kind == "num" or len(last.text) == 1)


def spoken(tokens):
    """Tokens with numerals in words made numbers where a number may stand."""
    if not any(t.text in NUMERALS or t.text in _SLASHES for t in tokens):
        return tokens
    result, i = [], 0
    while i < len(tokens):
        token = tokens[i]
        if token.text in NUMERALS:
            value, end = _run(tokens, i)
            if _stands_for_number(tokens, i, end):
                last = tokens[end - 1]
                result.append(
                    token._replace(
                        kind="num", text=str(value), glued=False, end=last.end
                    )
                )
                i = end
                continue
        number = bool(result) and result[-1].kind == "num"
        if number and token.text in _LETTERS:
            token = token._replace(text=_LETTERS[token.text])
        elif token.text in _SLASHES and i + 1 < len(tokens) and _ends_house(result):
            token = token._replace(kind="/", text="/", glued=True)
        result.append(token)
        i += 1
    return result
