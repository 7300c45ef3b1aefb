# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import SUPERUSER_ID, models
from odoo.http import request

PATH = "/gorod24/cisco/v1/workflow"


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _auth_method_gorod24_workflow(cls):
        """Let in a desktop that shows its token in the address, or a bearer.

        A browser asks first (preflight) and can show nothing then; it learns only which
        pages may speak here.
        """
        shown = request.httprequest.path.removeprefix(PATH).strip("/")
        if request.httprequest.method == "OPTIONS":
            cls._auth_method_none()
        else:
            cls._auth_telephony_source("workflow" if shown else "events", shown)
        cls._allow_desktop()

    @classmethod
    def _allow_desktop(cls):
        """Tell the browser that the page which asks may read the answer."""
        origin = request.httprequest.headers.get("Origin", "")
        # Nobody is signed in at this door; only origins are read.
        sources = request.env(user=SUPERUSER_ID)["gorod24.telephony.source"]
        request.gorod24_desktop = bool(origin) and origin in sources._desktops()
        headers = request.future_response.headers
        headers["Vary"] = "Origin"
        if request.gorod24_desktop:
            headers["Access-Control-Allow-Origin"] = origin
