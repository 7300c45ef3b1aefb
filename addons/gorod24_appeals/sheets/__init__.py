# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""A long table cut into sheets of paper. Plain Python, no database."""

from .cut import cut, height

__all__ = ["cut", "height"]
