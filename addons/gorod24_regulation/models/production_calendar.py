# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date, timedelta

from odoo import api, fields, models
from odoo.tools import ormcache
from odoo.tools.misc import babel_locale_parse, get_lang

from .. import clockwork

# the month from which the calendar of the next year is wanted
_AUTUMN = 9


class Gorod24ProductionCalendar(models.Model):
    """Days off, moved working days and shortened days of one year."""

    _name = "gorod24.production.calendar"
    _description = "Production calendar"
    _inherit = ["gorod24.regulation.cached"]
    _order = "year desc"
    _rec_name = "year"

    year = fields.Integer(required=True, default=lambda self: self._default_year())
    note = fields.Text(help="The decree that moves the days off, and what is missing.")
    source = fields.Selection(
        [
            ("law", "The Labour Code alone"),
            ("memory", "From memory: compare with the decree"),
            ("decree", "Compared with the decree"),
        ],
        required=True,
        default="law",
        string="Entered from",
    )
    checked_by_id = fields.Many2one(
        "res.users", "Compared by", readonly=True, copy=False, ondelete="restrict"
    )
    checked_on = fields.Date("Compared on", readonly=True, copy=False)
    day_ids = fields.One2many("gorod24.production.day", "calendar_id", "Days")
    working_days = fields.Integer(compute="_compute_overview")
    days_off = fields.Integer(compute="_compute_overview")
    overview = fields.Html(compute="_compute_overview", sanitize=False)

    _year_uniq = models.Constraint(
        "UNIQUE (year)", "The production calendar of this year already exists."
    )
    _year_check = models.Constraint(
        "CHECK (year BETWEEN 1990 AND 2200)", "Write the year with four digits."
    )

    def _default_year(self):
        last = self.search([], limit=1)
        return last.year + 1 if last else self.env["gorod24.clock"]._get_today().year

    @api.depends("year")
    def _compute_display_name(self):
        for calendar in self:
            calendar.display_name = str(calendar.year)

    @api.depends("year", "day_ids.date", "day_ids.kind")
    def _compute_overview(self):
        for record in self:
            if not 1990 <= record.year <= 2200:
                record.update({"working_days": 0, "days_off": 0, "overview": False})
                continue
            calendar = record._as_clockwork()
            days = _days_of(record.year)
            working = sum(map(calendar.is_working, days))
            record.working_days = working
            record.days_off = len(days) - working
            record.overview = record._render_overview(calendar)

    def _render_overview(self, calendar):
        """The year as twelve small months, days off in red."""
        locale = babel_locale_parse(get_lang(self.env).code)
        names = locale.months["stand-alone"]["wide"]
        weekdays = locale.days["stand-alone"]["short"]
        values = {
            "weekdays": [weekdays[index] for index in range(7)],
            "months": [
                {
                    "name": names[month].capitalize(),
                    "weeks": _weeks_of(self.year, month, calendar),
                }
                for month in range(1, 13)
            ],
        }
        return self.env["ir.qweb"]._render(
            "gorod24_regulation.production_calendar_overview", values
        )

    def action_confirm(self):
        """Note that a person has compared the days with the published decree."""
        self.write(
            {
                "source": "decree",
                "checked_by_id": self.env.uid,
                "checked_on": self.env["gorod24.clock"]._get_today(),
            }
        )

    @api.model
    def _get_missing_year(self, today):
        """The next year when it ought to be known already and is not, else None.

        The government publishes its decree by the autumn; terms begin to reach into
        the new year then.
        """
        year = today.year + 1 if today.month >= _AUTUMN else today.year
        # whoever asks: that a year is missing is no secret
        known = self.sudo().search_count([("year", "=", year)], limit=1)
        return None if known else year

    def action_fill_statutory(self):
        """Add the days that follow from the Labour Code alone."""
        self.ensure_one()
        known = set(self.day_ids.mapped("date"))
        self.env["gorod24.production.day"].create(
            [
                {"calendar_id": self.id, "date": day, "kind": kind}
                for day, kind in sorted(clockwork.statutory_days(self.year).items())
                if day not in known
            ]
        )

    def _as_clockwork(self):
        return clockwork.WorkCalendar(
            {day.date: day.kind for day in self.day_ids if day.date and day.kind},
            years=[record.year for record in self],
        )

    @api.model
    @ormcache(cache="stable")
    def _get_calendar(self):
        """All years entered, as one calendar for the pure calculation."""
        # the same answer for every user; clocks run for portal users too
        return self.sudo().search([("year", ">", 0)])._as_clockwork()


def _days_of(year):
    first = date(year, 1, 1)
    count = (date(year + 1, 1, 1) - first).days
    return [first + timedelta(days=index) for index in range(count)]


def _weeks_of(year, month, calendar):
    """Weeks of a month: seven (day number, css class) each, 0 is no day."""
    first = date(year, month, 1)
    cells = [(0, "")] * first.weekday()
    day = first
    while day.month == month:
        css = "" if calendar.is_working(day) else "text-danger fw-bold"
        if calendar.is_short(day):
            css = "text-warning fw-bold"
        cells.append((day.day, css))
        day += timedelta(days=1)
    cells += [(0, "")] * (-len(cells) % 7)
    return [cells[index : index + 7] for index in range(0, len(cells), 7)]
