# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who answers, without Odoo.

* :func:`choose`: the responsible one for a topic, a place and a day;
* :func:`plan_change`: what becomes of the rules when houses change hands;
* :class:`Coverage`: houses that no rule covers, topic by topic;
* :func:`find_doubles`: places for which two answer.
"""

from .change import Affected, Close, Create, Shrink, Withdraw, plan_change
from .choice import (
    Decision,
    Ranked,
    Rule,
    applies,
    choose,
    in_force,
    make_address_path,
    specificity,
)
from .coverage import Coverage, Town
from .double import find_doubles

__all__ = [
    "Affected",
    "Close",
    "Coverage",
    "Create",
    "Decision",
    "Ranked",
    "Rule",
    "Shrink",
    "Town",
    "Withdraw",
    "applies",
    "choose",
    "find_doubles",
    "in_force",
    "make_address_path",
    "plan_change",
    "specificity",
]
