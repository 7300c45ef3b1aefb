# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Words that steer the reading of a list of houses."""

from .streets import PLAN_TYPES, SPELLINGS

WHOLE = set("вся весь всю всей все полностью целиком".split())
EXCEPT = {"кроме", "исключая", "исключением"}
SIDES = set("сторона стороне сторону стороны".split())
JOINS = set("и а также включая включительно плюс в том числе".split())
KNOWN_PAIRS = {"минина", "кирилла", "зои", "петра"}
SHORT_LOCALITY = {"г", "с", "п", "д"}
#: Endings of «Западная 5-я» that are no letters of houses.
NAME_ENDINGS = {"я", "ая", "й", "ый", "ий", "ой"}


def ordinal_end(tokens, j):
    """Index after «5-я» of «Западная 5-я»; 0 when it is a house number."""
    k = j + 1
    while k < len(tokens) and tokens[k].kind == "-":
        k += 1
    ending = tokens[k].text if k < len(tokens) else ""
    return k + 1 if ending in NAME_ENDINGS and tokens[k].glued else 0


def dash_in_name(tokens, j):
    """Whether the dash tokens[j] stands inside a name: «Северо-Западная»."""
    return tokens[j - 1].kind == "num" or (
        tokens[j].glued
        and j + 1 < len(tokens)
        and tokens[j + 1].glued
        and tokens[j + 1].kind == "word"
    )


def plan_end(tokens, i, j):
    """Index after the number tokens[j] that is a name: «мкр. 6а», «кв-л 1022».

    0 when the name beginning at tokens[i] is another.
    """
    if j != i + 1 or SPELLINGS.get(tokens[i].text) not in PLAN_TYPES:
        return 0
    k = j + 1
    if k < len(tokens) and tokens[k].kind == "-":
        k += 1
    letter = tokens[k] if k < len(tokens) else None
    if letter and letter.kind == "word" and letter.glued and len(letter.text) == 1:
        return k + 1
    return j + 1


def without_lead(tokens):
    """Tokens of a name without «по», «на» before it."""
    while len(tokens) > 1 and tokens[0].text in ("по", "на", "в", "у"):
        tokens = tokens[1:]
    return tokens
