# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How long until a term, in the units a person thinks in. Plain Python, no Odoo."""

from .remaining import Remaining, remaining

__all__ = ["Remaining", "remaining"]
