# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Operators' browsers as the telephone sees them: a real bus websocket each.

A screen keeps what ``call_service.js`` keeps: the calls it was told of, and which of
them opened a card. It connects anew as the browser does, with the last message known.
"""

import asyncio
import contextlib
import json
import random
import time

import aiohttp

CALL = "gorod24_telephony.call"
VERSION = "19.0-2"
CHECK_EVERY = 15.0


class Screen:
    """One operator's tab. ``calls``: {id: state}; ``cards``: {id: (number, time)}."""

    def __init__(self, http, base, bus, session):
        self.http = http
        self.base = base
        self.bus = bus
        self.cookie = {"Cookie": f"session_id={session}", "Origin": base}
        self.calls = {}
        self.cards = {}
        self.last = 0
        self.connections = 0
        self.ready = asyncio.Event()
        self.changed = asyncio.Event()

    async def run(self):
        """Listen for ever; ends only by cancellation."""
        delay = 0.2
        while True:
            with contextlib.suppress(aiohttp.ClientError, OSError, TimeoutError):
                await self._listen()
                delay = 0.2
            self.ready.clear()
            await asyncio.sleep(delay)
            delay = min(delay * 2, 3.0)

    async def _listen(self):
        url = f"{self.bus}/websocket?version={VERSION}"
        async with self.http.ws_connect(url, headers=self.cookie, heartbeat=20) as link:
            data = {"channels": [], "last": self.last}
            await link.send_json({"event_name": "subscribe", "data": data})
            self.connections += 1
            self.ready.set()
            if self.connections > 1:
                await self.look()
            async for message in link:
                if message.type is aiohttp.WSMsgType.TEXT:
                    self._take(json.loads(message.data))

    def _take(self, notifications):
        for one in notifications:
            self.last = max(self.last, one["id"])
            if one["message"]["type"] == CALL:
                self._call(one["message"]["payload"])
        self.changed.set()

    def _call(self, told):
        call = told["call_id"]
        if told["state"] == "ended":
            self.calls.pop(call, None)
            return
        self.calls[call] = told["state"]
        if told["pop"] and call not in self.cards:
            self.cards[call] = (told["number"], time.time())

    async def look(self):
        """Ask what the telephone does now, as the browser does when in doubt."""
        url = f"{self.base}/web/dataset/call_kw/gorod24.call/current_line"
        params = {"model": "gorod24.call", "method": "current_line"}
        params |= {"args": [], "kwargs": {}}
        with contextlib.suppress(aiohttp.ClientError, OSError, ValueError, KeyError):
            async with self.http.post(
                url, json={"params": params}, headers=self.cookie
            ) as answer:
                line = (await answer.json())["result"]
            self.calls = {call["call_id"]: call["state"] for call in line["calls"]}
            self.changed.set()

    async def watch(self):
        """While a call is shown, make sure now and then that it still is one.

        Browsers were opened at different moments, so they do not all ask at once.
        """
        delay = random.uniform(0, CHECK_EVERY)  # noqa: S311
        while True:
            await asyncio.sleep(delay)
            delay = CHECK_EVERY
            if self.calls:
                await self.look()


@contextlib.asynccontextmanager
async def screens(town, http):
    """{agent id: Screen} of all operators, signed in and listening."""
    base = town.stack.url
    bus = f"http://127.0.0.1:{town.stack.ports['gevent']}"
    made = {
        agent: Screen(http, base, bus, session)
        for agent, (_user, session) in town.sessions.items()
    }
    tasks = [asyncio.create_task(one.run()) for one in made.values()]
    tasks += [asyncio.create_task(one.watch()) for one in made.values()]
    try:
        for one in made.values():
            await asyncio.wait_for(one.ready.wait(), 120)
        yield made
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
