# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import UTC
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from odoo import api, fields, models
from odoo.exceptions import UserError


class Gorod24ServiceTime(models.AbstractModel):
    """Days and hours of the hotline itself, whatever the zone of the user."""

    _name = "gorod24.service.time"
    _description = "Time of the Hotline"

    @api.model
    def _get_service_zone(self):
        """The zone of the system parameter `gorod24.timezone`."""
        # sudo: a setting of the service, the same for everybody
        settings = self.env["ir.config_parameter"].sudo()
        name = settings.get_param("gorod24.timezone") or "Asia/Barnaul"
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise UserError(
                self.env._(
                    "The time zone %(name)s in the system parameter gorod24.timezone"
                    " is unknown. Write one like Asia/Barnaul.",
                    name=name,
                )
            ) from error

    @api.model
    def _get_service_now(self):
        """Naive local time of the service."""
        moment = fields.Datetime.now().replace(tzinfo=UTC)
        return moment.astimezone(self._get_service_zone()).replace(tzinfo=None)

    @api.model
    def _get_service_today(self):
        return self._get_service_now().date()
