# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Answers to the extra questions of a topic: read strictly, whatever the sender.

Plain Python: `read_value(kind, options, raw)` gives the value to store or raises
:class:`AnswerError` with a code; texts for people are made by the models.
"""

from .values import ASKED, AnswerError, read_value

__all__ = ["ASKED", "AnswerError", "read_value"]
