# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The citizens' words turned into search words, without Odoo."""

from .index import TopicIndex
from .ranking import Facts, Found, adjust, explain, rank, weigh
from .reading import Reader, Said
from .thesaurus import Thesaurus, key_words
from .typos import Vocabulary
from .noise import NOISE
from .words import normalise, split_words

__all__ = [
    "NOISE",
    "Facts",
    "Found",
    "Reader",
    "Said",
    "Thesaurus",
    "TopicIndex",
    "Vocabulary",
    "adjust",
    "explain",
    "key_words",
    "normalise",
    "rank",
    "split_words",
    "weigh",
]
