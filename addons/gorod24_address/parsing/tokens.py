# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Characters and tokens: what every reader of this package starts with.

Every step keeps the length of the text, so that a token knows its place in
``canon(text)`` and a reader can show the very words it did not understand.
"""

import re
import unicodedata
from typing import NamedTuple

# Latin letters as they look (B is В) or, where nothing looks alike, as they sound.
_LATIN = dict(
    zip("abcdefghijklmnopqrstuvwxyz", "авсдефгнижклмноркрстуввхуз", strict=True)
)
_NOISE = "\"'«»„“”‘’`*+=!?<>[]{}|~^_#."
_DASHES = "\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_SIGNS = "();:\n\t\r"
_PLAIN = str.maketrans(
    {"ё": "е", "\\": "/", **_LATIN}
    | dict.fromkeys(_NOISE, " ")
    | dict.fromkeys(_DASHES, "-")
    | {"\t": "\n", "\r": "\n"}
)
_TOKEN = re.compile(
    r"\d+|(?<![а-я0-9])[а-я]/[а-я](?![а-я])|[а-я]+(?:-[а-я]+)*|[/,();:\n-]"
)
_JUNK = re.compile(
    r"\S+@\S+|https?://\S+|www\.\S+|\b[0-9a-f]{6,8}(?:-[0-9a-f]{3,4}){3}-[0-9a-f]{8,}",
    re.IGNORECASE,
)
_NUMBERING = re.compile(r"^\s*\d{1,2}\\?[.)]\s+(?=[^\W\d]{2})")
_ROMAN = re.compile(r"(?<!\w)[IVX]{2,6}(?!\w)")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}


class Token(NamedTuple):
    """One piece of an address.

    kind: "num", "word" or the sign itself ("/", "-", ",");
    glued: no space stood before it (so that 54а differs from 54 а);
    start, end: its place in ``canon(text)``.
    """

    kind: str
    text: str
    glued: bool
    start: int = 0
    end: int = 0


COMMA = Token(",", ",", False)


def _roman(match):
    """The number in digits, as long as it was: III → «3  »."""
    text, total = match.group(), 0
    for char, after in zip(text, text[1:] + " ", strict=True):
        value = _ROMAN_VALUES[char]
        total += -value if value < _ROMAN_VALUES.get(after, 0) else value
    return str(total).ljust(len(text))


def canon(text):
    """The text in one form of Unicode, № left out: what offsets point into."""
    text = (text or "").replace("№", " ").replace("\r\n", "\n")
    text = text.replace("°", " град ").replace("%", " процентов ")
    text = unicodedata.normalize("NFKC", text)
    return text if len(text.lower()) == len(text) else text.casefold()


def plain(text):
    """Lower-case Russian text: ё→е, Latin look-alikes→Cyrillic, quotes out."""
    return _plain(canon(text)).strip()


def _plain(text):
    if "I" in text or "V" in text or "X" in text:
        text = _ROMAN.sub(_roman, text)
    if "@" in text or "w." in text or ":/" in text or text.count("-") > 3:
        text = _JUNK.sub(lambda match: "," * len(match.group()), text)
    if text[:1].isdigit():
        text = _NUMBERING.sub(lambda match: " " * len(match.group()), text)
    return text.replace("\\.", " .").lower().translate(_PLAIN)


def tokenize(text, flat=True):
    """List of :class:`Token` of any text; signs without meaning are dropped.

    :param flat: brackets, colons and line ends count as commas
    """
    tokens = []
    end = 0
    slash = False
    for match in _TOKEN.finditer(_plain(canon(text))):
        value = match.group()
        start = match.start()
        glued = start == end > 0 or slash or value == "/"
        if value[0].isdigit():
            kind = "num"
            if glued and tokens[-1].kind == "word" and len(tokens[-1].text) > 2:
                glued = False  # «попова50»
        elif value[0].isalpha():
            kind = "word"
        else:
            kind = value = "," if flat and value in _SIGNS else value
        end = match.end()
        slash = value == "/"
        tokens.append(Token(kind, value, glued, start, end))
    return tokens


def words_of(tokens):
    """The words and numbers of tokens as one text."""
    return " ".join(t.text for t in tokens if t.kind in ("num", "word"))
