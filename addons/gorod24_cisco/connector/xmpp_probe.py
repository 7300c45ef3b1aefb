# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Does an XMPP server answer here, with the encryption we are set to?

Speaks only the beginning of a stream (RFC 6120 §4): no login, no presence, nothing an
operator or Finesse would notice.
"""

import asyncio
import re
from xml.sax.saxutils import quoteattr

import aiohttp

from .faults import CheckFailed
from .feeds import STREAM, NoFeed, open_feed
from .rest import tls_context

WAIT = 5.0
LIMIT = 64 * 1024
_HEADER = (
    "<?xml version='1.0'?><stream:stream to={domain} version='1.0'"
    " xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>"
)
_STARTTLS = "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"


async def probe(settings, node, domain):
    """Facts of the answer: how it is encrypted, how one may sign in.

    Raises :class:`CheckFailed`, OSError, TimeoutError.
    """
    if settings.transport != "tcp":
        return await _probe_web(settings, node, domain)
    context = None if settings.xmpp_tls == "none" else tls_context(settings)
    direct = settings.xmpp_tls == "direct"
    opening = asyncio.open_connection(
        node.xmpp_host,
        node.xmpp_port,
        ssl=context if direct else None,
        server_hostname=domain if direct else None,
    )
    reader, writer = await asyncio.wait_for(opening, WAIT)
    try:
        features = await _begin(reader, writer, domain)
        if settings.xmpp_tls == "starttls":
            if "<starttls" not in features:
                raise CheckFailed("no_starttls")
            writer.write(_STARTTLS.encode())
            await _until(reader, "<proceed")
            await asyncio.wait_for(
                writer.start_tls(context, server_hostname=domain), WAIT
            )
            features = await _begin(reader, writer, domain)
        if settings.xmpp_tls == "none" and "<required" in features:
            raise CheckFailed("tls_required")
        return _facts(writer, features)
    finally:
        writer.close()


async def _begin(reader, writer, domain):
    """Open a stream; its features as text."""
    writer.write(_HEADER.format(domain=quoteattr(domain)).encode())
    return await _until(reader, "</stream:features>")


async def _until(reader, mark):
    """What comes until ``mark``. Raises :class:`CheckFailed`."""
    got = b""
    async with asyncio.timeout(WAIT):
        while mark.encode() not in got:
            piece = await reader.read(4096)
            got += piece
            text = got.decode("utf-8", "replace")
            if "host-unknown" in text:
                raise CheckFailed("unknown_domain")
            if "<stream:error" in text or "<failure" in text:
                raise CheckFailed("stream_refused")
            if not piece or len(got) > LIMIT:
                raise CheckFailed("not_xmpp")
    return got.decode("utf-8", "replace")


def _facts(writer, features):
    cipher = writer.get_extra_info("cipher")
    return _told(cipher[1] if cipher else "", features)


def _told(encryption, features):
    names = r"<(?:\w+:)?mechanism>([A-Z0-9-]{1,32})</(?:\w+:)?mechanism>"
    return {"encryption": encryption, "mechanisms": re.findall(names, features)}


class _Ear:
    """Takes slixmpp's place at a feed: hears the beginning of a stream, no more."""

    def __init__(self):
        self.text = ""
        self.changed = asyncio.Event()
        self.error = None
        self.is_over = False

    def data_received(self, data):
        self.text += data
        self.changed.set()

    def connection_lost(self, error):
        self.error, self.is_over = error, True
        self.changed.set()

    async def hear(self, mark):
        """Wait for ``mark``. Raises :class:`CheckFailed`, the feed's errors."""
        async with asyncio.timeout(WAIT):
            while mark not in self.text:
                if "host-unknown" in f"{self.text} {self.error}":
                    raise CheckFailed("unknown_domain")
                if self.is_over or "stream:error" in self.text:
                    raise self.error or CheckFailed("stream_refused")
                await self.changed.wait()
                self.changed.clear()


async def _probe_web(settings, node, domain):
    ear = _Ear()
    try:
        feed = await asyncio.wait_for(open_feed(settings, node, domain, ear), WAIT)
        try:
            feed.write(STREAM.encode())
            await ear.hear("features>")
        finally:
            feed.abort()
    except (aiohttp.WSServerHandshakeError, NoFeed) as error:
        raise CheckFailed("not_xmpp") from error
    return _told(feed.encryption, ear.text)
