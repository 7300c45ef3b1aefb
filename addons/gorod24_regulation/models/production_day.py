# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class Gorod24ProductionDay(models.Model):
    """A day that differs from the plain five-day week."""

    _name = "gorod24.production.day"
    _description = "Day of the production calendar"
    _inherit = ["gorod24.regulation.cached"]
    _order = "date"
    _rec_name = "date"

    calendar_id = fields.Many2one(
        "gorod24.production.calendar", required=True, ondelete="cascade", index=True
    )
    date = fields.Date(required=True)
    kind = fields.Selection(
        [("off", "Day off"), ("work", "Working day"), ("short", "Shortened day")],
        required=True,
        default="off",
    )
    note = fields.Char()

    _date_uniq = models.Constraint(
        "UNIQUE (date)", "This day is already in the production calendar."
    )

    @api.constrains("date", "calendar_id")
    def _check_year(self):
        for day in self:
            if day.date.year != day.calendar_id.year:
                raise ValidationError(
                    self.env._(
                        "%(date)s does not belong to %(year)s.",
                        date=day.date,
                        year=day.calendar_id.year,
                    )
                )
