# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError


class RegimeMove(models.TransientModel):
    """Moves topics from one regime to another; says how many before it does."""

    _name = "gorod24.regime.move"
    _description = "Moving topics to another regime"

    from_id = fields.Many2one("gorod24.regime", "From", required=True)
    to_id = fields.Many2one("gorod24.regime", "To", required=True)
    topic_count = fields.Integer("Topics", compute="_compute_counts")
    archived_count = fields.Integer("Archived topics", compute="_compute_counts")
    without_count = fields.Integer("Topics without a regime", compute="_compute_counts")
    open_count = fields.Integer("Open questions", compute="_compute_counts")
    is_default = fields.Boolean(compute="_compute_counts")
    as_default = fields.Boolean("Also for topics without a regime", default=True)

    @api.depends("from_id")
    def _compute_counts(self):
        Topic = self.env["helpdesk.ticket.category"].with_context(active_test=False)
        # sudo: a curator reads no questions, and only their number is shown
        questions = self.env["gorod24.question"].sudo()
        for move in self:
            code = move.from_id.code
            under = [("regime_code", "=", code)] if code else [(0, "=", 1)]
            move.is_default = move.from_id.is_default
            move.topic_count = Topic.search_count(under + [("active", "=", True)])
            move.archived_count = Topic.search_count(under + [("active", "=", False)])
            move.without_count = Topic.search_count(
                [
                    ("regime_code", "=", False),
                    ("is_topic", "=", True),
                    ("active", "=", True),
                ]
            )
            move.open_count = questions.search_count(
                [("regime_id", "=", move.from_id.id), ("state", "!=", "closed")]
            )

    def action_move(self):
        """Move the topics; questions already registered keep their terms.

        :raises UserError: when there is nothing to move or no right to
        """
        self.ensure_one()
        self.to_id.check_access("write")
        if self.from_id == self.to_id:
            raise UserError(self.env._("Choose another regime to move topics to."))
        Topic = self.env["helpdesk.ticket.category"].with_context(active_test=False)
        topics = Topic.search([("regime_code", "=", self.from_id.code)])
        as_default = self.as_default and self.is_default
        if not topics and not as_default:
            raise UserError(
                self.env._(
                    "There are no topics under %(regime)s.",
                    regime=self.from_id.display_name,
                )
            )
        topics.write({"regime_code": self.to_id.code})
        if as_default:
            self.to_id._set_default()
        if self.from_id.is_emergency and self.to_id.is_emergency:
            # the first emergency regime is the one for marked questions
            self.to_id.sequence = self.from_id.sequence - 1
        return {"type": "ir.actions.act_window_close"}
