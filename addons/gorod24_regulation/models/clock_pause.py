# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class Gorod24ClockPause(models.Model):
    """A time during which a term does not run."""

    _name = "gorod24.clock.pause"
    _description = "Pause of a term"
    _order = "date_from, id"

    clock_id = fields.Many2one(
        "gorod24.clock", required=True, ondelete="cascade", index=True
    )
    reason = fields.Char(required=True)
    author_id = fields.Many2one(
        "res.users", default=lambda self: self.env.user, ondelete="restrict"
    )
    date_from = fields.Datetime(required=True)
    date_to = fields.Datetime(help="Empty while the pause lasts.")

    _dates_check = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "A pause cannot end before it begins.",
    )
    _open_uidx = models.UniqueIndex(
        "(clock_id) WHERE date_to IS NULL", "This term is already paused."
    )
