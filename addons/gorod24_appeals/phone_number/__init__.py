# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from .normalise import UNDIALABLE, is_mobile, is_own, last_digits, normalise, pretty

__all__ = [
    "UNDIALABLE",
    "is_mobile",
    "is_own",
    "last_digits",
    "normalise",
    "pretty",
]
