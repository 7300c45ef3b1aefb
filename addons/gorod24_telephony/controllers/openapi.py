# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.http import Controller, request, route

from ..conversation import event
from ..door_api import document


class TelephonyOpenapi(Controller):
    @route(
        "/gorod24/telephony/v1/openapi.json",
        type="http",
        auth="public",
        methods=["GET"],
        save_session=False,
    )
    def openapi(self, **_params):
        """Describe the doors; nothing in it is secret."""
        return request.make_json_response(self._document())

    def _document(self):
        """The description; addons with doors of their own add them."""
        return document(
            (*event.CALL_TYPES, event.QUALITY),
            event.AGENT_STATE,
            event.END_REASONS,
            event.MAX_ID,
            event.MAX_REFS,
        )
