# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .hotline_hours import CALL_FROM, CALL_TO, OPEN_FROM, OPEN_TO

_HOURS = ("hours_from", "hours_to", "calls_from", "calls_to")


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    gorod24_hours_round_the_clock = fields.Boolean(
        "Round the clock", config_parameter="gorod24.hours_round_the_clock"
    )
    gorod24_hours_from = fields.Float(
        "Opens at", config_parameter="gorod24.hours_from", default=OPEN_FROM
    )
    gorod24_hours_to = fields.Float(
        "Closes at", config_parameter="gorod24.hours_to", default=OPEN_TO
    )
    gorod24_calls_from = fields.Float(
        "Ring citizens from", config_parameter="gorod24.calls_from", default=CALL_FROM
    )
    gorod24_calls_to = fields.Float(
        "Ring citizens until", config_parameter="gorod24.calls_to", default=CALL_TO
    )

    @api.constrains(
        "gorod24_hours_from",
        "gorod24_hours_to",
        "gorod24_calls_from",
        "gorod24_calls_to",
    )
    def _check_gorod24_hours(self):
        for settings in self:
            for opening, closing in (
                (settings.gorod24_hours_from, settings.gorod24_hours_to),
                (settings.gorod24_calls_from, settings.gorod24_calls_to),
            ):
                if not 0 <= opening < closing <= 24:
                    raise ValidationError(
                        self.env._(
                            "Hours must begin before they end, between 0:00 and 24:00."
                        )
                    )

    def set_values(self):
        before = self.env["gorod24.hotline.hours"]._get_calling_hours()
        result = super().set_values()
        hours = self.env["gorod24.hotline.hours"]
        # midnight is an hour too: the base would forget a zero
        hours._set_hours({name: self[f"gorod24_{name}"] for name in _HOURS})
        # the base has set them as well, before that
        if hours._get_calling_hours() != before:
            self.env["gorod24.clock"]._recount_later()
        return result
