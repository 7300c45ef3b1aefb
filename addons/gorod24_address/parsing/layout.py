# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Text typed with the wrong keyboard layout, or in Latin letters by sound."""

import re

_KEYS = dict(
    zip(
        "`qwertyuiop[]asdfghjkl;'zxcvbnm,.",
        "ёйцукенгшщзхъфывапролджэячсмитьбю",
        strict=True,
    )
)
_UPPER = dict(zip('~{}:"<>', "ЁХЪЖЭБЮ", strict=True))
_TABLE = str.maketrans(
    {
        **_KEYS,
        **_UPPER,
        **{k.upper(): v.upper() for k, v in _KEYS.items() if k.isalpha()},
        "?": ",",
        "/": ".",
        "&": "?",
        "#": "№",
    }
)
_SOUNDS = [
    *(("shch", "щ"), ("sch", "щ"), ("yo", "е"), ("zh", "ж"), ("kh", "х"), ("ts", "ц")),
    *(("ch", "ч"), ("sh", "ш"), ("yu", "ю"), ("ya", "я"), ("iy", "ий"), ("yy", "ый")),
    *zip("abvgdezijklmnoprstufhcyqwx", "абвгдезийклмнопрстуфхцыквк", strict=True),
]
# a sign closing a word is a sign: «ktybyf, 54» is «ленина, 54»
_CLOSING = re.compile(r"(?<=[a-z])[,.](?=\s|$)|(?<=\d)[.,/](?=\s|$|\d)", re.IGNORECASE)
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_LATIN_WORD = re.compile("[a-z;'\\[\\]]{2,}", re.IGNORECASE)


def is_foreign(text):
    """Whether a text has Latin words and no Cyrillic letter at all."""
    return bool(_LATIN_WORD.search(text)) and not _CYRILLIC.search(text)


def from_latin_layout(text):
    """What was meant with the Russian layout: «ktybyf 54-d» → «ленина 54-в»."""
    kept = [match.start() for match in _CLOSING.finditer(text)]
    result = list(text.translate(_TABLE))
    for place in kept:
        result[place] = text[place]
    return "".join(result)


def from_latin_sound(text):
    """What was meant by sound: «prospekt Lenina 54» → «проспект ленина 54»."""
    text = text.lower()
    for latin, russian in _SOUNDS:
        text = text.replace(latin, russian)
    return text


def variants(text):
    """Texts to look up besides the typed one: none when it has Cyrillic letters."""
    if not is_foreign(text):
        return []
    return [from_latin_layout(text), from_latin_sound(text)]
