# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who works in whose place, without Odoo: see :mod:`substitution`."""

from .phones import BadPhone, normalise, pretty
from .substitution import Absence, Member, Post, find_cycle, resolve

__all__ = [
    "Absence",
    "BadPhone",
    "Member",
    "Post",
    "find_cycle",
    "normalise",
    "pretty",
    "resolve",
]
