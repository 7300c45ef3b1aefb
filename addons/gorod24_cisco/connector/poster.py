# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Carries events from the spool to Odoo's event door, in order, until accepted."""

import asyncio
import logging
import random

import aiohttp

from .outgoing import Outgoing

_logger = logging.getLogger(__name__)
# Events of a request: as many as Odoo takes in as one set. A ring that has just come
# waits for the requests before it: long ones would keep the citizen waiting.
BATCH = 60
EVENTS_PATH = "/gorod24/telephony/v1/events"
TIMEOUT = aiohttp.ClientTimeout(total=30, connect=5)
UNREACHABLE = (aiohttp.ClientError, asyncio.TimeoutError, OSError, ValueError)
# Batches answered with HTTP 500 before their events are tried one by one.
PATIENCE = 2
# Times Odoo may stumble over an event, others taken in between, before it is set aside.
FAULTS = 5
# Events kept in memory while the disk takes nothing.
UNSAVED = 20_000


def _ended(flights):
    """Those that are over; raises what one of them died of."""
    ended = {flight for flight in flights if flight.done()}
    for flight in ended:
        flight.result()
    return ended


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
        self.taken = 0
        self.faults = {}
        self.outgoing = Outgoing(spool)
        self.disk_error = ""
        self._is_refused = False
        self._settled = {}  # event id: did Odoo take it? Else it is given up.
        self._taken_before = 0
        self._wake = asyncio.Event()

    @property
    def unsaved(self):
        """Events that are only in memory: the disk does not take them."""
        return self.outgoing.unsaved

    def store(self, events):
        """Keep ``events`` on disk and send them soon. Raises OSError: disk full."""
        if events:
            self.spool.append(events)
            if self.failures:
                self.spool.sync()  # nobody else has them: they must outlive the power
            self._wake.set()

    def put(self, events):
        """The same, but what the disk does not take is sent from memory.

        :return: False when a killed process would lose them.
        """
        try:
            self.store(events)
        except OSError as error:
            self._disk(error)
            self.outgoing.unsaved = [*self.unsaved, *events][-UNSAVED:]
            self._wake.set()
            return False
        return True

    def _disk(self, error):
        if error is None and self.disk_error:
            _logger.warning("the spool's disk works again")
        elif error is not None and not self.disk_error:
            _logger.error("events stay in memory: %s", error.strerror)
        self.disk_error = error.strerror or "disk error" if error else ""

    def _save_unsaved(self):
        """What the disk did not take, if it takes it now."""
        if not self.unsaved:
            return
        try:
            self.spool.append(self.unsaved)
        except OSError:
            return
        self.outgoing.unsaved = []
        self._disk(None)

    def _sync(self):
        try:
            self.spool.sync()
        except OSError as error:
            self._disk(error)

    async def run(self):
        """Send for ever; ends only by cancellation."""
        flights = set()
        self._wake = asyncio.Event()  # of this run's loop
        try:
            while True:
                self._wake.clear()
                flights -= _ended(flights)
                if self._is_refused:
                    await self._all_back(flights)
                    continue
                self._save_unsaved()
                self.outgoing.load()
                while len(flights) < self.width:
                    batch = self.outgoing.take(BATCH)
                    if not batch:
                        break
                    flights.add(asyncio.create_task(self._fly(batch)))
                if not flights:
                    self._sync()
                await self._wake.wait()
        finally:
            for flight in flights:
                flight.cancel()
            await asyncio.gather(*flights, return_exceptions=True)

    async def _all_back(self, flights):
        """Something was not taken: nothing goes before all are back and a pause."""
        if flights:
            await asyncio.wait(flights)
            flights -= _ended(flights)
        await self._pause(soon=self.taken > self._taken_before)
        self._taken_before = self.taken
        self._is_refused = False

    async def _fly(self, parcels):
        """One request, and what its answer means for the queue."""
        is_sent = None
        try:
            is_sent = await self._send([parcel.event for parcel in parcels])
        finally:
            settled = parcels if is_sent else self._settle(parcels)
            self.outgoing.done(settled)
            self.outgoing.back([one for one in parcels if one not in settled])
            self.posted += len(settled)
            for parcel in parcels:
                self._settled.pop(parcel.event.get("event_id"), None)
            self._wake.set()
        if not is_sent:
            self._is_refused = True
            return
        if not self.outgoing.is_any_refused:
            self._recovered()

    def _settle(self, parcels):
        """Return those of a request that failed which need not come again.

        One of those that Odoo took stays with the others: taken again, it proves that
        Odoo works and only they are to blame. Sixty would keep new events out.
        """
        known = [one for one in parcels if one.event.get("event_id") in self._settled]
        taken = [one for one in known if self._settled[one.event.get("event_id")]]
        return [one for one in known if one not in taken[-1:]]

    def _recovered(self):
        if self.failures:
            _logger.info("event door reached again after %d attempts", self.failures)
        self.failures = 0
        self.last_error = ""

    async def _pause(self, soon=False):
        """Wait before the next attempt; ``soon``: the door takes other events."""
        self.failures += 1
        if self.failures in (1, 5) or self.failures % 50 == 0:
            _logger.warning("events wait on disk: %s", self.last_error)
        self._sync()
        delay = min(self.delay_max, 0.2 * 2 ** min(self.failures, 10))
        delay *= random.uniform(0.7, 1.0)  # noqa: S311
        self._wake.clear()
        while delay > 0:
            await asyncio.sleep(min(delay, 1.0))
            delay -= 1.0
            if self._wake.is_set():
                return  # Odoo may stumble over one event only: a new ring goes.

    async def _send(self, events):
        """True when Odoo answered for every event, whatever it thinks of each.

        False when it stumbled over some, None when it takes nothing now.
        """
        try:
            status, answer = await self._post({"events": events})
        except UNREACHABLE as error:
            self.last_error = f"event door not reached: {type(error).__name__}"
            return None
        if status == 200:
            return self._look(events, answer)
        if status in (400, 413, 422) and len(events) > 1:
            return await self._one_by_one(events)
        if status in (400, 413, 422):
            self._reject(events[0], f"HTTP {status}")
            return True
        self.last_error = f"event door answers HTTP {status}"
        if status != 500 or self.failures < PATIENCE:
            return None
        if len(events) > 1:
            return await self._one_by_one(events)
        return self._stumbled(events[0], f"HTTP {status}")

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
        good = isinstance(results, list) and len(results) == len(events)
        if not good or not all(isinstance(result, dict) for result in results):
            self.last_error = "event door gave an answer we do not understand"
            return None
        for event, result in zip(events, results, strict=True):
            if result.get("status") == "error":
                reason = result.get("error") or "error"
                good &= self._stumbled(event, reason, is_sure=True)
                continue
            self.taken += 1
            self._settled[event.get("event_id")] = True
            self.faults.pop(event.get("event_id"), None)
            if result.get("status") == "rejected":
                self._reject(event, result.get("error") or "rejected")
        return good

    async def _one_by_one(self, events):
        """Each by itself: one that Odoo cannot take must not hold up the others."""
        good = True
        for event in events:
            sent = await self._send([event])
            if sent is None:
                return None
            good &= sent
        return good

    def _stumbled(self, event, reason, is_sure=False):
        """Odoo failed at this event by itself; True when it is given up.

        Unless Odoo is sure that the event is to blame, a fault counts only when another
        event was taken since the last one: it may be that Odoo takes nothing at all.
        """
        key = event.get("event_id")
        times, taken = self.faults.get(key, (0, -1))
        if is_sure or self.taken > taken:
            times, taken = times + 1, self.taken
        self.faults[key] = times, taken
        if times < FAULTS:
            self.last_error = f"event door stumbles over an event: {reason}"
            return False
        del self.faults[key]
        self._reject(event, reason)
        return True

    def _reject(self, event, reason):
        _logger.error("event %s rejected: %s", event.get("event_id"), reason)
        self._settled[event.get("event_id")] = False
        try:
            self.spool.set_aside(event, reason)
        except OSError as error:
            self._disk(error)
