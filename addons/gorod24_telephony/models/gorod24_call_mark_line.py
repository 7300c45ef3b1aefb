# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

ANSWERS = [
    ("yes", "Yes"),
    ("partly", "Partly"),
    ("no", "No"),
    ("na", "Does not apply"),
]


class CallMarkLine(models.Model):
    """One criterion of a mark, with the weight it had then."""

    _name = "gorod24.call.mark.line"
    _description = "Criterion of a mark"
    _order = "mark_id, sequence, id"
    _rec_name = "criterion_id"

    mark_id = fields.Many2one(
        "gorod24.call.mark", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer()
    criterion_id = fields.Many2one(
        "gorod24.mark.criterion", required=True, index=True, ondelete="restrict"
    )
    weight = fields.Integer(required=True)
    answer = fields.Selection(ANSWERS, "Judged", required=True)

    _once_uniq = models.Constraint(
        "UNIQUE (mark_id, criterion_id)", "A criterion is judged once in a mark."
    )
