# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Carries events from the spool to Odoo's event door, in order, until accepted."""

import asyncio
import logging
import random
import zlib

import aiohttp

_logger = logging.getLogger(__name__)
BATCH = 100
EVENTS_PATH = "/gorod24/telephony/v1/events"
TIMEOUT = aiohttp.ClientTimeout(total=30, connect=5)
UNREACHABLE = (aiohttp.ClientError, asyncio.TimeoutError, OSError, ValueError)


def lanes(events, width):
    """Share a batch out over up to ``width`` requests sent side by side.

    Rings go before states of workplaces: a citizen waits. Events of one call stay in
    one request, so that Odoo sees an end that lies in wait and opens no card for it.
    """
    found = [[] for _lane in range(max(1, width))]
    for event in sorted(events, key=lambda one: not one.get("refs")):
        refs = [ref["value"] for ref in event.get("refs") or ()]
        key = min(refs) if refs else (event.get("agent") or {}).get("id", "")
        found[zlib.crc32(key.encode()) % len(found)].append(event)
    return [lane for lane in found if lane]


class Poster:
    """Run as one task. Pauses between attempts grow to ``backoff_max`` seconds."""

    def __init__(self, spool, http, settings):
        self.spool = spool
        self.http = http
        self.url = settings.odoo_url + EVENTS_PATH
        self.headers = {"Authorization": f"Bearer {settings.odoo_token}"}
        self.width = settings.odoo_parallel
        self.delay_max = settings.backoff_max
        self.failures = 0
        self.last_error = ""
        self.posted = 0
        self._wake = asyncio.Event()

    def put(self, events):
        """Keep ``events`` on disk and send them soon."""
        if events:
            self.spool.append(events)
            if self.failures:
                self.spool.sync()  # nobody else has them: they must outlive the power
            self._wake.set()

    async def run(self):
        """Send for ever; ends only by cancellation."""
        while True:
            events, mark = self.spool.peek(BATCH)
            if not events:
                self.spool.sync()
                await self._wake.wait()
                self._wake.clear()
                continue
            sent = await asyncio.gather(*map(self._send, lanes(events, self.width)))
            if all(sent):
                self.spool.confirm(mark)
                self.posted += len(events)
                self._recovered()
            else:
                await self._pause()

    def _recovered(self):
        if self.failures:
            _logger.info("event door reached again after %d attempts", self.failures)
        self.failures = 0
        self.last_error = ""

    async def _pause(self):
        self.failures += 1
        if self.failures in (1, 5) or self.failures % 50 == 0:
            _logger.warning("events wait on disk: %s", self.last_error)
        self.spool.sync()
        delay = min(self.delay_max, 0.2 * 2 ** min(self.failures, 10))
        await asyncio.sleep(delay * random.uniform(0.7, 1.0))  # noqa: S311

    async def _send(self, events):
        """True when Odoo answered for every event, whatever it thinks of each."""
        try:
            status, answer = await self._post({"events": events})
        except UNREACHABLE as error:
            self.last_error = f"event door not reached: {type(error).__name__}"
            return False
        if status == 200:
            return self._look(events, answer)
        if status in (400, 413, 422) and len(events) > 1:
            return await self._one_by_one(events)
        if status in (400, 413, 422):
            self._reject(events[0], f"HTTP {status}")
            return True
        self.last_error = f"event door answers HTTP {status}"
        return False

    async def _post(self, body):
        request = self.http.post(
            self.url, json=body, headers=self.headers, timeout=TIMEOUT
        )
        async with request as response:
            if response.status != 200:
                return response.status, None
            return 200, await response.json(content_type=None)

    def _look(self, events, answer):
        results = answer.get("results") if isinstance(answer, dict) else None
        if not isinstance(results, list) or len(results) != len(events):
            self.last_error = "event door gave an answer we do not understand"
            return False
        for event, result in zip(events, results, strict=True):
            if result.get("status") == "rejected":
                self._reject(event, result.get("error") or "rejected")
        return True

    async def _one_by_one(self, events):
        for event in events:
            if not await self._send([event]):
                return False  # those already taken will come again as duplicates
        return True

    def _reject(self, event, reason):
        _logger.error("event %s rejected: %s", event.get("event_id"), reason)
        self.spool.set_aside(event, reason)
