# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The two doors of Odoo that the connector uses, with a memory for the tests."""

import asyncio
import json
import time

from aiohttp import web

TOKEN = "telephony-secret"


class FakeOdoo:
    """Remembers events by id (the first time counts) and recordings."""

    def __init__(self, port):
        self.port = port
        self.events = {}
        self.repeats = 0
        self.recordings = []
        #: Numbers at whose events it stumbles: HTTP 500 for the whole batch.
        self.poison = set()
        self.changed = asyncio.Condition()
        self.runner = None

    async def start(self):
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_post("/gorod24/telephony/v1/events", self._events)
        app.router.add_post("/gorod24/telephony/v1/recordings", self._recordings)
        self.runner = web.AppRunner(app)
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", self.port, reuse_port=True).start()

    async def stop(self):
        if self.runner:
            await self.runner.cleanup()
            self.runner = None

    async def _events(self, request):
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return web.json_response({"error": "no"}, status=401)
        results = []
        events = (await request.json())["events"]
        if any(event.get("remote_number") in self.poison for event in events):
            return web.json_response({"error": "stumbled"}, status=500)
        for event in events:
            known = event["event_id"] in self.events
            self.repeats += known
            self.events.setdefault(event["event_id"], dict(event, got=time.time()))
            status = "duplicate" if known else "accepted"
            results.append({"event_id": event["event_id"], "status": status})
        await self._notify()
        return web.json_response({"results": results})

    async def _recordings(self, request):
        form = await request.post()
        metadata = json.loads(form["metadata"])
        content = form["file"].file.read()
        self.recordings.append((metadata, content))
        await self._notify()
        return web.json_response({"recording_id": len(self.recordings)})

    async def _notify(self):
        async with self.changed:
            self.changed.notify_all()

    async def until(self, found, seconds=30):
        """Wait until ``found()`` is true and return it."""

        async def wait():
            async with self.changed:
                await self.changed.wait_for(found)

        try:
            await asyncio.wait_for(wait(), seconds)
        except TimeoutError:
            kinds = [(e["type"], e["refs"]) for e in self.events.values()]
            raise AssertionError(f"did not come; events: {kinds[-12:]}") from None
        return found()

    def of(self, dialog, kind=None):
        """Events of a dialog in the order they came."""
        return [
            event
            for event in self.events.values()
            if any(ref["value"] == dialog for ref in event["refs"])
            and kind in (None, event["type"])
        ]

    async def event(self, dialog, kind, seconds=30):
        """The event of that kind about the dialog, when it has come."""
        return (await self.until(lambda: self.of(dialog, kind), seconds))[0]

    def kinds(self, dialog):
        """Short names of the dialog's events, without the journal's records."""
        names = [event["type"].partition(".")[2] for event in self.of(dialog)]
        return [name for name in names if name != "record"]
