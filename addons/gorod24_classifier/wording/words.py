# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Words of a complaint: signs and noise dropped, wrong keyboard layout put right."""

import re

#: A longer text is cut: nobody reads a topic out of the tenth paragraph.
MAX_LETTERS = 1500
MAX_WORDS = 60

_NOT_WORD = re.compile(r"[^0-9a-zа-я]+")
_LATIN = re.compile(r"[a-z]")
_CYRILLIC = re.compile(r"[а-яё]")
_LAYOUT = str.maketrans(
    "qwertyuiop[]asdfghjkl;'zxcvbnm,.`{}:\"<>~",
    "йцукенгшщзхъфывапролджэячсмитьбюехъжэбюе",
)

#: The one word all negations become: «нету света», «без света», «света нет».
NEGATION = "нет"
NEGATIONS = frozenset("нет нету нема не без ни отсутствует отсутствуют".split())


def normalise(text):
    """Lower-case words parted by one space, ё→е, signs dropped."""
    return _NOT_WORD.sub(" ", (text or "").lower().replace("ё", "е")).strip()


def split_words(text):
    """Words of a text in their order; a very long text is cut."""
    return normalise((text or "")[:MAX_LETTERS]).split()[:MAX_WORDS]


def fix_layout(chunk):
    """A chunk typed on the Latin layout as it would read on the Russian one."""
    return chunk.lower().translate(_LAYOUT)


def chunk_words(chunk):
    """(words, words of the other layout or ()) of a text without spaces."""
    lowered = chunk.lower()
    if not _LATIN.search(lowered) or _CYRILLIC.search(lowered):
        return tuple(normalise(chunk).split()), ()
    return tuple(normalise(chunk).split()), tuple(normalise(fix_layout(chunk)).split())
