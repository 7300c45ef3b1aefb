# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models

from ..models.gorod24_call_mark_line import ANSWERS


class CallMarkFormLine(models.TransientModel):
    """A criterion on the form; the answer is still open."""

    _name = "gorod24.call.mark.form.line"
    _description = "Criterion on the form of a mark"
    _rec_name = "criterion_id"

    form_id = fields.Many2one(
        "gorod24.call.mark.form", required=True, index=True, ondelete="cascade"
    )
    criterion_id = fields.Many2one(
        "gorod24.mark.criterion", required=True, ondelete="cascade"
    )
    note = fields.Char(related="criterion_id.note")
    weight = fields.Integer(related="criterion_id.weight")
    answer = fields.Selection(ANSWERS, "Judged")
