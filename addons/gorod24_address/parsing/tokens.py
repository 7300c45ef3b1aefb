# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Characters and tokens: what every reader of this package starts with."""

import re
import unicodedata
from typing import NamedTuple

# Latin letters as they look (B is В) or, where nothing looks alike, as they sound.
_LATIN = str.maketrans("abcdefghijklmnopqrstuvwxyz", "авсдефгнижклмнорквстуввхуз")
_DASHES = re.compile("[\u00ad\u2010-\u2015\u2212]")
_NOISE = re.compile("[\"'«»„“”‘’`*+=!?<>\\[\\]{}|~^_#.]")
_BREAKS = re.compile(r"[():;\n\t\r]")
_TOKEN = re.compile(r"\d+|[а-я]+(?:-[а-я]+)*|[/,-]")
_WORD_THEN_NUMBER = re.compile(r"(?<=[а-я]{3})(?=\d)")


class Token(NamedTuple):
    """One piece of an address.

    kind: "num", "word" or the sign itself ("/", "-", ",");
    glued: no space stood before it (so that 54а differs from 54 а).
    """

    kind: str
    text: str
    glued: bool


def plain(text):
    """Lower-case Russian text: ё→е, Latin look-alikes→Cyrillic, quotes out."""
    text = (text or "").replace("№", " ")
    text = unicodedata.normalize("NFKC", text).lower().replace("ё", "е")
    text = _DASHES.sub("-", text.replace("\\", "/")).translate(_LATIN)
    text = _BREAKS.sub(",", _NOISE.sub(" ", text))
    return re.sub(r"\s*/\s*", "/", text).strip()


def tokenize(text):
    """List of :class:`Token` of any text; signs without meaning are dropped."""
    text = _WORD_THEN_NUMBER.sub(" ", plain(text))
    tokens = []
    end = 0
    for match in _TOKEN.finditer(text):
        value = match.group()
        kind = "num" if value[0].isdigit() else value if value in "/,-" else "word"
        tokens.append(Token(kind, value, match.start() == end and end > 0))
        end = match.end()
    return tokens
