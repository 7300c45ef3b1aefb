# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""One operator's telephone line: its link, what is known of it, and its repair."""

import asyncio
import contextlib
import logging
import random
import time

import aiohttp

from ..wire import finesse
from ..wire.tracker import DialogTracker, utc_now
from ..wire.xmlread import Unreadable
from .link import NO_PING, Link, LinkError, PasswordRefused
from .rest import FinesseError, FinesseRest
from .spool import read_json, write_atomic

_logger = logging.getLogger(__name__)
SERVING = ("connected", "out of service", "no feed")
#: How soon the contact centre's user shows itself in a new session.
PRESENCE_WAIT = 5.0
#: To the second look when the first one missed a call that nobody ended.
DOUBT_WAIT = 2.0
#: Seconds to the next try with a refused password: many tries lock the account. The
#: first pause is for a password that was good before, when the node may be to blame.
REFUSED_WAITS = (60, 600, 1200, 1800)
UNREACHABLE = (aiohttp.ClientError, asyncio.TimeoutError, OSError, Unreadable)


class Line:
    """Keeps a link open for ever and turns what it brings into events.

    ``put`` takes a list of neutral events (it must store them before it returns).
    """

    def __init__(self, settings, agent, http, put, resource, cluster):
        self.settings = settings
        self.cluster = cluster
        self.agent = agent
        self.put = put
        self.resource = resource
        self.rest = FinesseRest(http, settings, agent)
        self.tracker = DialogTracker(
            agent.id, agent.extension, settings.source, settings.number_variable
        )
        self.link = None
        self.node = None
        self.is_refused = False
        self.is_feed_dead = False
        self.is_compared = False
        self.presence = asyncio.Event()
        self.hurry = asyncio.Event()
        self.state = "starting"
        self.reconnects = 0
        self.rejected = 0
        self.refusals = 0
        self.watchers = []
        self._memory = settings.spool / f"line-{agent.id}.json"
        self._remembered = None
        self._writing = None
        self._load()

    def _load(self):
        memory = read_json(self._memory, None)
        if memory:
            self.tracker.load(memory)

    def _remember(self):
        """Note what was told: after the events are spooled, once a turn of the loop.

        Not later: a process killed meanwhile would know nothing of a fresh call, and
        nobody would tell its end.
        """
        if self._writing is None:
            self._writing = asyncio.get_running_loop().call_soon(self._write_memory)

    def _write_memory(self):
        self._writing = None
        memory = self.tracker.as_json()
        if memory != self._remembered:
            try:
                write_atomic(self._memory, memory, sync=False)
            except OSError as error:
                _logger.error("agent %s: memory not kept: %s", self.agent.id, error)
            self._remembered = memory

    def _stop_writing(self, now=False):
        """Forget the memory that is to be written; with ``now`` write it at once."""
        if self._writing is not None:
            self._writing.cancel()
            self._writing = None
            if now:
                self._write_memory()

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
                delay *= random.uniform(0.6, 1.0)  # noqa: S311
                await asyncio.sleep(max(delay, self._refused_wait()))
                self.reconnects += 1
        finally:
            self._stop_writing(now=True)
            await self._close()

    def _refused_wait(self):
        """Seconds the refused password is not to be tried again; 0 for a good one."""
        if not self.refusals:
            return 0
        place = self.refusals - 1 if self.rest.is_accepted else self.refusals
        return REFUSED_WAITS[min(place, len(REFUSED_WAITS) - 1)]

    async def _session(self):
        """One session; returns why it ended."""
        try:
            self.node, domain = await self.cluster.choose(self.rest)
            self.rest.base = self.node.base_url
            self.is_refused = self.is_feed_dead = self.is_compared = False
            self.presence = asyncio.Event()
            self.link = Link(
                self.settings,
                self.node,
                self.agent,
                f"{self.agent.id}@{domain}/{self.resource}",
                self._on_message,
                self._on_presence,
            )
            await self._open_link()
            self._show_state()
            _logger.info("agent %s: link open", self.agent.id)
            return await self._serve()
        except PasswordRefused as error:
            self.refusals += 1
            return str(error)
        except LinkError as error:
            return str(error)
        except UNREACHABLE as error:
            return f"Finesse not reached: {type(error).__name__}"
        except FinesseError as error:
            return f"Finesse refuses: {error.code}"
        except Exception as error:
            # One line's trouble must not end the others.
            _logger.exception("agent %s: unexpected error", self.agent.id)
            return f"unexpected error: {type(error).__name__}"
        finally:
            await self._close()

    async def _open_link(self):
        """Open the link; a node that does not open it is avoided for a while."""
        try:
            await self.link.open()
        except PasswordRefused:
            raise
        except LinkError:
            self.cluster.failed(self.node)
            raise
        self.cluster.opened(self.node)
        self.rest.is_accepted, self.refusals = True, 0

    async def _serve(self):
        """Until the link is lost, or the other node is the better one."""
        repair = asyncio.create_task(self._repair())
        presence = asyncio.create_task(self._await_presence())
        work = [asyncio.create_task(self.link.hold())]
        if len(self.cluster.nodes) > 1:
            work.append(asyncio.create_task(self._watch_nodes()))
        try:
            done, _rest = await asyncio.wait(work, return_when=asyncio.FIRST_COMPLETED)
            reason = done.pop().result()
            if reason == NO_PING:
                self.cluster.failed(self.node)
            return reason
        finally:
            for task in (repair, presence, *work):
                task.cancel()

    async def _watch_nodes(self):
        """Return a reason to move: this node is down, or the first one is back.

        Back only between calls: a move in the middle of one tells it late.
        """
        while True:
            await asyncio.sleep(1.0 if self.is_down else self.settings.node_check)
            if self.tracker.open and not self.is_down:
                continue
            if self.is_feed_dead and not self.cluster.shows_presence:
                continue  # a user never seen anywhere tells nothing of the nodes
            other = await self.cluster.better(self.rest, self.node, self.is_down)
            if other is not None:
                if self.is_feed_dead:
                    self.cluster.avoid(self.node)
                return f"moving to {other.host}"

    async def _close(self):
        if self.link is not None:
            link, self.link = self.link, None
            await link.close()

    # --- repair -----------------------------------------------------------------
    async def _repair(self):
        """Compare at once, then now and then: nothing is ever replayed to us."""
        delay = 0.0
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.hurry.wait(), delay)
            self.hurry.clear()
            try:
                good = await self.compare()
            except Exception:
                _logger.exception("agent %s: comparison failed", self.agent.id)
                good = False
            if self.refusals:
                delay = self._refused_wait()
            elif good and self.tracker.is_doubtful:
                delay = DOUBT_WAIT
            elif good and not self.is_feed_dead:
                delay = self.settings.compare_every
            else:
                # Without a feed asking is all that is left.
                delay = min(delay * 2 + 1, 5 if good else 15)

    async def compare(self):
        """Ask Finesse how things are and tell what we missed. False when it failed."""
        mark = self.tracker.mark()
        try:
            user = await self.rest.user()
            dialogs = await self.rest.dialogs()
        except FinesseError as error:
            _logger.warning("agent %s: snapshot refused: %s", self.agent.id, error.code)
            self.refusals += error.status == 401
            self._service(error.code not in ("Service Unavailable", "HTTP 503"))
            return False
        except UNREACHABLE as error:
            _logger.warning("agent %s: no snapshot: %s", self.agent.id, error)
            return False
        self._service(True)
        self.refusals = 0
        told = self.tracker.user(user, utc_now(), recovered=True)
        told += self.tracker.compare(dialogs, mark, utc_now())
        self._tell(told)
        self.is_compared = True
        return True

    @property
    def is_down(self):
        """The node cannot tell of calls, though the connection stands (§4.4)."""
        return self.is_refused or self.is_feed_dead

    def _service(self, is_up):
        """Note whether the node serves; the link is kept meanwhile (§4.4)."""
        if self.link is not None and self.is_refused == is_up:
            self.is_refused = not is_up
            self._show_state()

    def _on_presence(self, is_here):
        """The contact centre's own user came or went: the feed lives or is dead."""
        self.presence.set()
        if is_here:
            self.cluster.shows_presence.add(self.node)
        self._feed(is_here)

    async def _await_presence(self):
        """Where that user has been seen before, its silence is absence."""
        if self.node not in self.cluster.shows_presence:
            return
        try:
            await asyncio.wait_for(self.presence.wait(), PRESENCE_WAIT)
        except TimeoutError:
            self._feed(False)

    def _feed(self, is_alive):
        if self.is_feed_dead != is_alive:
            return
        self.is_feed_dead = not is_alive
        self._show_state()
        self.hurry.set()  # what it did not tell, and what it will not

    def _show_state(self):
        before = self.state
        self.state = "connected"
        if self.is_refused:
            self.state = "out of service"
        elif self.is_feed_dead:
            self.state = "no feed"
        if before != self.state and before in SERVING:
            _logger.warning("agent %s: node %s", self.agent.id, self.state)

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
        if update.system_status:
            self._service(update.system_status == "IN_SERVICE")
        if update.user is not None and update.user.id in ("", self.agent.id):
            told += self.tracker.user(update.user, now)
        for dialog in update.dialogs:
            told += self.tracker.dialog(update.event, dialog, now)
        self._tell(told)
        for watcher in list(self.watchers):
            watcher(update)

    def _tell(self, events):
        if not events:
            self._remember()
        elif self.put(events) is False:
            # Only in memory: what is not stored must be told anew.
            self._stop_writing()
        else:
            self._remember()

    def health(self):
        """Plain facts for the health page; no numbers of citizens."""
        return {
            "agent": self.agent.id,
            "link": self.state,
            "agent_state": self.tracker.state,
            "open_dialogs": len(self.tracker.open),
            "compared": self.is_compared,
            "reconnects": self.reconnects,
            "rejected_notifications": self.rejected,
            "password_refused": bool(self.refusals),
        }
