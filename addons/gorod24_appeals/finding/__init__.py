# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What a line typed into the search box can mean. Plain Python, no database."""

from .reading import (
    MIN_LETTERS,
    MIN_PHONE_DIGITS,
    NAME_WORD,
    Reading,
    likeliest,
    name_key,
    name_words,
    read,
    words_query,
)

__all__ = [
    "MIN_LETTERS",
    "MIN_PHONE_DIGITS",
    "NAME_WORD",
    "Reading",
    "likeliest",
    "name_key",
    "name_words",
    "read",
    "words_query",
]
