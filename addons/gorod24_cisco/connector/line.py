# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""One operator's telephone line: its link, what is known of it, and its repair."""

import asyncio
import logging
import random
import time

import aiohttp

from ..wire import finesse
from ..wire.tracker import DialogTracker, utc_now
from ..wire.xmlread import Unreadable
from .link import Link, LinkError
from .rest import FinesseError, FinesseRest
from .spool import read_json, write_atomic

_logger = logging.getLogger(__name__)
UNREACHABLE = (aiohttp.ClientError, asyncio.TimeoutError, OSError, Unreadable)


class Line:
    """Keeps a link open for ever and turns what it brings into events.

    ``put`` takes a list of neutral events (it must store them before it returns).
    """

    def __init__(self, settings, agent, http, put, resource):
        self.settings = settings
        self.agent = agent
        self.put = put
        self.resource = resource
        self.rest = FinesseRest(http, settings, agent)
        self.tracker = DialogTracker(agent.id, agent.extension, settings.source)
        self.link = None
        self.state = "starting"
        self.connected_at = None
        self.reconnects = 0
        self.rejected = 0
        self.watchers = []
        self._memory = settings.spool / f"line-{agent.id}.json"
        self._remembered = None
        self._load()

    def _load(self):
        memory = read_json(self._memory, None)
        if memory:
            self.tracker.load(memory)

    def _remember(self):
        """After the events are spooled: an older memory only repeats them."""
        memory = self.tracker.as_json()
        if memory != self._remembered:
            try:
                write_atomic(self._memory, memory, sync=False)
            except OSError as error:
                _logger.error("agent %s: memory not kept: %s", self.agent.id, error)
            self._remembered = memory

    # --- link -------------------------------------------------------------------
    async def run(self):
        """Stay connected until cancelled."""
        failures = 0
        try:
            while True:
                began = time.monotonic()
                reason = await self._session()
                failures = 0 if time.monotonic() - began > 30 else failures + 1
                self.state = f"disconnected: {reason}"
                _logger.warning("agent %s: link lost: %s", self.agent.id, reason)
                delay = min(self.settings.backoff_max, 0.25 * 2 ** min(failures, 8))
                await asyncio.sleep(delay * random.uniform(0.6, 1.0))  # noqa: S311
                self.reconnects += 1
        finally:
            await self._close()

    async def _session(self):
        """One session; returns why it ended."""
        try:
            domain = self.settings.xmpp_domain or await self._domain()
            self.link = Link(
                self.settings, self.agent, domain, self.resource, self._on_message
            )
            await self.link.open()
            self.state = "connected"
            self.connected_at = utc_now()
            _logger.info("agent %s: link open", self.agent.id)
            return await self._serve()
        except LinkError as error:
            return str(error)
        except UNREACHABLE as error:
            return f"Finesse not reached: {type(error).__name__}"
        except FinesseError as error:
            return f"Finesse refuses: {error.code}"
        finally:
            await self._close()

    async def _serve(self):
        repair = asyncio.create_task(self._repair())
        try:
            return await self.link.hold()
        finally:
            repair.cancel()

    async def _close(self):
        if self.link is not None:
            link, self.link = self.link, None
            await link.close()

    async def _domain(self):
        return (await self.rest.system())["xmpp_domain"]

    # --- repair -----------------------------------------------------------------
    async def _repair(self):
        """Compare at once, then now and then: nothing is ever replayed to us."""
        delay = 0.0
        while True:
            await asyncio.sleep(delay)
            good = await self.compare()
            delay = self.settings.compare_every if good else min(delay * 2 + 1, 15)

    async def compare(self):
        """Ask Finesse how things are and tell what we missed. False when it failed."""
        mark = self.tracker.mark()
        try:
            user = await self.rest.user()
            dialogs = await self.rest.dialogs()
        except FinesseError as error:
            _logger.warning("agent %s: snapshot refused: %s", self.agent.id, error.code)
            return False
        except UNREACHABLE as error:
            _logger.warning("agent %s: no snapshot: %s", self.agent.id, error)
            return False
        told = self.tracker.user(user, utc_now(), recovered=True)
        told += self.tracker.compare(dialogs, mark, utc_now())
        self._tell(told)
        return True

    # --- notifications ----------------------------------------------------------
    def _on_message(self, message):
        for update in finesse.read_notification(message):
            if isinstance(update, finesse.Rejection):
                self.rejected += 1
                _logger.warning(
                    "agent %s: notification skipped: %s", self.agent.id, update.reason
                )
            else:
                self.take(update)

    def take(self, update):
        """Digest one update: tell events, then wake those who wait for an outcome."""
        now = utc_now()
        told = []
        if update.user is not None and update.user.id in ("", self.agent.id):
            told += self.tracker.user(update.user, now)
        for dialog in update.dialogs:
            told += self.tracker.dialog(update.event, dialog, now)
        self._tell(told)
        for watcher in list(self.watchers):
            watcher(update)

    def _tell(self, events):
        if events:
            self.put(events)
        self._remember()

    def health(self):
        """Plain facts for the health page; no numbers of citizens."""
        return {
            "agent": self.agent.id,
            "link": self.state,
            "agent_state": self.tracker.state,
            "open_dialogs": len(self.tracker.open),
            "reconnects": self.reconnects,
            "rejected_notifications": self.rejected,
        }
