# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.gorod24_regulation.models.hotline_hours import CALL_FROM, CALL_TO

# field: (parameter, default, least, most); whole numbers in the unit of the field.
WHOLE = {
    "service_level_seconds": ("service_level_seconds", 20, 1, 600),
    "callback_min_wait": ("callback_min_wait", 0, 0, 600),
    "callback_pause_minutes": ("callback_pause_minutes", 30, 1, 1440),
    "callback_lease_minutes": ("callback_lease_minutes", 15, 1, 240),
    "pop_max_age": ("pop_max_age", 600, 10, 3600),
}
REASON = "gorod24_telephony.listening_reason"
HOURS = {"calls_from": CALL_FROM, "calls_to": CALL_TO}


class TelephonySettings(models.TransientModel):
    """What the hotline's administrator decides about calls, on one screen.

    The figures live in system parameters, which only the server's administrator sees;
    this screen opens those of telephony, checked, to the hotline's own.
    """

    _name = "gorod24.telephony.settings"
    _description = "Settings of telephony"
    _rec_name = "service_level_seconds"

    listening_reason = fields.Boolean("Ask why somebody listens to another's talk")
    service_level_seconds = fields.Integer("Answer within, s", required=True)
    callback_min_wait = fields.Integer("Waited at least, s", required=True)
    callback_pause_minutes = fields.Integer("Not reached: again after, min")
    callback_lease_minutes = fields.Integer(
        "Taken, but not rung: given back after, min"
    )
    calls_from = fields.Float("Ring citizens from")
    calls_to = fields.Float("Ring citizens until")
    pop_max_age = fields.Integer("Card of a late ring, not older than, s")
    kept_for_ever = fields.Boolean(compute="_compute_kept_for_ever")

    def _compute_kept_for_ever(self):
        terms = self.env["gorod24.recording.term"]._terms()
        self.kept_for_ever = not terms

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        # The administrator of the hotline sees no other system parameter.
        get = self.env["ir.config_parameter"].sudo().get_param
        for name, (key, default, _least, _most) in WHOLE.items():
            value = get(f"gorod24_telephony.{key}", "")
            values[name] = int(value) if value.isdigit() else default
        for name, default in HOURS.items():
            values[name] = float(get(f"gorod24.{name}", "") or default)
        values["listening_reason"] = self.env["gorod24.recording"]._wants_reason()
        return {name: values[name] for name in values if name in fields_list}

    @api.constrains(*WHOLE, *HOURS)
    def _check_sane(self):
        for settings in self:
            for name, (_key, _default, least, most) in WHOLE.items():
                if not least <= settings[name] <= most:
                    raise ValidationError(
                        self.env._(
                            "“%(field)s”: a number from %(least)s to %(most)s.",
                            field=self._fields[name].get_description(self.env)[
                                "string"
                            ],
                            least=least,
                            most=most,
                        )
                    )
            if not 0 <= settings.calls_from < settings.calls_to <= 24:
                raise ValidationError(
                    self.env._(
                        "Hours must begin before they end, between 0:00 and 24:00."
                    )
                )

    def action_save(self):
        """Keep the settings; they hold from the next call on."""
        self.ensure_one()
        # Only those named above; who may open the screen is said by its access rules.
        parameters = self.env["ir.config_parameter"].sudo()
        for name, (key, _default, _least, _most) in WHOLE.items():
            parameters.set_param(f"gorod24_telephony.{key}", str(self[name]))
        self.env["gorod24.hotline.hours"]._set_hours(
            {name: self[name] for name in HOURS}
        )
        parameters.set_param(REASON, "1" if self.listening_reason else "0")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Settings saved."),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
