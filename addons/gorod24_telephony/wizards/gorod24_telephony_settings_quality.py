# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""From where the line of a talk counts as bad."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..models.gorod24_call_quality import LIMITS

# Field: (limit, least, most).
FIELDS = {
    "quality_mos": ("mos", 1, 5),
    "quality_loss": ("loss_percent", 0, 100),
    "quality_conceal": ("conceal_percent", 0, 100),
    "quality_jitter": ("jitter_ms", 0, 10000),
    "quality_latency": ("latency_ms", 0, 10000),
}


class TelephonySettings(models.TransientModel):
    _inherit = "gorod24.telephony.settings"

    quality_mos = fields.Float("MOS lower than", digits=(3, 2))
    quality_loss = fields.Float("Lost packets more than, %", digits=(5, 2))
    quality_conceal = fields.Float("Concealed sound (CCR) more than, %", digits=(5, 2))
    quality_jitter = fields.Float("Jitter more than, ms", digits=(6, 0))
    quality_latency = fields.Float("Delay more than, ms", digits=(6, 0))

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        limits = self.env["gorod24.call.quality"]._limits()
        values |= {name: getattr(limits, FIELDS[name][0]) for name in FIELDS}
        return {name: values[name] for name in values if name in fields_list}

    @api.constrains(*FIELDS)
    def _check_quality(self):
        for settings in self:
            for name, (_limit, least, most) in FIELDS.items():
                if not least <= settings[name] <= most:
                    label = self._fields[name].get_description(self.env)["string"]
                    raise ValidationError(
                        self.env._(
                            "“%(field)s”: a number from %(least)s to %(most)s.",
                            field=label,
                            least=least,
                            most=most,
                        )
                    )

    def action_save(self):
        """See the first one; these hold for what is measured from now on."""
        # Only those named above; who may open the screen is said by its access rules.
        parameters = self.env["ir.config_parameter"].sudo()
        for name, (limit, _least, _most) in FIELDS.items():
            parameters.set_param(LIMITS[limit], f"{self[name]:g}")
        return super().action_save()
