# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: a limit that counts for some topics only.

The feedback platform gives 5 to 30 days, by topic (resolution 1802): the general limit
stays, topics with a shorter one have a limit of their own in the same regime.
"""

from dataclasses import replace

from odoo import api, fields, models


class RegimeRule(models.Model):
    _inherit = "gorod24.regime.rule"

    topic_ids = fields.Many2many(
        "helpdesk.ticket.category",
        "gorod24_regime_rule_topic_rel",
        "rule_id",
        "topic_id",
        "Only for topics",
        help="With all that is below them. Empty: for every topic that has no limit of"
        " its own.",
    )

    @api.constrains("topic_ids")
    def _check_topics(self):
        self._check_overlap()

    def _is_same_case(self, other):
        mine, others = self.topic_ids, other.topic_ids
        same = bool(mine & others) or not (mine or others)
        return same and super()._is_same_case(other)

    def _as_clockwork(self):
        return replace(super()._as_clockwork(), scope=frozenset(self.topic_ids.ids))


class HelpdeskTicketCategory(models.Model):
    _inherit = "helpdesk.ticket.category"

    def _get_limit_path(self):
        """Ids of the topic and of those above it, the nearest first."""
        # sudo: where a topic stands in the tree is the same for every user
        return tuple(reversed(self.sudo()._get_ancestor_ids())) if self else ()


class Question(models.Model):
    _inherit = "gorod24.question"

    def _find_clock_rule(self, kind, regime, start):
        """The limit for the topic of the question."""
        case = self._get_clock_case(kind)
        return self.env["gorod24.clock"]._find_rule(regime, kind, start, **case)

    def _get_clock_case(self, kind):
        """What a term of the question is about, see ``clockwork.choose``. Hook."""
        self.ensure_one()
        return {"path": self.topic_id._get_limit_path()}
