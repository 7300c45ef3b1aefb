# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models
from odoo.http import request


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _frontend_pre_dispatch(cls):
        """Speak the service's language to participants, whatever the browser asks."""
        super()._frontend_pre_dispatch()
        user = request.env.user
        if not user or not user._is_participant():
            return
        lang = request.env["res.lang"]._get_data(code=user._get_portal_lang())
        if lang and lang.code != request.lang.code:
            request.lang = lang
            request.update_context(lang=lang.code)
            request.future_response.set_cookie("frontend_lang", lang.code)

    @classmethod
    def _get_translation_frontend_modules_name(cls):
        return [*super()._get_translation_frontend_modules_name(), "gorod24_portal"]
