# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""A typed line → what to look for: a number, digits of a phone, names, words.

One line can mean several things («123456» is an appeal and a city phone), so every
part is filled that is possible, and the search tries them all.
"""

import re
from itertools import product
from typing import NamedTuple

MAX_LENGTH = 100
MAX_WORDS = 8
#: Shorter than this a piece of a phone fits half of the town.
MIN_PHONE_DIGITS = 5
#: Letters of a name or a word from which on the beginning of a word is looked for.
MIN_LETTERS = 3
#: From so many letters on a word is looked for by its beginning as well.
LONG_WORD = 6

_NUMBER = re.compile(r"^(?:№|N|#|no\.?)?\s*((?:\d{4}-)?\d{1,9})(?:/(\d{1,3}))?$", re.I)
#: «тел. 8-905-…», «25-25-25 доб. 3»; a copied number may have any kind of hyphen.
_PHONE = re.compile(
    r"^(?:sips?:|(?:т|тел|телефон|моб|сот)\b\.?:?\s*)?(\+?[\d\s().\-‐‑–—/]+)"
    r"(?:@\S*|[,;]?\s*(?:доб|вн|ext|#).*)?$",
    re.I,
)
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
#: A word of a name worth spelling: letters alone. PostgreSQL reads it like Python.
NAME_WORD = r"[^\W\d_]{3,}(?:-[^\W\d_]+)*"
_NAME_WORD = re.compile(NAME_WORD)
_DIGIT = re.compile(r"\d")


class Reading(NamedTuple):
    """What was read; a part that is not there is empty.

    number: of an appeal as typed, without signs («2026-000123», «123»); position: of
    the question in it («/2» → 2, else 0); digits: of a phone; names: beginnings of
    words of a person's name; words: all words; text: the line itself, tidied.
    """

    text: str = ""
    number: str = ""
    position: int = 0
    digits: str = ""
    names: tuple = ()
    words: tuple = ()


def read(text):
    """Read a line typed by an operator; never raises.

    :param text: anything; only the first ``MAX_LENGTH`` characters count
    """
    tidy = " ".join(str(text or "")[:MAX_LENGTH].split())
    number = _NUMBER.match(tidy)
    words = tuple(_WORD.findall(name_key(tidy))[:MAX_WORDS])
    return Reading(
        text=tidy,
        number=number[1] if number else "",
        position=int(number[2] or 0) if number else 0,
        digits="" if number and number[2] else _phone_digits(tidy),
        names=_names(tidy, words),
        words=words if any(len(word) >= MIN_LETTERS for word in words) else (),
    )


def name_key(text):
    """Return a name as it is compared: small letters, ё = е."""
    return (text or "").lower().replace("ё", "е")


def name_words(text):
    """Return the words of a name that can be misspelt: no initials, no digits."""
    return _NAME_WORD.findall(name_key(text))


def likeliest(meanings, count):
    """Return the likeliest readings of a row of words, the best first.

    :param meanings: of each word [(what it may mean, how likely)]; one without any
        leaves nothing to read
    :param count: how many readings at most
    """
    readings = product(*meanings)
    best = sorted(readings, key=lambda reading: -sum(share for _word, share in reading))
    return [tuple(word for word, _share in reading) for reading in best[:count]]


def words_query(words, unfinished=True):
    """Return the words as a query of PostgreSQL full text (`'нет' & 'вода':*`).

    The words are cut to stems by the database. The last word may still be being
    typed: its beginning is enough, from ``MIN_LETTERS`` on.

    :param words: of a :class:`Reading`: letters, digits and hyphens only
    :param unfinished: whether the last word may go on
    """
    kept = [word for word in words if len(word) >= MIN_LETTERS or word.isdigit()]
    # only the very word the cursor stands at; «горит н» is about «горит»
    last = len(kept) - 1 if kept and unfinished and kept[-1] == words[-1] else -1
    return " & ".join(
        _word_query(word, number == last) for number, word in enumerate(kept)
    )


def _word_query(word, unfinished):
    """One word: its stem; a long one also by its beginning without two letters.

    The dictionary cuts «батарея» to «батаре» and «батареи» to «батар»: forms of one
    word meet in the beginning.
    """
    if word.isdigit():
        return f"'{word}'"
    exact = f"'{word}':*" if unfinished else f"'{word}'"
    if len(word) < LONG_WORD or "-" in word:
        return exact
    return f"({exact} | '{word[:-2]}':*)"


def _phone_digits(text):
    phone = _PHONE.match(text)
    if not phone:
        return ""
    digits = re.sub(r"\D", "", phone[1])
    return digits if len(digits) >= MIN_PHONE_DIGITS else ""


def _names(text, words):
    """Words of a person's name: letters only, any of them long enough."""
    if _DIGIT.search(text) or not words or len(words) > 4:
        return ()
    return words if any(len(word) >= MIN_LETTERS for word in words) else ()
