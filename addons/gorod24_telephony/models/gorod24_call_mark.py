# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class CallMark(models.Model):
    """How a supervisor judged the talk of an operator.

    One mark per call and reviewer. A correction is a new record that follows the old
    one; the old one stays as it was, and counts no more. Marks are made by
    ``gorod24.call._mark`` alone.
    """

    _name = "gorod24.call.mark"
    _description = "Quality mark"
    _order = "create_date desc, id desc"
    _rec_name = "call_id"

    call_id = fields.Many2one(
        "gorod24.call", required=True, index=True, ondelete="cascade"
    )
    call_at = fields.Datetime("Talk", required=True, index=True)
    user_id = fields.Many2one("res.users", "Operator", required=True, index=True)
    reviewer_id = fields.Many2one(
        "res.users", "Marked by", required=True, ondelete="restrict"
    )
    total = fields.Integer("Mark", required=True, aggregator="avg")
    comment = fields.Text("Comment")
    line_ids = fields.One2many("gorod24.call.mark.line", "mark_id", "Criteria")
    is_current = fields.Boolean("In force", default=True)
    previous_id = fields.Many2one(
        "gorod24.call.mark", "Corrects", index="btree_not_null", ondelete="cascade"
    )
    why = fields.Char("Why corrected")
    earlier_ids = fields.Many2many(
        "gorod24.call.mark", compute="_compute_earlier_ids", string="Before it was"
    )
    recording_ids = fields.One2many(related="call_id.recording_ids")

    _total_range = models.Constraint(
        "CHECK (total BETWEEN 0 AND 100)", "A mark is from 0 to 100."
    )
    _current_uidx = models.UniqueIndex(
        "(call_id, reviewer_id) WHERE is_current",
        "You marked this call already; correct that mark.",
    )
    # An operator's own marks, the newest first.
    _user_idx = models.Index("(user_id, call_at DESC) WHERE is_current")

    @api.depends("call_id", "reviewer_id")
    def _compute_earlier_ids(self):
        found = self.search(
            [("call_id", "in", self.call_id.ids), ("is_current", "=", False)]
        )
        for mark in self:
            mark.earlier_ids = found.filtered(
                lambda one, mark=mark: (
                    one.call_id == mark.call_id
                    and one.reviewer_id == mark.reviewer_id
                    and one != mark
                )
            )

    def action_correct(self):
        """Open the form with what was answered, to answer anew."""
        self.ensure_one()
        return self.call_id.action_mark()

    def _move_to(self, call):
        """Follow a merged call; of two marks of a reviewer the newer counts."""
        for marks in (call.mark_ids | self).grouped("reviewer_id").values():
            current = marks.filtered("is_current").sorted("id", reverse=True)
            (current - current[:1]).write({"is_current": False})
            (current - current[:1]).flush_recordset()
            (marks & self).write({"call_id": call.id})
