# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models
from odoo.exceptions import AccessError


class ReferralPlan(models.Model):
    """One planning of a visit: a later one is added, the earlier ones stay."""

    _name = "gorod24.referral.plan"
    _description = "Planned visit"
    _order = "id desc"

    referral_id = fields.Many2one(
        "gorod24.referral", required=True, index=True, ondelete="cascade"
    )
    planned_at = fields.Datetime("Visit planned for", required=True)
    note = fields.Char()
    at = fields.Datetime("When", required=True, default=fields.Datetime.now)
    author_id = fields.Many2one(
        "res.users", "Who", default=lambda self: self.env.uid, ondelete="restrict"
    )

    def write(self, vals):
        """Refuse: a promise that was given is not rewritten."""
        if vals:
            raise AccessError(
                self.env._("A planned visit is followed by a new one only.")
            )
        return super().write(vals)
