# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import hmac
import json
import os

from werkzeug.exceptions import HTTPException

from odoo import models
from odoo.http import Response, request
from odoo.tools import config


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _auth_method_gorod24_telephony(cls):
        """Let in only callers who show the server's token as a bearer.

        Runs before the body is read, so that a stranger cannot make the server
        take in a file of hundreds of megabytes.
        """
        token = cls._get_telephony_token()
        if not token:
            raise _refusal(503, "no token is set on the server")
        shown = request.httprequest.headers.get("Authorization", "")
        scheme, _space, value = shown.partition(" ")
        known = hmac.compare_digest(value.strip().encode(), token.encode())
        if scheme.lower() != "bearer" or not known:
            raise _refusal(401, "wrong or missing bearer token")
        cls._auth_method_none()

    @classmethod
    def _get_telephony_token(cls):
        """The door's token from the environment or the server's configuration."""
        return os.environ.get("GOROD24_TELEPHONY_TOKEN") or config.get(
            "gorod24_telephony_token"
        )

    def session_info(self):
        """Tell the web client whether the user has a telephone (shows the call bar)."""
        info = super().session_info()
        user = self.env.user
        info["gorod24_telephony"] = {
            "enabled": bool(user.telephony_agent_id),
            "extension": user.telephony_extension or "",
        }
        return info


def _refusal(status, text):
    """An error with a JSON body, as the door answers all its errors."""
    body = json.dumps({"error": text})
    response = Response(body, status=status, mimetype="application/json")
    return HTTPException(response=response)
