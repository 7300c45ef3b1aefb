# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from .call_stat import SERVICE_LEVEL


class IrConfigParameter(models.Model):
    _inherit = "ir.config_parameter"

    @api.model_create_multi
    def create(self, vals_list):
        parameters = super().create(vals_list)
        parameters._rebuild_statistics()
        return parameters

    def write(self, vals):
        before = self._counted_by()
        result = super().write(vals)
        if before != self._counted_by():
            self._rebuild_statistics()
        return result

    def unlink(self):
        counted_by = self._counted_by()
        result = super().unlink()
        if counted_by:
            self._rebuild_all_statistics()
        return result

    def _counted_by(self):
        """Values of the settings that the stored sums depend on."""
        keys = ("gorod24.timezone", SERVICE_LEVEL)
        return self.filtered(lambda row: row.key in keys).mapped("value")

    def _rebuild_statistics(self):
        """Days and hours follow the time zone, the service level its threshold."""
        if self._counted_by():
            self._rebuild_all_statistics()

    @api.model
    def _rebuild_all_statistics(self):
        self.env.flush_all()
        for model in self.env["gorod24.stat.mixin"]._stat_models():
            self.env[model]._rebuild()
        self.env["gorod24.call.topic.stat"]._install_day_index()
