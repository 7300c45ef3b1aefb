# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""XMPP as browsers speak it: WebSocket (RFC 7395) and BOSH (XEP-0124, XEP-0206).

slixmpp knows XMPP over TCP only. A feed is what slixmpp takes for such a connection:
what it writes goes out as frames or requests, and what comes is given to it as the
stream it expects. Of a site that opens only 7443 or 8445 this is the way in.
"""

import abc
import asyncio
import contextlib
import re
import secrets
from collections import deque
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

import aiohttp

from ..wire.xmlread import Unreadable, document, local
from .rest import tls_context

CLOSE_WAIT = 1.0
#: Seconds the server may keep a request of BOSH that it has nothing to answer to.
HOLD = 30
LARGEST = 1024 * 1024
STREAM = (
    "<stream:stream xmlns='jabber:client' version='1.0'"
    " xmlns:stream='http://etherx.jabber.org/streams'>"
)
STREAM_END = "</stream:stream>"
_FRAMING = "urn:ietf:params:xml:ns:xmpp-framing"
_BIND = "http://jabber.org/protocol/httpbind"
_NAME = re.compile(r"\s*(?:<\?xml[^>]*\?>\s*)?<([^\s/>]+)")
FAULTS = (aiohttp.ClientError, TimeoutError, OSError)


class NoFeed(ConnectionError):
    """What answers at this address is no feed; the text says what it answers."""


def address(settings, node):
    """Where a node's feed is: its URL, encrypted unless switched off on purpose.

    Finesse keeps WebSocket at ``/ws/`` of 7443 and, from 12.6 on, at ``/ws`` of 8445;
    BOSH at ``/http-bind/`` (protocol sheet §4.1).
    """
    plain = settings.xmpp_tls == "none"
    if settings.transport == "bosh":
        return f"{'http' if plain else 'https'}://{_place(node)}/http-bind/"
    path = "/ws" if node.xmpp_port == 8445 else "/ws/"
    return f"{'ws' if plain else 'wss'}://{_place(node)}{path}"


def _place(node):
    host = f"[{node.xmpp_host}]" if ":" in node.xmpp_host else node.xmpp_host
    return f"{host}:{node.xmpp_port}"


async def open_feed(settings, node, domain, protocol):
    """A feed that is connected; the caller starts it with ``connection_made``.

    Raises aiohttp's errors, OSError.
    """
    kind = BoshFeed if settings.transport == "bosh" else WebSocketFeed
    url = address(settings, node)
    context = tls_context(settings) if urlsplit(url).scheme[-1] == "s" else True
    # Of its own: sessions kept by cookie are one operator's, and no other waits for it.
    http = aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=context))
    try:
        feed = kind(protocol, domain, http, url)
        await feed.connect()
    except BaseException:
        await http.close()
        raise
    feed.start()
    return feed


class Feed(abc.ABC, asyncio.Transport):
    """Transport to slixmpp; ``protocol`` hears of its end exactly once."""

    def __init__(self, protocol, domain, http, url):
        super().__init__()
        self._protocol = protocol
        self._domain = domain
        self._http = http
        self._url = url
        self._outbox = deque()
        self._written = asyncio.Event()
        self._task = None
        self._is_closing = False
        self.encryption = ""

    def start(self):
        self._task = asyncio.create_task(self._live())

    async def _live(self):
        reason = None
        try:
            await self._work()
        except FAULTS as error:
            reason = error
        finally:
            self._is_closing = True
            self._protocol.connection_lost(reason)
            with contextlib.suppress(*FAULTS):
                await self._leave()
            await self._http.close()

    @abc.abstractmethod
    async def connect(self):
        """Reach the server."""

    @abc.abstractmethod
    async def _work(self):
        """Carry both ways until the stream ends."""

    async def _leave(self):
        """Let go of what is open."""

    # --- what slixmpp asks of a transport -------------------------------------------
    def get_extra_info(self, name, default=None):
        return default

    def is_closing(self):
        return self._is_closing

    # Not the ORM's: a transport has nothing above it to call.
    def write(self, data):  # pylint: disable=method-required-super
        text = bytes(data).decode("utf-8")
        # The blanks that keep a TCP connection alive are not allowed here.
        if text.strip():
            self._outbox.append(text)
            self._written.set()

    def close(self):
        self.abort()

    def abort(self):
        self._is_closing = True
        if self._task is not None:
            self._task.cancel()


class WebSocketFeed(Feed):
    """Every frame is one whole element; the stream itself is told by frames, too."""

    _socket = None

    async def connect(self):
        self._socket = await self._http.ws_connect(
            self._url,
            protocols=("xmpp",),
            max_msg_size=LARGEST,
            timeout=aiohttp.ClientWSTimeout(ws_close=CLOSE_WAIT),
        )
        secured = self._socket.get_extra_info("ssl_object")
        self.encryption = secured.version() if secured else ""

    async def _work(self):
        writer = asyncio.create_task(self._write_all())
        try:
            async for message in self._socket:
                if message.type is not aiohttp.WSMsgType.TEXT:
                    break
                self._take(message.data)
        finally:
            writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)
        if error := self._socket.exception():
            raise ConnectionError(str(error) or type(error).__name__) from error

    async def _write_all(self):
        while True:
            await self._written.wait()
            self._written.clear()
            while self._outbox:
                await self._socket.send_str(self._frame(self._outbox.popleft()))

    def _frame(self, text):
        if text.startswith("<stream:stream"):
            to = quoteattr(self._domain)
            return f'<open xmlns="{_FRAMING}" to={to} version="1.0"/>'
        if text.startswith(STREAM_END):
            return f'<close xmlns="{_FRAMING}"/>'
        return whole(text)

    def _take(self, text):
        found = _NAME.match(text)
        name = found[1].rpartition(":")[2] if found else ""
        if name == "open":
            text = STREAM
        elif name == "close":
            text = STREAM_END
        self._protocol.data_received(text)

    async def _leave(self):
        await self._socket.close()


class BoshFeed(Feed):
    """One request always waits at the server; what we say goes with a second one."""

    def __init__(self, *args):
        super().__init__(*args)
        self._sid = ""
        # Large at random, so that nobody guesses it, and far from its end (§9.1).
        self._rid = secrets.randbelow(2**40) + 1
        self._at_once = 1
        self._waiting = deque()

    async def connect(self):
        """Nothing yet: the first request comes with the beginning of the stream."""
        self.encryption = "TLS" if self._url.startswith("https") else ""

    async def _work(self):
        while True:
            if self._may_ask():
                self._waiting.append(asyncio.create_task(self._post(self._body())))
                continue
            await self._wait()
            for task in self._waiting:
                if task.done() and task.exception():
                    raise task.exception()
            while self._waiting and self._waiting[0].done():
                # In the order they were asked, whatever order they come in.
                self._take(self._waiting.popleft().result())

    def _may_ask(self):
        if len(self._waiting) >= self._at_once:
            return False
        return bool(self._outbox) or bool(self._sid and not self._waiting)

    async def _wait(self):
        """Until there is an answer, or something to say that may be said."""
        self._written.clear()
        written = asyncio.create_task(self._written.wait())
        tasks = {written, *(task for task in self._waiting if not task.done())}
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            written.cancel()

    def _body(self):
        """The next request: the beginning of a stream goes alone, the rest together."""
        self._rid += 1
        known = f'rid="{self._rid}"'
        if self._sid:
            known += f" sid={quoteattr(self._sid)}"
        if self._outbox and self._outbox[0].startswith("<stream:stream"):
            self._outbox.popleft()
            # What slixmpp waits for comes with the answer, after this.
            loop = asyncio.get_running_loop()
            loop.call_soon(self._protocol.data_received, STREAM)
            return f"<body {known} {self._beginning()}/>"
        said = []
        while self._outbox and not self._outbox[0].startswith("<stream:stream"):
            said.append(self._outbox.popleft())
        end = ""
        if said and said[-1].startswith(STREAM_END):
            said[-1], end = "", ' type="terminate"'
        content = "".join(map(whole, filter(None, said)))
        return f'<body {known} xmlns="{_BIND}"{end}>{content}</body>'

    def _beginning(self):
        common = f'xmlns="{_BIND}" to={quoteattr(self._domain)} xml:lang="ru"'
        common += ' xmlns:xmpp="urn:xmpp:xbosh"'
        if self._sid:
            return f'{common} xmpp:restart="true"'
        wanted = f'wait="{HOLD}" hold="1" ver="1.6" xmpp:version="1.0"'
        return f'{common} {wanted} content="text/xml; charset=utf-8"'

    async def _post(self, body):
        async with self._http.post(
            self._url,
            data=body.encode(),
            headers={"Content-Type": "text/xml; charset=utf-8"},
            timeout=aiohttp.ClientTimeout(total=HOLD + 15, connect=10),
        ) as answer:
            if answer.status != 200:
                raise NoFeed(f"HTTP {answer.status}")
            text = await answer.text("utf-8", "replace")
        try:
            return document(text)
        except Unreadable as error:
            raise NoFeed(str(error)) from error

    def _take(self, body):
        if not self._sid:
            self._sid = body.get("sid") or ""
            wanted = body.get("requests") or ""
            self._at_once = max(2, min(int(wanted), 5)) if wanted.isdigit() else 2
        for element in body:
            if local(element):
                self._protocol.data_received(ElementTree.tostring(element, "unicode"))
        if body.get("type") in ("terminate", "error") or not self._sid:
            raise ConnectionError(body.get("condition") or "the session is over")

    async def _leave(self):
        for task in self._waiting:
            task.cancel()
        await asyncio.gather(*self._waiting, return_exceptions=True)


def whole(text):
    """An element as slixmpp writes it, complete without the stream around it."""
    found = _NAME.match(text)
    if found is None:
        return text
    head = text[: text.find(">")]
    added = ""
    if not re.search(r"\sxmlns=", head):
        added += ' xmlns="jabber:client"'
    if found[1].startswith("stream:") and "xmlns:stream=" not in head:
        added += ' xmlns:stream="http://etherx.jabber.org/streams"'
    return text[: found.end()] + added + text[found.end() :]
