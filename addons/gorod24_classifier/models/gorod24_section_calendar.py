# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: the working hours of a section, in the zone of its calendar."""

from datetime import UTC, timedelta

from odoo import fields, models

# How far ahead the next opening is looked for: first near, then a whole year.
HORIZONS = (timedelta(days=14), timedelta(days=370))


class Gorod24Section(models.Model):
    _inherit = "gorod24.section"

    calendar_id = fields.Many2one(
        "resource.calendar",
        string="Working hours",
        ondelete="restrict",
        default=lambda self: self._default_calendar_id(),
        help="When somebody of the section works. Empty: around the clock.",
    )
    is_open = fields.Boolean(string="Open now", compute="_compute_is_open")
    open_text = fields.Char(string="Now", compute="_compute_is_open")

    def _default_calendar_id(self):
        return self.env.ref("gorod24_classifier.calendar_always", False)

    def _compute_is_open(self):
        now = fields.Datetime.now()
        answers = {}
        for section in self:
            calendar = section.calendar_id
            if calendar not in answers:
                answers[calendar] = section._describe_opening(now)
            section.is_open, section.open_text = answers[calendar]

    def _describe_opening(self, moment):
        """Whether the section is open, and the words for it."""
        if self._is_open(moment):
            return True, self.env._("Open")
        opening = self._next_opening(moment)
        if not opening:
            return False, self.env._("Closed")
        local = self._to_calendar_time(opening)
        return False, self.env._(
            "Closed, opens %(moment)s", moment=local.strftime("%d.%m %H:%M")
        )

    def _to_calendar_time(self, moment):
        """A naive UTC moment in the zone of the section's calendar."""
        # sudo: hours are no secret, whoever asks
        calendar = self.sudo().calendar_id
        zone = calendar.tz or self.env["gorod24.section.member"]._get_zone().key
        return fields.Datetime.context_timestamp(self.with_context(tz=zone), moment)

    def _is_open(self, moment=None):
        """Whether somebody works at a moment.

        :param moment: datetime, naive in UTC or aware; now by default
        """
        self.ensure_one()
        moment = self._to_utc(moment)
        start, end = moment - timedelta(seconds=1), moment + timedelta(seconds=1)
        spans = self._get_open_spans(start, end)
        return any(begin <= moment < finish for begin, finish in spans)

    def _next_opening(self, moment=None):
        """When somebody works next.

        :param moment: datetime, naive in UTC or aware; now by default
        :return: naive UTC: the moment itself when open then; False when the
            calendar does not open within a year
        """
        self.ensure_one()
        moment = self._to_utc(moment)
        for horizon in HORIZONS:
            for begin, finish in self._get_open_spans(moment, moment + horizon):
                if finish > moment:
                    return max(begin, moment).replace(tzinfo=None)
        return False

    def _to_utc(self, moment):
        moment = moment or fields.Datetime.now()
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)

    def _get_open_spans(self, start, end):
        """Working spans [(begin, end)] in UTC between two aware moments, in order.

        Days off are those of the calendar itself; the leaves of the company do not
        close an emergency section.
        """
        # sudo: hours are no secret, whoever asks
        calendar = self.sudo().calendar_id
        if not calendar:
            return [(start, end)]
        own = [("calendar_id", "=", calendar.id), ("time_type", "=", "leave")]
        found = calendar._work_intervals_batch(start, end, domain=own)[False]
        return [(begin.astimezone(UTC), _whole(stop)) for begin, stop, _line in found]


def _whole(moment):
    """The end of a day: Odoo writes 24:00 as the microsecond before it."""
    moment = moment.astimezone(UTC)
    if moment.microsecond == 999999:
        moment += timedelta(microseconds=1)
    return moment
