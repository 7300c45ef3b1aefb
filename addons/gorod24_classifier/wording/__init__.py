# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The citizens' words turned into search words, without Odoo."""

from .typos import Vocabulary
from .words import Word, normalise, query_words

__all__ = ["Vocabulary", "Word", "normalise", "query_words"]
