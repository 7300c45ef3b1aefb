# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models


class IrConfigParameter(models.Model):
    _inherit = "ir.config_parameter"

    @api.model_create_multi
    def create(self, vals_list):
        parameters = super().create(vals_list)
        parameters._rebuild_statistics()
        return parameters

    def write(self, vals):
        before = self._service_zone()
        result = super().write(vals)
        if before != self._service_zone():
            self._rebuild_statistics()
        return result

    def _service_zone(self):
        return self.filtered(lambda row: row.key == "gorod24.timezone").mapped("value")

    def _rebuild_statistics(self):
        """Days and hours of the statistics follow the time zone of the service."""
        if self._service_zone():
            for model in self.env["gorod24.stat.mixin"]._stat_models():
                self.env[model]._rebuild()
