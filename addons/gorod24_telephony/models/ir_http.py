# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """Tell the web client whether the user has a telephone (shows the call bar)."""
        info = super().session_info()
        user = self.env.user
        info["gorod24_telephony"] = {
            "enabled": bool(user.telephony_agent_id),
            "extension": user.telephony_extension or "",
        }
        return info
