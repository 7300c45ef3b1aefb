# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
import logging
import traceback

import psycopg2
from psycopg2 import errorcodes
from psycopg2.pool import PoolError

from odoo.exceptions import ConcurrencyError
from odoo.http import Controller, request, route

from ..conversation import ended_keys
from ..herald import Herald
from ..matching.sidecar import SidecarError
from ..serialised import make_durable, serialised

_logger = logging.getLogger(__name__)
MAX_EVENTS = 500
# So many events are taken in together: a ring does not wait for a longer batch.
SET = 60
# A conflict with another process that lasts is looked at event by event.
SET_TRIES = 2
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
        """Take one event or {"events": […]}; a bad one stops none of the others."""
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
        try:
            results = self._take_all(items, ended, herald)
        finally:
            # Of events taken in before one that failed, too: they come as known again.
            herald.tell()
        # Only then may the source forget them.
        make_durable(request.env.registry)
        return request.make_json_response({"results": results})

    def _take_all(self, items, ended, herald):
        """Take events in, those of calls first: their cards open at once."""
        results = {}
        for part in _sets(items):
            told = self._take_together([items[place] for place in part], ended, herald)
            results.update(zip(part, told, strict=True))
            herald.tell()
        return [results[place] for place in range(len(items))]

    def _take_together(self, items, ended, herald):
        """Take events in as one set; one by one when something breaks the set."""
        source_id = request.gorod24_source_id
        keys = [key for item in items for key in _event_keys(item, source_id)]

        def accept(env):
            source = env["gorod24.telephony.source"].browse(source_id)
            return env["gorod24.call.event"]._accept_all(items, ended, source)

        if len(items) > 1:
            try:
                told = serialised(request.env.registry, keys, accept, herald, SET_TRIES)
            except Exception as failure:  # whatever it is: each tells of itself below
                name = type(failure).__name__
                _logger.info("%s events are taken one by one: %s", len(items), name)
            else:
                return list(map(_result, items, told))
        results = []
        for item in items:
            results.append(self._take(item, ended, herald))
            herald.tell()
        return results

    def _take(self, item, ended, herald=None):
        """Take one event in; one that breaks the server does not stop the others.

        When the server cannot work at all just now, the whole request fails, and the
        sender comes again with everything.
        """
        source_id = request.gorod24_source_id
        keys = _event_keys(item, source_id)

        def accept(env):
            source = env["gorod24.telephony.source"].browse(source_id)
            return env["gorod24.call.event"]._accept(item, ended, source)

        def keep(env):
            source = env["gorod24.telephony.source"].browse(source_id)
            env["gorod24.call.event"]._keep_failed(item, error, source)

        try:
            status, error = serialised(request.env.registry, keys, accept, herald)
        except Exception as failure:
            if _is_passing(failure):
                raise
            status, error = "error", _reason(failure)
            serialised(request.env.registry, keys, keep, herald)
        return _result(item, (status, error))

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


def _result(item, told):
    """Return the door's answer about one event."""
    event_id = item.get("event_id") if isinstance(item, dict) else None
    status, error = told
    result = {"event_id": event_id, "status": status}
    return dict(result, error=error) if error else result


def _sets(items):
    """Yield the places of the events in sets, those of calls before the others."""
    parts = [], []
    for place, item in enumerate(items):
        parts[not (isinstance(item, dict) and item.get("refs"))].append(place)
    for part in parts:
        for start in range(0, len(part), SET):
            yield part[start : start + SET]


def _is_passing(failure):
    """Would the same event be taken in a little later?"""
    return isinstance(
        failure,
        (
            ConcurrencyError,
            MemoryError,
            OSError,
            psycopg2.InterfaceError,
            psycopg2.OperationalError,
            PoolError,
        ),
    )


def _reason(failure):
    """Return why an event failed, and log where: without what the event says.

    The texts of exceptions quote values, telephone numbers among them.
    """
    name = type(failure).__name__
    code = getattr(failure, "pgcode", None)
    if code:
        name = f"{name} ({errorcodes.lookup(code).lower()})"
    place = "".join(traceback.format_tb(failure.__traceback__)[-4:])
    _logger.error("An event could not be taken in: %s\n%s", name, place)
    return f"the server failed on it: {name}"


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
    agent = item.get("agent")
    if isinstance(agent, dict) and agent.get("extension") and refs:
        # The journal and the telephone may tell of one talk by different names.
        keys.append(f"line:{str(agent['extension']).strip()}")
    return keys
