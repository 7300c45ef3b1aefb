# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..opening import Line

WEEKDAYS = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
    ("5", "Saturday"),
    ("6", "Sunday"),
]


class Gorod24NavigatorHours(models.Model):
    """Hours of one weekday, by the clock of the service."""

    _name = "gorod24.navigator.hours"
    _description = "Hours of a Service"
    _order = "navigator_id, weekday"
    _rec_name = "weekday"

    navigator_id = fields.Many2one(
        "gorod24.navigator", required=True, index=True, ondelete="cascade"
    )
    weekday = fields.Selection(WEEKDAYS, required=True)
    time_from = fields.Float("From", required=True, default=9.0)
    time_to = fields.Float("To", required=True, default=18.0)
    break_from = fields.Float()
    break_to = fields.Float()

    _weekday_uniq = models.Constraint(
        "UNIQUE (navigator_id, weekday)", "A weekday is given twice."
    )
    _check_hours = models.Constraint(
        "CHECK (time_from >= 0 AND time_to > time_from AND time_to <= 24)",
        "Hours end after they begin, and not after 24:00.",
    )
    _check_break = models.Constraint(
        "CHECK ((COALESCE(break_from, 0) = 0 AND COALESCE(break_to, 0) = 0) OR"
        " (break_from > time_from AND break_to > break_from AND break_to < time_to))",
        "The break lies within the hours.",
    )

    def _as_lines(self):
        """The records as values for the pure calculation."""
        return [hours._as_line() for hours in self]

    def _as_line(self):
        self.ensure_one()
        pause = None, None
        if self.break_to:
            pause = _minutes(self.break_from), _minutes(self.break_to)
        weekday = int(self.weekday)
        return Line(weekday, _minutes(self.time_from), _minutes(self.time_to), *pause)

    @api.model
    def _prepare_line_vals(self, line):
        """The values of a record for an `opening.Line`."""
        return {
            "weekday": str(line.weekday),
            "time_from": line.start / 60,
            "time_to": line.end / 60,
            "break_from": (line.break_start or 0) / 60,
            "break_to": (line.break_end or 0) / 60,
        }


def _minutes(hours):
    return round(hours * 60)
