# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""House numbers: 54-в = 54 В = д.54в = 54B; 54, 54/1, 54 корп. 1 differ."""

from typing import NamedTuple

from .tokens import tokenize

HOUSE_WORDS = set(
    "д дом дома доме дому домом домов домам домовл домовладение двлд вл влд"
    " влад владение зд здание здании уч участок участки номер номером ном".split()
)
# what follows a number → sign of the addition in keys
ADDITIONS = {
    "к": set("к кор корп корпус корпс корпуса".split()),
    "с": set("с стр строен строение строения".split()),
    "л": set("л лит литер литера".split()),
    "соор": set("соор сооружение".split()),
    "бл": set("бл блок секция секц".split()),
}
_SPELLING = {word: sign for sign, words in ADDITIONS.items() for word in words}
_TITLES = {"к": "корп.", "с": "стр.", "л": "лит.", "соор": "соор.", "бл": "блок"}
ADDITION_WORDS = set(_SPELLING)


_NO_LETTERS = set("йъыь")
_ON = {"по", "на"}  # «дом 1 а по улице Попова»


class House(NamedTuple):
    """A house number: 54в/1 корп. 2 → ("54", "в", "1", (("к", "2"),)).

    The number is "" when only an addition was given: «стр. 57».
    """

    number: str
    letter: str = ""
    fraction: str = ""
    additions: tuple = ()

    @property
    def key(self):
        """Comparison key; equal keys mean the same house of a street.

        «стр. 5а» gives «5а с»: it is not the house 5а, yet is found when 5а is typed.
        """
        additions = list(self.additions)
        key = self.number + self.letter
        if self.fraction:
            key += "/" + self.fraction
        if not key:
            sign, value = additions.pop(0)
            key = f"{value} {sign}"
        return " ".join([key, *(sign + value for sign, value in additions)])

    def __str__(self):
        text = self.number + self.letter.upper()
        if self.fraction:
            text += "/" + self.fraction.upper()
        parts = [f"{_TITLES[sign]} {value.upper()}" for sign, value in self.additions]
        return " ".join([text, *parts] if text else parts)


def _number(text):
    return text.lstrip("0") or "0"


def _is_letter(tokens, i):
    """Whether tokens[i] is a letter of the number (54 в), not a new word."""
    if i >= len(tokens) or tokens[i].kind != "word" or len(tokens[i].text) != 1:
        return False
    if tokens[i].text in _NO_LETTERS or (tokens[i].text == "и" and not tokens[i].glued):
        return False
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if after is None or after.kind in (",", "/", "-"):
        return True
    if after.kind == "num":
        return tokens[i].text not in ADDITION_WORDS
    return tokens[i].glued or after.text in ADDITION_WORDS or after.text in _ON


def _read_letter(tokens, i):
    """(letter or "", next index): «в», «-в», «/в» and « в» after a number."""
    if i + 1 < len(tokens) and tokens[i].kind in ("-", "/"):
        loose = tokens[i + 1].glued or _ends(tokens, i + 2)
        if loose and _is_letter(tokens, i + 1):
            return tokens[i + 1].text, i + 2
    if _is_letter(tokens, i):
        return tokens[i].text, i + 1
    return "", i


def _ends(tokens, i):
    return i >= len(tokens) or tokens[i].kind == ","


def split_glued(tokens, i):
    """Tokens with «19дк1» taken apart: the letter, then the sign of the addition."""
    if i < len(tokens) and tokens[i].kind in ("-", "/"):
        i += 1
    token = tokens[i] if i + 1 < len(tokens) else None
    if token and token.kind == "word" and token.glued and len(token.text) > 1:
        letter, sign = token.text[0], token.text[1:]
        if sign in _SPELLING and tokens[i + 1].kind == "num":
            if token.text not in _SPELLING:
                first = token._replace(text=letter, end=token.start + 1)
                second = token._replace(text=sign, start=token.start + 1)
                return [*tokens[:i], first, second, *tokens[i + 1 :]]
    return tokens


