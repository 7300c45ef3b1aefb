# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""How much the words of two short texts have in common."""

import re

#: From this share on two texts are shown as probably the same.
LIKE = 0.5
# Endings carry grammar, beginnings carry sense: «фонаря» and «фонари» are one word.
STEM = 5
SHORTEST = 3
_WORD = re.compile(r"[а-яёa-z0-9]+")
# Said in every call, tell nothing about the trouble.
_EMPTY = frozenset(
    (
        "нет уже день дня дней или для что это как нас вас они она был была были при"
        " под над дом дома доме улица улице очень снова опять весь все есть там тут где"
    ).split()
)


def _stems(text):
    words = _WORD.findall(text.lower().replace("ё", "е"))
    return {
        word[:STEM] for word in words if len(word) >= SHORTEST and word not in _EMPTY
    }


def likeness(one, other):
    """Return the share 0…1 of the shorter text's words that the other has too.

    One common word is a coincidence, so texts of a single word are never alike
    unless they are equal in it; symmetric; 0 for texts without words.
    """
    mine, theirs = _stems(one), _stems(other)
    shorter = min(len(mine), len(theirs))
    if not shorter:
        return 0.0
    common = len(mine & theirs)
    if common < 2 and max(len(mine), len(theirs)) > 1:
        return 0.0
    return common / shorter
