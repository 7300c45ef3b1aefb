# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from odoo.addons.gorod24_regulation.clockwork import OFF, statutory_days


class Navigator(models.Model):
    _inherit = "gorod24.navigator"

    @api.model
    def _is_public_holiday(self, day):
        """Holidays by law, and weekdays off by the production calendar."""
        if statutory_days(day.year).get(day) == OFF:
            return True
        calendar = self.env["gorod24.production.calendar"]._get_calendar()
        return day.weekday() < 5 and not calendar.is_working(day)
