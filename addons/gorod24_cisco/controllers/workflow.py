# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
from datetime import UTC, datetime

from odoo.http import request, route

from odoo.addons.gorod24_telephony.controllers.door import TelephonyDoor

from ..wire import workflow

MAX_BYTES = 16 * 1024


class WorkflowDoor(TelephonyDoor):
    """Screen pop without XMPP: the operator's Finesse desktop tells of the call."""

    @route(
        "/gorod24/cisco/v1/workflow",
        type="http",
        auth="gorod24_events",
        methods=["POST", "PUT"],
        csrf=False,
        readonly=False,
        save_session=False,
        max_content_length=MAX_BYTES,
    )
    def workflow(self, **values):
        """Take one trigger of a workflow: a form, address parameters, or JSON."""
        event = workflow.event(_values(values), datetime.now(UTC))
        if isinstance(event, workflow.Refused):
            return request.make_json_response({"error": event.reason}, status=400)
        return request.make_json_response(self._take(event, ()))


def _values(values):
    """The parameters, with those of a JSON body on top."""
    try:
        data = json.loads(request.httprequest.get_data() or b"{}")
    except (ValueError, RecursionError):
        data = None
    return values | data if isinstance(data, dict) else values
