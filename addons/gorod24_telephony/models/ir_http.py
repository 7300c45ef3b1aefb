# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
import os

from werkzeug.exceptions import HTTPException

from odoo import SUPERUSER_ID, models
from odoo.http import Response, request
from odoo.tools import config


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _auth_method_gorod24_events(cls):
        cls._auth_telephony_source("events")

    @classmethod
    def _auth_method_gorod24_recordings(cls):
        cls._auth_telephony_source("recordings")

    @classmethod
    def _auth_method_gorod24_ivr(cls):
        cls._auth_telephony_source("ivr")

    @classmethod
    def _auth_telephony_source(cls, kind, token=""):
        """Let in only a source that shows its token as a bearer and may do ``kind``.

        :param token: shown in another way by one who can set no header.

        Runs before the body is read, so that a stranger cannot make the server
        take in a file of hundreds of megabytes.
        """
        server_token = cls._get_telephony_token() or ""
        shown = request.httprequest.headers.get("Authorization", "")
        scheme, _space, value = shown.partition(" ")
        # Nobody is signed in at this door; the token decides.
        sources = request.env(user=SUPERUSER_ID)["gorod24.telephony.source"]
        if not server_token and not sources._is_any():
            raise _refusal(503, "no token is set on the server")
        source = sources.browse()
        if token or scheme.lower() == "bearer":
            source = sources._of_token(token or value.strip(), server_token)
        if not source:
            raise _refusal(401, "wrong or missing bearer token")
        if not source._allows(kind):
            raise _refusal(403, f"this source may not use the door “{kind}”")
        source._seen()
        cls._auth_method_none()
        request.gorod24_source_id = source.id

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
            "conference": self.env["gorod24.telephony.adapter"]._has_conference(),
            "listening_reason": self.env["gorod24.recording"]._wants_reason(),
        }
        return info


def _refusal(status, text):
    """An error with a JSON body, as the door answers all its errors."""
    body = json.dumps({"error": text})
    response = Response(body, status=status, mimetype="application/json")
    return HTTPException(response=response)
