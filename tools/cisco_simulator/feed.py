# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Notification feed: an XMPP component (XEP-0114) named pubsub.<domain>."""

import asyncio
import logging
import secrets

from slixmpp import ComponentXMPP
from slixmpp.xmlstream.xmlstream import NotConnectedError

from . import documents

_logger = logging.getLogger(__name__)
RETRY_MAX = 5.0


class Component(ComponentXMPP):
    """One connection to the XMPP server; ``lost`` is set when it is gone."""

    def __init__(self, settings):
        super().__init__(
            f"pubsub.{settings.domain}",
            settings.secret,
            settings.xmpp_host,
            settings.xmpp_port,
        )
        self.enable_direct_tls = False
        self.lost = asyncio.Event()
        self.ready = asyncio.Event()
        self.add_event_handler("session_start", lambda _event: self.ready.set())
        for name in ("connection_failed", "disconnected"):
            self.add_event_handler(name, lambda _event: self.lost.set())


class Feed:
    """Publishes notifications. What cannot be sent is lost, as in the real thing."""

    HABITS = ("normal", "duplicate", "disorder", "silent")

    def __init__(self, settings):
        self.settings = settings
        self.component = None
        self.published = 0
        self.habit = "normal"
        self.held_back = {}

    @property
    def is_ready(self):
        return self.component is not None and self.component.ready.is_set()

    async def run(self):
        """Stay connected for ever."""
        delay = 0.2
        while True:
            component = self.component = Component(self.settings)
            component.connect()
            try:
                await component.lost.wait()
            finally:
                was_ready = component.ready.is_set()
                component.ready.clear()
                self._drop(component)
            delay = 0.2 if was_ready else min(delay * 2, RETRY_MAX)
            _logger.warning("XMPP server not connected, again in %.1f s", delay)
            await asyncio.sleep(delay)

    @staticmethod
    def _drop(component):
        component.cancel_connection_attempt()
        component.abort()
        task = getattr(component, "_run_out_filters", None)
        if task is not None:
            task.cancel()

    def set_habit(self, habit):
        """Change the habit; what was held back goes out."""
        self.habit = habit
        held, self.held_back = self.held_back, {}
        for agent_id, (node, payload) in held.items():
            self._send(agent_id, node, payload)

    def publish(self, agent_id, node, payload):
        """Send a notification, in the way of the present habit."""
        if self.habit == "silent":
            return
        if self.habit == "disorder":
            held = self.held_back.pop(agent_id, None)
            if held is None:
                self.held_back[agent_id] = (node, payload)
                return
            self._send(agent_id, node, payload)
            node, payload = held
        self._send(agent_id, node, payload)
        if self.habit == "duplicate":
            self._send(agent_id, node, payload)

    def _send(self, agent_id, node, payload):
        """Send ``payload`` to the agent's bare address as an event of ``node``."""
        if not self.is_ready:
            return
        recipient = f"{agent_id}@{self.settings.domain}"
        sender = f"pubsub.{self.settings.domain}"
        message = documents.message(
            sender, recipient, node, payload, secrets.token_hex(6)
        )
        try:
            self.component.send_raw(message)
        except NotConnectedError:
            # The server fell this very moment and nobody has noticed yet.
            return
        self.published += 1
