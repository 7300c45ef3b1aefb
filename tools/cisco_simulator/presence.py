# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The contact centre's own XMPP user: its presence says that the feed lives."""

import asyncio
import logging

from slixmpp import ClientXMPP

_logger = logging.getLogger(__name__)
USER = "finesse"
RETRY = 0.5


class Session(ClientXMPP):
    """One connection; ``lost`` is set when it is gone."""

    def __init__(self, settings, shows):
        plain = {"unencrypted_plain": True, "unencrypted_scram": True}
        super().__init__(
            f"{USER}@{settings.domain}/simulator",
            settings.finesse_password,
            plugin_config={"feature_mechanisms": plain},
        )
        self.enable_direct_tls = self.enable_starttls = False
        self.enable_plaintext = True
        self.shows = shows
        self.lost = asyncio.Event()
        self.ready = asyncio.Event()
        self.add_event_handler("session_start", self._on_start)
        for name in ("connection_failed", "disconnected", "failed_all_auth"):
            self.add_event_handler(name, lambda _event: self.lost.set())

    def _on_start(self, _event):
        self.ready.set()
        self.show()

    def show(self):
        """Tell everybody who watches whether the user is there."""
        if self.ready.is_set():
            self.send_presence(ptype=None if self.shows() else "unavailable")


class ServiceUser:
    """Stays signed in for ever; ``set_here`` plays its coming and going."""

    def __init__(self, settings):
        self.settings = settings
        self.session = None
        self.is_here = True

    def set_here(self, is_here):
        self.is_here = is_here
        if self.session is not None:
            self.session.show()

    async def run(self):
        """Stay connected; without a password in the settings there is no such user."""
        while self.settings.finesse_password:
            session = self.session = Session(self.settings, lambda: self.is_here)
            session.connect(self.settings.xmpp_host, self.settings.client_port)
            try:
                await session.lost.wait()
            finally:
                session.cancel_connection_attempt()
                session.abort()
                task = getattr(session, "_run_out_filters", None)
                if task is not None:
                    task.cancel()
            await asyncio.sleep(RETRY)
