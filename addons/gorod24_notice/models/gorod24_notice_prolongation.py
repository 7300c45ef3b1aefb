# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.exceptions import AccessError


class NoticeProlongation(models.Model):
    """One moving of the expected end: lines are only added."""

    _name = "gorod24.notice.prolongation"
    _description = "Moved term of a notice"
    _order = "id desc"
    _rec_name = "reason"

    notice_id = fields.Many2one(
        "gorod24.notice", required=True, index=True, ondelete="cascade"
    )
    old_at = fields.Datetime("Was")
    new_at = fields.Datetime("Now", required=True)
    reason = fields.Char(required=True)
    at = fields.Datetime("When moved", required=True, default=fields.Datetime.now)
    author_id = fields.Many2one(
        "res.users",
        "Who",
        required=True,
        default=lambda self: self.env.uid,
        ondelete="restrict",
    )

    def write(self, vals):
        """Refuse: what was promised before is never rewritten."""
        if vals:
            raise AccessError(self.env._("The history of a term is only added to."))
        return super().write(vals)
