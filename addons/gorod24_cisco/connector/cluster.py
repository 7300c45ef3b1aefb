# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The two nodes of Finesse: which one serves now (§4.4 of the protocol sheet).

All lines ask the same object, so a node in trouble is asked once in a while, not by
every telephone.
"""

import asyncio
import logging
import time

import aiohttp

from ..wire.xmlread import Unreadable
from .faults import CheckFailed
from .link import LinkError, PasswordRefused
from .rest import FinesseError
from .xmpp_probe import probe

_logger = logging.getLogger(__name__)
FRESH = 2.0
# Longest time a node whose XMPP is dead is left alone.
AVOID_MOST = 900.0
UNREACHABLE = (aiohttp.ClientError, asyncio.TimeoutError, OSError, Unreadable)


class Cluster:
    """Answers of SystemInfo, remembered for a moment.

    ``nodes`` stand in the order of preference.
    """

    def __init__(self, settings):
        self.settings = settings
        self.nodes = settings.nodes
        self.known = {}
        self.since = {}
        self.avoided = {}
        #: Nodes whose user ``finesse`` has been seen present: its absence means much.
        self.shows_presence = set()
        self.faults = {}
        self._locks = {node: asyncio.Lock() for node in self.nodes}

    async def choose(self, rest):
        """(node, XMPP domain) to connect to.

        Raises :class:`LinkError`, :class:`PasswordRefused`.
        """
        reasons, refused = [], None
        # A node without its own XMPP user is better than none, but only than none.
        for node in sorted(self.nodes, key=self._is_avoided):
            try:
                status, domain = await self.status(rest, node)
            except PasswordRefused as error:
                if not rest.is_accepted:
                    raise  # every further try brings the account nearer to its lock
                refused = error
                continue
            if status == "IN_SERVICE":
                return node, self.settings.xmpp_domain or domain
            reasons.append(f"{node.host}: {status}")
        raise refused or LinkError(f"no node in service ({', '.join(reasons)})")

    def avoid(self, node):
        """SystemInfo praises the node, but its feed is dead: not there for a while."""
        self.avoided[node] = time.monotonic() + self.settings.return_after

    def failed(self, node):
        """SystemInfo praises the node, but XMPP is dead: avoided ever longer."""
        if not self._is_avoided(node):
            times = self.faults[node] = self.faults.get(node, 0) + 1
            pause = min(AVOID_MOST, self.settings.return_after * 2**times)
            self.avoided[node] = time.monotonic() + pause
            _logger.warning("node %s: XMPP dead, avoided %d s", node.host, pause)

    def opened(self, node):
        """A link to the node stands."""
        if self.faults.pop(node, None):
            self.avoided.pop(node, None)

    def _is_avoided(self, node):
        return self.avoided.get(node, float("-inf")) > time.monotonic()

    async def _speaks(self, node, domain):
        """Does XMPP answer again, where it did not? One line asks for all."""
        async with self._locks[node]:
            if node not in self.faults:
                return True
            if self._is_avoided(node):
                return False
            try:
                await probe(self.settings, node, self.settings.xmpp_domain or domain)
            except (CheckFailed, TimeoutError, OSError, aiohttp.ClientError):
                self.failed(node)
                return False
            return True

    async def status(self, rest, node):
        """(status, domain) of a node; the status is a reason when it gave none.

        Raises :class:`PasswordRefused`, which is remembered for nobody: it tells of one
        operator, not of the node.
        """
        async with self._locks[node]:
            asked, *answer = self.known.get(node, (float("-inf"), "", ""))
            if time.monotonic() - asked > FRESH:
                answer = await self._ask(rest, node)
                self._note(node, answer)
        return tuple(answer)

    async def _ask(self, rest, node):
        try:
            found = await rest.system(node.base_url)
        except FinesseError as error:
            if error.status == 401:
                raise PasswordRefused from error
            return [error.code, ""]
        except UNREACHABLE as error:
            return [type(error).__name__, ""]
        if found["status"] == "IN_SERVICE" and not (
            found["xmpp_domain"] or self.settings.xmpp_domain
        ):
            return ["no XMPP domain", ""]
        # A page of maintenance is a document, too, but no status.
        return [found["status"] or "no status", found["xmpp_domain"]]

    def _note(self, node, answer):
        now = time.monotonic()
        before = self.known.get(node, (0, None))[1]
        if before != answer[0]:
            self.since[node] = now
            if before is not None:
                _logger.warning("node %s: %s", node.host, answer[0])
        self.known[node] = (now, *answer)

    async def better(self, rest, node, is_down):
        """A node to move to from ``node``, or None to stay.

        :param is_down: ``node`` says it is out of service.
        """
        for other in self.nodes:
            if other is node:
                if not is_down:
                    return None
                continue
            if self._is_avoided(other):
                continue
            try:
                status, domain = await self.status(rest, other)
            except PasswordRefused:
                continue
            if status != "IN_SERVICE":
                continue
            steady = time.monotonic() - self.since[other] >= self.settings.return_after
            if (is_down or steady) and await self._speaks(other, domain):
                return other
        return None

    def health(self):
        """{host: status} as last heard."""
        return {
            node.host: self.known[node][1] if node in self.known else "not asked"
            for node in self.nodes
        }
