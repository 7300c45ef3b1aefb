# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Choice of the one who answers, without Odoo: see :func:`choose`."""

from .choice import Decision, Rule, applies, choose, specificity

__all__ = ["Decision", "Rule", "applies", "choose", "specificity"]
