# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""One XMPP session of one agent, from connection to loss."""

import asyncio
import logging

import aiohttp
from slixmpp import ClientXMPP
from slixmpp.exceptions import IqError, IqTimeout
from slixmpp.xmlstream.handler import Callback
from slixmpp.xmlstream.matcher import StanzaPath

from .feeds import open_feed
from .rest import tls_context

_logger = logging.getLogger(__name__)
CONNECT_WAIT = 15.0
PING_WAIT = 5.0
#: Why a link ended whose server is silent.
NO_PING = "no answer to ping"
#: The contact centre's own XMPP user: present while the node can tell of calls (§4.4).
SERVICE_USER = "finesse"


class LinkError(Exception):
    """The session could not be opened; the text says why."""


class PasswordRefused(LinkError):
    """The agent's own password is not accepted: no fault of the node."""

    def __init__(self):
        super().__init__("the password is refused")


class Link(ClientXMPP):
    """A session that ends when the connection ends: the owner opens a new one.

    ``on_message`` gets each message element, ``on_presence`` True or False when the
    contact centre's own user comes or goes. Never signs the agent in or out: it is
    only a second XMPP resource beside the agent's desktop.
    """

    def __init__(self, settings, node, agent, jid, on_message, on_presence):
        web = settings.transport != "tcp"
        # What slixmpp need not encrypt: of the web's own encryption it knows nothing.
        plain = web or settings.xmpp_tls == "none"
        mechanisms = {"unencrypted_plain": plain, "unencrypted_scram": plain}
        super().__init__(
            jid, agent.password, plugin_config={"feature_mechanisms": mechanisms}
        )
        self.settings = settings
        self.node = node
        self.on_message = on_message
        self.on_presence = on_presence
        self.enable_direct_tls = settings.xmpp_tls == "direct" and not web
        self.enable_starttls = settings.xmpp_tls == "starttls" and not web
        self.enable_plaintext = plain
        # One for all lines: each own one would hold the whole list of authorities,
        # most of a megabyte.
        self.ssl_context = tls_context(settings)
        self.is_refused = False
        self.lost = asyncio.get_running_loop().create_future()
        self.opened = asyncio.get_running_loop().create_future()
        self.register_plugin("xep_0199")
        self.register_handler(
            Callback("Finesse", StanzaPath("message"), self._on_message)
        )
        self.register_handler(
            Callback("Finesse's user", StanzaPath("presence"), self._on_presence)
        )
        self.add_event_handler("session_start", self._on_start)
        self.add_event_handler("failed_all_auth", self._on_refused)
        self.add_event_handler("connection_failed", self._on_failed)
        self.add_event_handler("disconnected", self._on_failed)

    async def _attempt_connection(self, host, port, tls, server_hostname):
        """slixmpp's own way to a server, or ours by WebSocket or BOSH."""
        if self.settings.transport == "tcp":
            return await super()._attempt_connection(host, port, tls, server_hostname)
        self.event_when_connected = "connected"
        domain = self.boundjid.host
        try:
            feed = await open_feed(self.settings, self.node, domain, self)
        except (aiohttp.ClientError, OSError) as error:
            self.event("connection_failed", error)
            return False
        self.connection_made(feed)
        return True

    def _on_message(self, message):
        try:
            self.on_message(message.xml)
        except Exception:
            _logger.exception("agent %s: notification skipped", self.boundjid.user)

    def _on_presence(self, presence):
        here, sender = self.boundjid, presence["from"]
        if (sender.user, sender.domain) != (SERVICE_USER, here.domain):
            return
        kind = presence.xml.get("type")
        if kind in (None, "unavailable"):
            self.on_presence(kind is None)

    async def _on_start(self, _event):
        """Open once the server has taken our presence, and tells of calls.

        It works in order: what was said after the presence is answered after it.
        """
        self.send_presence()
        try:
            await self["xep_0199"].ping(self.boundjid.host, timeout=CONNECT_WAIT)
        except IqTimeout:
            return
        except IqError:
            _logger.debug("agent %s: the server does not know ping", self.boundjid.user)
        if not self.opened.done():
            self.opened.set_result(True)

    def _on_refused(self, _event):
        self.is_refused = True
        self._settle("the password is refused")

    def _on_failed(self, reason):
        self._settle(str(reason or "connection closed"))

    def _settle(self, reason):
        for future in (self.opened, self.lost):
            if not future.done():
                future.set_result(None if future is self.opened else reason)

    async def open(self):
        """Connect and send presence.

        Raises :class:`LinkError`, :class:`PasswordRefused`.
        """
        self.connect(self.node.xmpp_host, self.node.xmpp_port)
        try:
            # Not wait_for: Python 3.11's loses a cancellation that comes together
            # with the result, and a stop would never be heard.
            async with asyncio.timeout(CONNECT_WAIT):
                good = await asyncio.shield(self.opened)
        except TimeoutError:
            good = None
            self._settle("no answer")
        if self.is_refused:
            raise PasswordRefused
        if not good:
            raise LinkError(self.lost.result() if self.lost.done() else "closed")

    async def hold(self):
        """Keep alive until the link is lost; returns the reason."""
        while True:
            done, _rest = await asyncio.wait(
                [self.lost], timeout=self.settings.ping_every
            )
            if done:
                return self.lost.result()
            try:
                await self["xep_0199"].ping(self.boundjid.host, timeout=PING_WAIT)
            except IqTimeout:
                return NO_PING
            except IqError:
                continue  # the server lives, it only does not know ping

    async def close(self):
        """Leave politely, at most half a second."""
        self._settle("closed by us")
        self.cancel_connection_attempt()
        try:
            if self.is_connected():
                async with asyncio.timeout(0.6):
                    await self.disconnect(0.4)
        except TimeoutError:
            self.abort()
        except asyncio.CancelledError:
            # The process ends: a stop that is swallowed here would never be heard.
            self.abort()
            raise
        finally:
            task = getattr(self, "_run_out_filters", None)
            if task is not None:
                task.cancel()
