# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Words that steer the reading of a list of houses."""

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


def without_lead(tokens):
    """Tokens of a name without «по», «на» before it."""
    while len(tokens) > 1 and tokens[0].text in ("по", "на", "в", "у"):
        tokens = tokens[1:]
    return tokens
