# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""House numbers of the register, written as people write them."""

from functools import lru_cache

from ..parsing import house_key, read_house

#: HOUSETYPE → word before the number; a plain house needs none.
HOUSE_WORDS = {
    "4": "г-ж",
    "6": "шахта",
    "7": "стр.",
    "8": "соор.",
    "9": "лит.",
    "10": "корп.",
    "11": "подв.",
    "12": "кот.",
    "13": "п-б",
    "14": "ОНС",
}
#: ADDTYPE1, ADDTYPE2 → word before the addition.
ADDITION_WORDS = {"1": "корп.", "2": "стр.", "3": "соор.", "4": "лит."}
#: First word of a number that is no plain house → sign in its key.
_SIGNS = {
    "стр": "с",
    "строение": "с",
    "соор": "соор",
    "сооружение": "соор",
    "корп": "к",
    "корпус": "к",
    "г-ж": "г",
    "гараж": "г",
    "лит": "л",
    "литера": "л",
    "шахта": "ш",
    "подв": "подв",
    "кот": "кот",
    "котельная": "кот",
    "п-б": "пб",
    "онс": "онс",
}
#: HOUSETYPE of things nobody lives in.
OTHER_TYPES = {"4", "6", "8", "11", "12", "13", "14"}
PRIVATE_TYPES = {"1", "3"}


def short_words(rows, known):
    """Words of HOUSETYPE ids we do not know, from the archive's dictionary."""
    words = dict(known)
    for row in rows:
        words.setdefault(row.get("ID", ""), (row.get("SHORTNAME") or "").strip())
    return words


@lru_cache(maxsize=65536)
def number_key(text):
    """Comparison key of a house number: as `parsing.house_key`, other things too.

    «г-ж 5а» gives «5а г», just as «стр. 5а» gives «5а с».
    """
    whole = read_house(text)
    if whole:
        return whole.key
    word, _space, rest = text.strip().partition(" ")
    sign = _SIGNS.get(word.lower().rstrip("."))
    if sign and rest:
        house = read_house(rest)
        if house:
            return f"{house.key} {sign}"
    return house_key(text)


@lru_cache(maxsize=65536)
def format_house(number, kind, addition1, type1, addition2, type2):
    """«54 корп. 1 стр. 2» of HOUSENUM, HOUSETYPE, ADDNUM1, ADDTYPE1, …; "" if empty.

    Types are words already («», «стр.»).
    """
    parts = []
    for word, value in ((kind, number), (type1, addition1), (type2, addition2)):
        value = " ".join((value or "").split())
        if value:
            parts += [word, value] if word else [value]
    return " ".join(parts)
