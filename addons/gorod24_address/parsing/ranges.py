# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""House numbers of a list: single ones, «50–98 чёт.», «с 9 по 15»."""

from typing import NamedTuple

from .houses import (
    HOUSE_WORDS,
    House,
    house_sort_key,
    is_bare_addition,
    read_tokens,
    split_glued,
)

EVEN, ODD = "even", "odd"
FROM = {"с", "со", "от"}
TO = {"по", "до"}


class Numbers(NamedTuple):
    """Houses of one street: one house, a range, or (first is None) all of them.

    parity: "even", "odd" or ""; excluded: the list says «кроме» before them.
    """

    first: House | None = None
    last: House | None = None
    parity: str = ""
    excluded: bool = False

    @property
    def is_range(self):
        return self.last is not None

    @property
    def is_whole(self):
        """Whether it is all the street, or all of one side."""
        return self.first is None and not self.excluded

    def holds(self, key):
        """Whether a house with this key belongs here.

        A bound without letter or fraction takes in all houses of that number: in
        «50–98» lie 98а and 98/1; «по 62а» takes in 62 and 62а, but not 62б.
        """
        if self.first and not self.last:
            return key == self.first.key
        number, tail = _split(key)
        if not number or (self.parity and number % 2 != (self.parity == ODD)):
            return False
        if self.first is None:
            return True
        low, low_tail = _split(self.first.key)
        high, high_tail = _split(self.last.key)
        if number == low and low_tail and tail < low_tail:
            return False
        if number == high and high_tail and tail > high_tail:
            return False
        return low <= number <= high

    def after(self, before):
        """This house as said after others: «54 корп. 1, корп. 2» is twice house 54."""
        last = before[-1].first if before and not before[-1].last else None
        if self.last or not self.first or self.first.number or not last:
            return self
        signs = {sign for sign, _value in self.first.additions}
        kept = [(sign, value) for sign, value in last.additions if sign not in signs]
        if not last.number or len(kept) == len(last.additions):
            return self
        additions = tuple(sorted([*kept, *self.first.additions]))
        return self._replace(first=last._replace(additions=additions))

    def __str__(self):
        sign = {EVEN: " чёт.", ODD: " нечёт."}.get(self.parity, "")
        if self.first is None:
            return f"все{sign}"
        return (f"{self.first}–{self.last}" if self.last else str(self.first)) + sign


def _split(key):
    """(number, what follows it) of a house key; a key without number: (0, key)."""
    number = house_sort_key(key)[0]
    return number, key[len(str(number)) :] if number else key


def number_of(house):
    return int(house.number or 0)


def _skip_words(tokens, i):
    while i < len(tokens) and tokens[i].kind == "word" and tokens[i].text in NUMBERED:
        i += 1
    return i


#: Words that stand before house numbers and mean nothing more.
NUMBERED = HOUSE_WORDS | {"н", "номер", "номера", "номерами", "номером", "n"}


def mark_ranges(tokens):
    """Tokens where the «с» of «с 9 по 15» cannot be taken for «строение»."""
    result = list(tokens)
    for i, token in enumerate(tokens):
        if token.kind == "word" and token.text == "с" and not token.glued:
            j = _skip_words(tokens, i + 1)
            if j < len(tokens) and tokens[j].kind == "num":
                window = [t.text for t in tokens[j + 1 : j + 7]]
                if TO & set(window):
                    result[i] = token._replace(text="от")
    return result


def _read_house(tokens, i):
    parted = split_glued(tokens, i + 1)
    house, end = read_tokens(parted, i)
    if house is None:
        return None, i
    end -= len(parted) - len(tokens)
    after = tokens[end] if end < len(tokens) else None
    if after and after.kind == "word" and after.glued and 1 < len(after.text) < 4:
        # «48бв» is no house, but must be reported as it was written
        return house._replace(letter=house.letter + after.text), end + 1
    return house, end


def read_numbers(tokens, i):
    """(:class:`Numbers` or None, index after it) of what begins at tokens[i]."""
    if tokens[i].kind == "word" and tokens[i].text in FROM:
        return _read_from_to(tokens, i)
    if tokens[i].kind != "num" and not is_bare_addition(tokens, i):
        return None, i
    house, end = _read_house(tokens, i)
    if house is None:
        return None, i
    if house.number and end + 1 < len(tokens) and tokens[end].kind == "-":
        other, after = _read_house(tokens, _skip_words(tokens, end + 1))
        if other:
            if number_of(other) > number_of(house):
                return Numbers(house, other), after
            if not house.fraction and not house.additions:
                fraction = other.number + other.letter  # «15-2» is no range
                return Numbers(house._replace(fraction=fraction)), after
    return Numbers(house), end


def _read_from_to(tokens, i):
    j = _skip_words(tokens, i + 1)
    if j >= len(tokens) or tokens[j].kind != "num":
        return None, i
    first, j = _read_house(tokens, j)
    if first is None or j >= len(tokens) or tokens[j].text not in TO:
        return None, i
    j = _skip_words(tokens, j + 1)
    if j >= len(tokens) or tokens[j].kind != "num":
        return None, i
    last, end = _read_house(tokens, j)
    if last and end + 1 < len(tokens) and tokens[end].kind == "-":
        if tokens[end].glued and tokens[end + 1].kind == "num":  # «по 15-2»
            last = last._replace(fraction=tokens[end + 1].text)
            end += 2
    return (Numbers(first, last), end) if last else (None, i)


# Parity -----------------------------------------------------------------------------


def parity_of(word):
    """EVEN, ODD or "" of «чёт», «нечётные», «четная»."""
    if word.startswith("нечет") and not word.startswith("нечетк"):
        return ODD
    if word.startswith("чет") and not word.startswith(("четв", "четы", "четк")):
        return EVEN
    return ""


def opposite(parity):
    return {EVEN: ODD, ODD: EVEN}.get(parity, "")


def _fits(numbers, parity):
    wanted = parity == ODD
    return all(number_of(h) % 2 == wanted for h in (numbers.first, numbers.last))


def apply_parity(found, parity):
    """Give a parity said after the numbers to those it is said of.

    The last range always takes it; earlier ones when both their ends fit:
    «с 9 по 25, с 29 по 39 (нечётные)», but «1–20, 30–40 чёт.» leaves 1–20 whole.
    """
    result = list(found)
    last = True
    for i in range(len(result) - 1, -1, -1):
        numbers = result[i]
        if not numbers.is_range:
            continue
        if numbers.parity:
            break
        if last or _fits(numbers, parity):
            result[i] = numbers._replace(parity=parity)
        last = False
    return result


def infer_parity(found):
    """Give both sides their parity in «1–33 и 2–18»: they overlap otherwise."""
    ranges = [n for n in found if n.is_range and not n.parity]
    sides = {p: [n for n in ranges if _fits(n, p)] for p in (EVEN, ODD)}
    overlap = any(
        number_of(a.first) <= number_of(b.last)
        and number_of(b.first) <= number_of(a.last)
        for a in sides[EVEN]
        for b in sides[ODD]
    )
    if not overlap:
        return list(found)
    return [
        n._replace(parity=EVEN if _fits(n, EVEN) else ODD)
        if n in sides[EVEN] or n in sides[ODD]
        else n
        for n in found
    ]
