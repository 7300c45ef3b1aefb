# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: the hours of a service in words: «открыто до 18:00»."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..opening import HoursError, Schedule, format_hours, format_minute, parse_hours


class Gorod24Navigator(models.Model):
    _inherit = "gorod24.navigator"

    hours_text = fields.Char(
        "Hours in words",
        compute="_compute_hours_text",
        inverse="_inverse_hours_text",
        help="Typed as people write it: «пн-пт 8-17, перерыв 12-13; сб 9-14».",
    )
    open_now = fields.Boolean(compute="_compute_open_now")
    open_text = fields.Char("Now", compute="_compute_open_now")

    @api.depends(
        "hours_ids.weekday",
        "hours_ids.time_from",
        "hours_ids.time_to",
        "hours_ids.break_from",
        "hours_ids.break_to",
    )
    @api.depends_context("lang")
    def _compute_hours_text(self):
        for entry in self:
            lines = entry.hours_ids.filtered("weekday")._as_lines()
            entry.hours_text = format_hours(lines, self.env.lang or "ru")

    def _inverse_hours_text(self):
        Hours = self.env["gorod24.navigator.hours"]
        for entry in self:
            try:
                lines = parse_hours(entry.hours_text)
            except HoursError as error:
                raise UserError(entry._get_hours_message(error)) from error
            if sorted(lines) == sorted(entry.hours_ids._as_lines()):
                continue
            entry.hours_ids.unlink()
            Hours.create(
                [
                    dict(Hours._prepare_line_vals(line), navigator_id=entry.id)
                    for line in lines
                ]
            )

    def _get_hours_message(self, error):
        texts = {
            "unknown": self.env._(
                "Hours of “%(name)s”: “%(part)s” is not understood. Write like"
                " «пн-пт 8:00-17:00, перерыв 12:00-13:00; сб 9:00-14:00»."
            ),
            "order": self.env._(
                "Hours of “%(name)s”: in “%(part)s” the end is not after the beginning."
            ),
            "break": self.env._(
                "Hours of “%(name)s”: in “%(part)s” the break is outside the hours."
            ),
            "twice": self.env._(
                "Hours of “%(name)s”: “%(part)s” names a weekday for the second time."
            ),
        }
        return texts[error.code] % {"name": self.name or "", "part": error.part}

    @api.depends_context("lang")
    @api.depends("hours_ids", "special_ids", "closed_on_holidays")
    def _compute_open_now(self):
        statuses = self._get_statuses()
        for entry in self:
            status = statuses.get(entry.id)
            entry.open_now = bool(status and status.is_open)
            entry.open_text = entry._get_status_text(status) if status else ""

    def _get_statuses(self, now=None):
        """{id: opening.Status} at a naive local moment, now by default."""
        now = now or self.env["gorod24.service.time"]._get_service_now()
        specials = self.env["gorod24.navigator.special"]._get_specials(self, now.date())
        return {
            entry.id: Schedule(
                entry.hours_ids.filtered("weekday")._as_lines(),
                specials.get(entry.id, ()),
                self._is_public_holiday if entry.closed_on_holidays else None,
            ).status(now)
            for entry in self
            if entry.hours_ids
        }

    @api.model
    def _is_public_holiday(self, day):
        """Whether a date is a public holiday. Hook: the classifier knows none."""
        return False

    def _get_status_text(self, status, today=None):
        """«открыто до 18:00», «закрыто, откроется завтра в 9:00»."""
        today = today or self.env["gorod24.service.time"]._get_service_today()
        if status.is_open and status.until is None:
            return self.env._("open round the clock")
        if status.is_open:
            return self.env._("open until %(time)s", time=format_minute(status.until))
        if not status.opens:
            return self.env._("closed")
        day, minute = status.opens
        time = format_minute(minute)
        if status.on_break:
            return self.env._("break until %(time)s", time=time)
        ahead = (day - today).days
        if ahead == 0:
            return self.env._("closed, opens today at %(time)s", time=time)
        if ahead == 1:
            return self.env._("closed, opens tomorrow at %(time)s", time=time)
        return self.env._(
            "closed, opens %(day)s at %(time)s",
            day=self._get_day_text(day, ahead),
            time=time,
        )

    @api.model
    def _get_day_text(self, day, ahead):
        """Within a week the weekday is enough, later the date."""
        if ahead >= 7:
            return format_date(self.env, day, date_format="d MMMM")
        names = (
            self.env._("on Monday"),
            self.env._("on Tuesday"),
            self.env._("on Wednesday"),
            self.env._("on Thursday"),
            self.env._("on Friday"),
            self.env._("on Saturday"),
            self.env._("on Sunday"),
        )
        return names[day.weekday()]
