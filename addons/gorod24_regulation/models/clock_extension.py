# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class Gorod24ClockExtension(models.Model):
    """A prolongation of a term by decision."""

    _name = "gorod24.clock.extension"
    _description = "Extension of a term"
    _order = "date, id"

    clock_id = fields.Many2one(
        "gorod24.clock", required=True, ondelete="cascade", index=True
    )
    reason = fields.Char(required=True)
    author_id = fields.Many2one(
        "res.users", default=lambda self: self.env.user, ondelete="restrict"
    )
    date = fields.Datetime("Decided on", required=True)
    old_target = fields.Datetime(required=True)
    new_target = fields.Datetime(required=True)
    notice_date = fields.Date(help="When the citizen was told about the extension.")

    _target_check = models.Constraint(
        "CHECK (new_target > old_target)", "An extension must prolong the term."
    )
