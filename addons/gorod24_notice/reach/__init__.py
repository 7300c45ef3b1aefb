# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which notice comes first for a house, and what is said of its term.

Plain Python: nothing here knows Odoo.
"""

from .order import KINDS, Reach, nearest
from .term import COMING, NOW, OVERDUE, day_of, first_sentence, phase_of

__all__ = [
    "COMING",
    "KINDS",
    "NOW",
    "OVERDUE",
    "Reach",
    "day_of",
    "first_sentence",
    "nearest",
    "phase_of",
]
