# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json

from odoo.http import Controller, request, route

from ..conversation import ended_keys
from ..herald import Herald
from ..matching.sidecar import SidecarError
from ..serialised import make_durable, serialised

MAX_EVENTS = 500
MAX_EVENTS_BYTES = 4 * 1024 * 1024
MAX_RECORDING_BYTES = 256 * 1024 * 1024
ROUTE = {
    "type": "http",
    "methods": ["POST"],
    "csrf": False,
    "readonly": False,
    "save_session": False,
}


def _error(status, text):
    return request.make_json_response({"error": text}, status=status)


class TelephonyDoor(Controller):
    """Where exchanges and recorders tell what happened."""

    # The kinds of auth are in models/ir_http.py.
    @route(
        "/gorod24/telephony/v1/events",
        auth="gorod24_events",
        max_content_length=MAX_EVENTS_BYTES,
        **ROUTE,
    )
    def events(self, **_params):
        """Take one event or {"events": […]}; each is committed by itself."""
        try:
            data = json.loads(request.httprequest.get_data())
        except (ValueError, RecursionError):
            return _error(400, "malformed JSON")
        items = data.get("events", [data]) if isinstance(data, dict) else None
        if not isinstance(items, list):
            return _error(400, "an event or an object with the list events is expected")
        if len(items) > MAX_EVENTS:
            return _error(413, f"more than {MAX_EVENTS} events at once")
        ended = ended_keys(items) if len(items) > 1 else ()
        herald = Herald()
        results = [self._take(item, ended, herald) for item in items]
        herald.tell()
        # Only then may the source forget them.
        make_durable(request.env.registry)
        return request.make_json_response({"results": results})

    def _take(self, item, ended, herald):
        event_id = item.get("event_id") if isinstance(item, dict) else None
        source_id = request.gorod24_source_id
        status, error = serialised(
            request.env.registry,
            _event_keys(item, source_id),
            lambda env: env["gorod24.call.event"]._accept(
                item, ended, env["gorod24.telephony.source"].browse(source_id)
            ),
            herald,
        )
        result = {"event_id": event_id, "status": status}
        return dict(result, error=error) if error else result

    @route(
        "/gorod24/telephony/v1/recordings",
        auth="gorod24_recordings",
        max_content_length=MAX_RECORDING_BYTES,
        **ROUTE,
    )
    def recordings(self, metadata=None, file=None, **_params):
        """Take one sound file with its description."""
        file = request.httprequest.files.get("file")
        if file is None:
            return _error(400, "file: required")
        if metadata is None and "metadata" in request.httprequest.files:
            metadata = request.httprequest.files["metadata"].read()
        try:
            metadata = json.loads(metadata or "")
        except (ValueError, TypeError, RecursionError):
            return _error(400, "metadata: malformed JSON")
        content = file.read()
        try:
            return request.make_json_response(self._keep(metadata, content))
        except SidecarError as error:
            return _error(422, str(error))

    def _keep(self, metadata, content):
        def work(env):
            recording, is_new = env["gorod24.recording"]._import(metadata, content)
            return {
                "recording_id": recording.id,
                "state": recording.state,
                "tier": recording.tier,
                "call_id": recording.call_id.id,
                "duplicate": not is_new,
            }

        # Recordings are few: one at a time keeps name and content unique.
        return serialised(request.env.registry, ["gorod24.recording"], work)


def _event_keys(item, source_id=None):
    """Return what no other event may be worked on at the same time with."""
    if not isinstance(item, dict):
        return []
    keys = [f"event:{source_id}:{item.get('event_id')}"]
    refs = item.get("refs")
    for ref in refs if isinstance(refs, list) else []:
        if isinstance(ref, dict):
            parts = [str(ref.get(k) or "").strip() for k in ("system", "kind", "value")]
            keys.append("ref:" + "\x1f".join(parts))
    return keys
