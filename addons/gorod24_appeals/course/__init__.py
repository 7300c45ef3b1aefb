# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How a question and a referral may travel, without Odoo.

* :data:`QUESTION`, :data:`REFERRAL`: the two tables of states and allowed moves;
* :class:`Course`: asks a table whether a move is allowed, or why not.
"""

from .moves import FINISHED, OUTCOMES, QUESTION, RECEIVED, REFERRAL, Course, find_fault

__all__ = [
    "Course",
    "FINISHED",
    "OUTCOMES",
    "QUESTION",
    "RECEIVED",
    "REFERRAL",
    "find_fault",
]
