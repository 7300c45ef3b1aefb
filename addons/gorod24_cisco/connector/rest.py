# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Finesse REST on behalf of one agent."""

import functools
import ssl

import aiohttp

from ..wire import finesse

TIMEOUT = aiohttp.ClientTimeout(total=5, connect=3)
HEADERS = {"Content-Type": "application/xml", "Accept": "application/xml"}


class FinesseError(Exception):
    """Finesse refused. ``code`` is its error type or ``HTTP nnn``.

    ``reason`` is the finer code, as in :class:`~.commands.CommandError`.
    """

    def __init__(self, code, text="", reason="", status=0):
        super().__init__(text or code)
        self.code = code
        self.reason = reason
        self.status = status


def tls_context(settings):
    """SSL argument of aiohttp and slixmpp: verified unless switched off on purpose."""
    return pinned_context(settings.ca_bundle, settings.verify_tls)


@functools.cache
def pinned_context(ca_bundle, verify):
    context = ssl.create_default_context(cafile=ca_bundle or None)
    if not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def ssl_of(settings):
    """SSL argument of aiohttp for the nodes; one context for all lines."""
    if not any(node.base_url.startswith("https") for node in settings.nodes):
        return True
    return pinned_context(settings.ca_bundle, settings.verify_tls)


class FinesseRest:
    """Asynchronous client; network faults are raised as aiohttp's own errors."""

    def __init__(self, http, settings, agent):
        self.http = http
        self.base = settings.base_url
        self.agent = agent
        self.auth = aiohttp.BasicAuth(agent.id, agent.password, "utf-8")
        self.ssl = ssl_of(settings)
        #: The password has been accepted since the start.
        self.is_accepted = False

    async def user(self):
        """State of the agent now."""
        _id, body = await self._ask("GET", f"/User/{self.agent.id}")
        return finesse.read_user(body)

    async def dialogs(self):
        """Dialogs of the agent now."""
        _id, body = await self._ask("GET", f"/User/{self.agent.id}/Dialogs")
        return finesse.read_dialogs(body)

    async def system(self, base):
        """What SystemInfo of the node with the address ``base`` says."""
        _id, body = await self._ask("GET", "/SystemInfo", base=base)
        return finesse.read_system(body)

    async def reason_codes(self, category="NOT_READY"):
        """Reasons an agent may give for a state: list of dict(id, label)."""
        path = f"/User/{self.agent.id}/ReasonCodes?category={category}"
        return finesse.read_reasons((await self._ask("GET", path))[1])

    async def wrap_up_reasons(self):
        """Labels an agent may give a conversation."""
        path = f"/User/{self.agent.id}/WrapUpReasons"
        return finesse.read_wrap_up_reasons((await self._ask("GET", path))[1])

    async def dial(self, body):
        """Ask for a call; returns the request id that notifications will echo."""
        return (await self._ask("POST", f"/User/{self.agent.id}/Dialogs", body))[0]

    async def on_dialog(self, dialog_id, body):
        """Ask for an action on a dialog; returns the request id."""
        return (await self._ask("PUT", f"/Dialog/{dialog_id}", body))[0]

    async def change_state(self, body):
        """Ask for a state of the agent; returns the request id."""
        return (await self._ask("PUT", f"/User/{self.agent.id}", body))[0]

    async def _ask(self, method, path, body=None, base=None):
        request = self.http.request(
            method,
            (base or self.base) + path,
            data=body.encode() if body else None,
            headers=HEADERS,
            auth=self.auth,
            timeout=TIMEOUT,
            ssl=self.ssl,
        )
        async with request as response:
            text = await response.text("utf-8", "replace")
            if response.status >= 400:
                errors = finesse.read_error_body(text)
                code = errors[0].type if errors else f"HTTP {response.status}"
                reason = errors[0].reason if errors else ""
                text = "; ".join(map(str, errors))
                raise FinesseError(code, text, reason, response.status)
            return response.headers.get("requestId", ""), text
