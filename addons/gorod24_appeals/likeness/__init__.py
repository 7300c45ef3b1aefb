# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Do two citizens speak of the same trouble? Plain Python, no database."""

from .words import LIKE, likeness

__all__ = ["LIKE", "likeness"]
