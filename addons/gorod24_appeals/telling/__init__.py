# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""When a citizen is called again and when it is enough; what a message says."""

from .retry import RetryRule, is_exhausted, next_attempt
from .short_text import check_template, compose

__all__ = [
    "RetryRule",
    "check_template",
    "compose",
    "is_exhausted",
    "next_attempt",
]