def _read_fraction(tokens, i):
    """(«1а» or "", next index) of «/1а»."""
    if i + 1 >= len(tokens) or tokens[i].kind != "/" or tokens[i + 1].kind != "num":
        return "", i
    value, i = _number(tokens[i + 1].text), i + 2
    if i < len(tokens) and tokens[i].glued and _is_letter(tokens, i):
        return value + tokens[i].text, i + 1
    return value, i


def _read_addition(tokens, i):
    """((sign, value) or None, next index) of «корп. 1», «стр 2», «литер А»."""
    start = i
    if i < len(tokens) and tokens[i].kind in (",", "-"):
        i += 1
    if i + 1 >= len(tokens) or tokens[i].kind != "word":
        return None, start
    sign = _SPELLING.get(tokens[i].text)
    value = tokens[i + 1]
    if not sign or (value.kind == "word" and (len(value.text) > 1 or sign == "с")):
        return None, start
    if value.kind == "word" and len(tokens[i].text) == 1:
        return None, start
    if value.kind not in ("num", "word"):
        return None, start
    i += 2
    if value.kind == "word":
        if sign == "л" and i < len(tokens) and tokens[i].kind == "num":
            return (sign, value.text + tokens[i].text), i + 1  # «литер Г 5»
        return (sign, value.text), i
    letter = ""
    if i < len(tokens) and tokens[i].glued and _is_letter(tokens, i):
        letter, i = tokens[i].text, i + 1
    return (sign, _number(value.text) + letter), i


def is_house_number(tokens, i):
    """Whether tokens[i] can begin a house: up to four digits."""
    return i < len(tokens) and tokens[i].kind == "num" and len(tokens[i].text) < 5


def read_tokens(tokens, i=0):
    """(House or None, index after it) beginning at tokens[i].

    A glued «19дк1» must be taken apart by `split_glued` before.
    """
    if not is_house_number(tokens, i):
        return _read_unnumbered(tokens, i)
    number, i = _number(tokens[i].text), i + 1
    letter, i = _read_letter(tokens, i)
    fraction, i = _read_fraction(tokens, i)
    if fraction and not letter and i < len(tokens) and tokens[i].kind == "/":
        more, i = _read_fraction(tokens, i)
        fraction = f"{fraction}/{more}" if more else fraction
    additions, i = _read_additions(tokens, i)
    return House(number, letter, fraction, additions), i


def _read_additions(tokens, i):
    additions = {}
    while True:
        addition, end = _read_addition(tokens, i)
        if addition is None or addition[0] in additions:
            return tuple(sorted(additions.items())), i
        additions.update([addition])
        i = end


def _read_unnumbered(tokens, i):
    """(House or None, index after it) of «стр. 57» without a number before it."""
    if not is_bare_addition(tokens, i):
        return None, i
    additions, end = _read_additions(tokens, i)
    if len(additions) == 1:
        fraction, end = _read_fraction(tokens, end)  # «соор. 16/2»
        if fraction:
            sign, value = additions[0]
            additions = ((sign, f"{value}/{fraction}"),)
    return (House("", additions=additions), end) if additions else (None, i)


def is_bare_addition(tokens, i):
    """Whether tokens[i] can begin a house that has only an addition: «стр. 57»."""
    return (
        i + 1 < len(tokens)
        and tokens[i].kind == "word"
        and len(tokens[i].text) > 1
        and tokens[i].text in ADDITION_WORDS
        and is_house_number(tokens, i + 1)
    )


def read_house(text):
    """The :class:`House` written in a text that holds only a number, or None."""
    tokens = tokenize(text)
    if tokens and tokens[0].text in HOUSE_WORDS:
        tokens = tokens[1:]
    house, end = read_tokens(split_glued(tokens, 1))
    return house if house and end == len(tokens) else None


def house_key(text):
    """Comparison key of a house number as written.

    A text that is no regular number gives its own words joined, so that two
    unlike texts never share a key; an empty text gives "".
    """
    house = read_house(text)
    if house:
        return house.key
    return "~" + " ".join(t.text for t in tokenize(text)) if tokenize(text) else ""


def house_sort_key(key):
    """Order for people: 2, 10, 10а, 10/1."""
    digits = ""
    for char in key:
        if not char.isdigit():
            break
        digits += char
    return (int(digits or 0), len(key), key)
