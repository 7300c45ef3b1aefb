# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError


class MarkCriterion(models.Model):
    """What a talk is judged by, and how much it weighs in the mark."""

    _name = "gorod24.mark.criterion"
    _description = "Criterion of a quality mark"
    _order = "sequence, id"

    name = fields.Char("Criterion", required=True, translate=True)
    note = fields.Char("What is expected", translate=True)
    weight = fields.Integer(
        required=True,
        default=10,
        help="Its part in the mark beside the others: 20 weighs twice as much as 10.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _weight_range = models.Constraint(
        "CHECK (weight BETWEEN 1 AND 100)", "The weight is a number from 1 to 100."
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        lines = self.env["gorod24.call.mark.line"]
        if lines.search_count([("criterion_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._("Talks were marked by this criterion. Archive it instead.")
            )
