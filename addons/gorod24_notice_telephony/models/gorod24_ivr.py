# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from odoo.addons.gorod24_notice.reach import COMING, phase_of


class Ivr(models.AbstractModel):
    _inherit = "gorod24.ivr"

    @api.model
    def _notice(self, building):
        """Return one sentence about the house, the most urgent notice of it, or "".

        What has not begun and mere information are left to the operator: the menu
        speaks of what the citizen has noticed himself and most likely calls about.
        """
        Notice = self.env["gorod24.notice"]
        now = fields.Datetime.now()
        for found in Notice._find_at(building.id, now=now):
            phase = phase_of(found["starts_at"], found["due_at"], now)
            if phase != COMING and found["type"] != "information":
                return Notice._get_voice_sentence(found, now)
        return super()._notice(building)
