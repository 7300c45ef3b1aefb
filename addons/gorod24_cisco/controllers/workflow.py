# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
import logging
import re
from datetime import UTC, datetime

from odoo import SUPERUSER_ID, fields
from odoo.http import request, route

from odoo.addons.gorod24_telephony.controllers.door import TelephonyDoor
from odoo.addons.gorod24_telephony.conversation import SAME_CALL

from ..models.ir_http import PATH
from ..wire import workflow

MAX_BYTES = 16 * 1024
# The token, and a number that stands in the address line.
_SECRET = re.compile(rf"({PATH})[/?][^\s\"]+")


class HideToken(logging.Filter):
    """Keeps what stands in the address after the door out of the log of requests."""

    def filter(self, record):
        record.msg = _hidden(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_hidden(arg) for arg in record.args)
        return True


def _hidden(value):
    return _SECRET.sub(r"\1/***", value) if isinstance(value, str) else value


for _name in ("werkzeug", "odoo.http"):
    logging.getLogger(_name).addFilter(HideToken())


class WorkflowDoor(TelephonyDoor):
    """Screen pop without XMPP: the operator's Finesse desktop tells of the call."""

    @route(
        [PATH, f"{PATH}/<string:_token>"],
        type="http",
        auth="gorod24_workflow",
        methods=["POST", "PUT"],
        csrf=False,
        readonly=False,
        save_session=False,
        max_content_length=MAX_BYTES,
    )
    def workflow(self, _token="", **values):
        """Take one trigger of a workflow: a form, address parameters, or JSON."""
        if request.httprequest.method == "OPTIONS":
            return _preflight()
        values, now = _values(values), datetime.now(UTC)
        event = workflow.event(values, now, _leg_states(values))
        if isinstance(event, workflow.Refused):
            return request.make_json_response({"error": event.reason}, status=400)
        return request.make_json_response(self._take(event, ()))


def _preflight():
    """Answer a browser that asks before it sends."""
    if not request.gorod24_desktop:
        return request.make_json_response({"error": "no desktop of ours"}, status=403)
    headers = {
        "Access-Control-Allow-Methods": "POST, PUT",
        "Access-Control-Allow-Headers": "Authorization, Content-Type",
        "Access-Control-Max-Age": "600",
    }
    # Asked by Chromium when the page is of the city and we are of its own network.
    if request.httprequest.headers.get("Access-Control-Request-Private-Network"):
        headers["Access-Control-Allow-Private-Network"] = "true"
    return request.make_response("", status=204, headers=list(headers.items()))


def _leg_states(values):
    """States of the agent's turns at this dialog so far, in the order of time.

    "ringing", "answered" (and not ended), "missed" or "talked" for each.
    """
    # Nobody is signed in at this door; the turns are those of the agent named.
    refs = request.env(user=SUPERUSER_ID)["gorod24.call.ref"].search(
        [
            ("kind", "=", "dialog"),
            ("value", "=", str(values.get("dialog") or "").strip()),
            ("retired", "=", False),
            ("call_id.started_at", ">", fields.Datetime.now() - SAME_CALL),
        ],
        limit=1,
    )
    agent = str(values.get("agent") or "").strip()
    names = {"ringing": "ringing", "talking": "answered", "held": "answered"}
    return [
        names.get(leg.state) or ("talked" if leg.answered_at else "missed")
        for leg in refs.call_id.leg_ids
        if leg.key.rpartition("#")[0] == agent
    ]


def _values(values):
    """The parameters, with those of a JSON body on top."""
    try:
        data = json.loads(request.httprequest.get_data() or b"{}")
    except (ValueError, RecursionError):
        data = None
    return values | data if isinstance(data, dict) else values
