# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: when a topic is met (season) and when it may be chosen (validity)."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ..season import as_date, in_season, parse_day

SEASON_FIELDS = ("season_from", "season_to")


class HelpdeskTicketCategory(models.Model):
    _inherit = "helpdesk.ticket.category"

    season_from = fields.Char(
        string="Season from", help="Month and day, MM-DD; empty: all year."
    )
    season_to = fields.Char(
        string="Season to",
        help="Last day, MM-DD. Earlier in the year than the first day: the season"
        " goes over New Year.",
    )
    seasonal = fields.Boolean(compute="_compute_seasonal", store=True)
    season_text = fields.Char(string="Season", compute="_compute_season_text")
    valid_from = fields.Date(
        help="First day on which it may be chosen; empty: always has been."
    )
    valid_to = fields.Date(
        help="Last day on which it may be chosen; empty: until further notice."
    )

    _check_valid_dates = models.Constraint(
        "CHECK (valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from)",
        "A topic cannot end before it begins.",
    )

    @api.depends(*SEASON_FIELDS)
    def _compute_seasonal(self):
        for category in self:
            category.seasonal = bool(category.season_from and category.season_to)

    @api.depends(*SEASON_FIELDS)
    @api.depends_context("lang")
    def _compute_season_text(self):
        for category in self:
            days = [
                format_date(self.env, as_date(day), date_format="d MMMM")
                for day in (category.season_from, category.season_to)
                if day and parse_day(day)
            ]
            category.season_text = " – ".join(days) if len(days) == 2 else False

    @api.constrains(*SEASON_FIELDS)
    def _check_season(self):
        for category in self:
            days = (category.season_from, category.season_to)
            for day in days:
                if day and not parse_day(day):
                    raise ValidationError(
                        self.env._(
                            "“%(topic)s”: “%(day)s” is not a day of the year. Write"
                            " month and day, for example 10-15 for 15 October.",
                            topic=category.name,
                            day=day,
                        )
                    )
            if bool(days[0]) != bool(days[1]):
                raise ValidationError(
                    self.env._(
                        "“%(topic)s”: give both the first and the last day of the"
                        " season, or neither.",
                        topic=category.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._normalise_season(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._normalise_season(vals))

    @api.model
    def _normalise_season(self, vals):
        """«15.10» → "10-15"; what is no day is left for the constraint to name."""
        days = {name: vals[name] for name in SEASON_FIELDS if vals.get(name)}
        if not days:
            return vals
        return {**vals, **{name: parse_day(day) or day for name, day in days.items()}}

    def _in_season(self, date=None):
        """Whether the topic is met on this day (today by default)."""
        self.ensure_one()
        date = date or self.env["gorod24.service.time"]._get_service_today()
        return in_season(self.season_from or "", self.season_to or "", date)

    @api.model
    def _get_valid_domain(self, date=None):
        """Domain of the nodes valid on a day (today by default)."""
        date = date or self.env["gorod24.service.time"]._get_service_today()
        return (Domain("valid_from", "=", False) | Domain("valid_from", "<=", date)) & (
            Domain("valid_to", "=", False) | Domain("valid_to", ">=", date)
        )

    @api.model
    def _get_valid_sql(self, alias, date=None):
        """The same as a condition on a table of this model, for hand-written SQL."""
        date = date or self.env["gorod24.service.time"]._get_service_today()
        return SQL(
            "(%(first)s IS NULL OR %(first)s <= %(date)s)"
            " AND (%(last)s IS NULL OR %(last)s >= %(date)s)",
            first=SQL.identifier(alias, "valid_from"),
            last=SQL.identifier(alias, "valid_to"),
            date=date,
        )

    def _is_valid_on(self, date=None):
        """Whether the node may be chosen on a day (today by default)."""
        self.ensure_one()
        date = date or self.env["gorod24.service.time"]._get_service_today()
        first, last = self.valid_from, self.valid_to
        return (not first or first <= date) and (not last or last >= date)
