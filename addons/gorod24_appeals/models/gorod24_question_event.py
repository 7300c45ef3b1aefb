# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.exceptions import AccessError

KINDS = [
    ("registered", "Registered"),
    ("sent", "Sent"),
    ("accepted", "Accepted"),
    ("refused", "Refused"),
    ("planned", "Visit planned"),
    ("localised", "Damage localised"),
    ("done", "Result reported"),
    ("rework", "Returned for rework"),
    ("informing", "To inform"),
    ("closed", "Closed"),
    ("reopened", "Reopened"),
    ("withdrawn", "Withdrawn by the citizen"),
    ("resent", "Sent to another participant"),
    ("text", "Text corrected"),
    ("topic", "Topic corrected"),
    ("converted", "Converted to a written appeal"),
    ("term", "Term changed"),
    ("merged", "Merged"),
    ("note", "Note"),
]


class QuestionEvent(models.Model):
    """What happened to a question: lines are only added, never changed."""

    _name = "gorod24.question.event"
    _description = "Event of a question"
    _order = "at desc, id desc"

    question_id = fields.Many2one(
        "gorod24.question", required=True, index=True, ondelete="cascade"
    )
    appeal_id = fields.Many2one(
        "helpdesk.ticket", "Appeal", required=True, index=True, ondelete="restrict"
    )
    at = fields.Datetime("When", required=True, default=fields.Datetime.now)
    author_id = fields.Many2one(
        "res.users", "Who", default=lambda self: self.env.uid, ondelete="restrict"
    )
    kind = fields.Selection(KINDS, "What happened", required=True)
    from_state = fields.Char()
    to_state = fields.Char()
    note = fields.Char()

    def write(self, vals):
        """Refuse, but for the system moving the line with its question (a merge)."""
        if not (self.env.su and set(vals) <= {"appeal_id"}):
            raise AccessError(self.env._("The history of a question is only added to."))
        return super().write(vals)
