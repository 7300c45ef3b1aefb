# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
from datetime import UTC

from odoo import api, fields, models

from .. import clockwork

_logger = logging.getLogger(__name__)

# Hours of the first stage by the project of the hotline.
OPEN_FROM, OPEN_TO = 8.0, 20.0
# Citizens are not rung before nine.
CALL_FROM, CALL_TO = 9.0, 20.0
WHOLE_DAY = clockwork.DailyHours(0, 24 * 60)


class Gorod24HotlineHours(models.AbstractModel):
    """When the hotline works and when a citizen may be rung.

    Moments are naive UTC; the hours are those of the service's zone, the same every
    day, weekends and holidays included.
    """

    _name = "gorod24.hotline.hours"
    _description = "Working hours of the hotline"

    @api.model
    def _is_open(self, moment=None):
        """Whether the hotline works at a moment (default: now)."""
        moment = moment or fields.Datetime.now()
        return self._get_working_hours().is_open(moment, self._get_zone())

    @api.model
    def _next_open(self, moment=None):
        """The moment itself when the hotline works, else its next opening."""
        moment = moment or fields.Datetime.now()
        return self._get_working_hours().next_open(moment, self._get_zone())

    @api.model
    def _next_call_moment(self, moment=None):
        """The first moment from the given one when a citizen may be rung."""
        moment = moment or fields.Datetime.now()
        return self._get_calling_hours().next_open(moment, self._get_zone())

    @api.model
    def _is_round_the_clock(self):
        return self._get_param("gorod24.hours_round_the_clock") == "True"

    @api.model
    def _get_working_hours(self):
        """`clockwork.DailyHours` of the hotline."""
        if self._is_round_the_clock():
            return WHOLE_DAY
        return self._read_hours("gorod24.hours", OPEN_FROM, OPEN_TO)

    @api.model
    def _get_calling_hours(self):
        """`clockwork.DailyHours` in which citizens may be rung.

        The calling window, as far as somebody sits at the phones; the window alone
        when the two have nothing in common.
        """
        window = self._read_hours("gorod24.calls", CALL_FROM, CALL_TO)
        return window.common(self._get_working_hours()) or window

    @api.model
    def _get_words(self):
        """The working hours in words, "" when the hotline works round the clock."""
        hours = self._get_working_hours()
        if hours.is_round_the_clock():
            return ""
        return self.env._(
            "The hotline works every day from %(opening)s to %(closing)s.",
            opening=_clock_words(hours.opening),
            closing=_clock_words(hours.closing),
        )

    @api.model
    def _to_iso(self, moment):
        """A naive UTC moment as ISO text with the offset of the service's zone."""
        local = moment.replace(tzinfo=UTC).astimezone(self._get_zone())
        return local.isoformat(timespec="seconds")

    @api.model
    def _set_hours(self, values):
        """Keep hours, {name without "gorod24.": hour}; running terms follow them.

        Whoever calls has checked the hours and who sets them.
        """
        before = self._get_calling_hours()
        # sudo: see above; hours of the service are no secret
        parameters = self.env["ir.config_parameter"].sudo()
        for name, hour in values.items():
            parameters.set_param(f"gorod24.{name}", str(hour))
        # rules counted in the calling hours keep them in memory
        self.env.registry.clear_cache("stable")
        if self._get_calling_hours() != before:
            self.env["gorod24.clock"]._recount_later()

    @api.model
    def _get_zone(self):
        return self.env["gorod24.clock"]._get_zone()

    @api.model
    def _get_param(self, name):
        # hours of the service are no secret, and calls come without a user
        return self.env["ir.config_parameter"].sudo().get_param(name)

    @api.model
    def _read_hours(self, name, default_from, default_to):
        """Hours of two parameters; the default when they make no sense.

        A call must not be lost to a slip of the pen in the settings.
        """
        try:
            opening = float(self._get_param(f"{name}_from") or default_from)
            closing = float(self._get_param(f"{name}_to") or default_to)
        except ValueError:
            opening = closing = -1
        if not 0 <= opening < closing <= 24:
            _logger.warning("Parameters %s_from and %s_to are no hours", name, name)
            opening, closing = default_from, default_to
        return clockwork.DailyHours(round(opening * 60), round(closing * 60))


def _clock_words(minutes):
    """480 → 8:00, as it is read aloud."""
    return f"{minutes // 60}:{minutes % 60:02d}"
