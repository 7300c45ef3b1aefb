# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class Gorod24TopicArchive(models.TransientModel):
    """The end of a topic: who follows it and what goes over to the successor."""

    _name = "gorod24.topic.archive"
    _description = "Archive a Topic"

    topic_id = fields.Many2one(
        "helpdesk.ticket.category", required=True, ondelete="cascade"
    )
    branch_ids = fields.Many2many(
        "helpdesk.ticket.category",
        compute="_compute_use",
        help="What is archived: the topic with all below it.",
    )
    below_count = fields.Integer(string="Nodes below", compute="_compute_use")
    open_count = fields.Integer(
        string="Open cases",
        compute="_compute_use",
        help="They keep their topic and are worked to the end.",
    )
    rule_count = fields.Integer(string="Competence rules", compute="_compute_use")
    answer_count = fields.Integer(string="Answers and services", compute="_compute_use")
    in_use = fields.Boolean(compute="_compute_use")
    successor_id = fields.Many2one(
        "helpdesk.ticket.category",
        ondelete="cascade",
        domain="[('id', 'not in', branch_ids), ('active', '=', True)]",
        help="Operators are offered this topic instead.",
    )
    without_successor = fields.Boolean(
        help="The topic is no longer taken and nothing follows it."
    )
    hand_over = fields.Boolean(
        string="Hand rules and answers to the successor",
        default=True,
        help="Competence rules, standard answers, services and the links “Counts as”"
        " will name the successor.",
    )

    @api.depends("topic_id")
    def _compute_use(self):
        for wizard in self:
            branch = wizard.topic_id._get_branch()
            following = branch._get_following()
            rules = following.pop("gorod24.competence", ())
            answers = sum(len(records) for records in following.values())
            wizard.branch_ids = branch
            wizard.below_count = len(branch.filtered("active") - wizard.topic_id)
            wizard.open_count = branch._count_open_uses()
            wizard.rule_count = len(rules)
            wizard.answer_count = answers
            wizard.in_use = bool(wizard.open_count or rules or answers)

    @api.onchange("successor_id")
    def _onchange_successor_id(self):
        if self.successor_id:
            self.without_successor = False

    def action_apply(self):
        """Archive the topic with all below it."""
        self.ensure_one()
        topic, successor = self.topic_id, self.successor_id
        topic.check_access("write")
        self._check_successor()
        branch = topic._get_branch()
        if successor and self.hand_over:
            branch._hand_over(successor)
        if successor:
            branch.filtered("active").replaced_by_id = successor
        branch.filtered("active").active = False
        return {"type": "ir.actions.act_window_close"}

    def _check_successor(self):
        if not self.successor_id:
            if self.in_use and not self.without_successor:
                raise UserError(
                    self.env._(
                        "“%(topic)s” is in use: name its successor, or tick “Without"
                        " successor”.",
                        topic=self.topic_id.name,
                    )
                )
            return
        if self.successor_id in self.branch_ids:
            raise UserError(
                self.env._(
                    "“%(successor)s” is archived together with “%(topic)s”: it cannot"
                    " be the successor.",
                    successor=self.successor_id.name,
                    topic=self.topic_id.name,
                )
            )
        if not self.successor_id.active:
            raise UserError(
                self.env._(
                    "“%(successor)s” is archived itself: choose a topic in use.",
                    successor=self.successor_id.name,
                )
            )
