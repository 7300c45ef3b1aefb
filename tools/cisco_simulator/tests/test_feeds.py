# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The feeds a browser reads: WebSocket (RFC 7395) and BOSH (XEP-0124, XEP-0206)."""

import base64
from xml.etree import ElementTree

import pytest

from tools.cisco_chain import PASSWORD
from tools.cisco_chain.chain import DOMAIN

AGENT = "6024"
BODY = "http://jabber.org/protocol/httpbind"
FRAMING = "urn:ietf:params:xml:ns:xmpp-framing"
SASL = "urn:ietf:params:xml:ns:xmpp-sasl"
BIND = (
    '<iq xmlns="jabber:client" type="set" id="bind">'
    '<bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"/></iq>'
)
PRESENCE = '<presence xmlns="jabber:client"/>'
PING = (
    f'<iq xmlns="jabber:client" type="get" id="taken" to="{DOMAIN}">'
    '<ping xmlns="urn:xmpp:ping"/></iq>'
)
LOGIN = base64.b64encode(f"\0{AGENT}\0{PASSWORD}".encode()).decode()
AUTH = f'<auth xmlns="{SASL}" mechanism="PLAIN">{LOGIN}</auth>'


class WebSocket:
    """Frames are whole elements; a stream is opened by a frame of its own."""

    def __init__(self, chain):
        self.chain = chain

    async def open(self):
        address = f"ws://127.0.0.1:{self.chain.ports['web']}/ws"
        self.socket = await self.chain.http.ws_connect(address, protocols=("xmpp",))
        await self.restart()

    async def restart(self):
        await self.send(f'<open xmlns="{FRAMING}" to="{DOMAIN}" version="1.0"/>')

    async def send(self, text):
        await self.socket.send_str(text)

    async def read(self):
        return [await self.socket.receive_str(timeout=30)]

    async def close(self):
        await self.socket.close()


class Bosh:
    """Every request is answered once there is something to tell, or after a while."""

    def __init__(self, chain):
        self.chain = chain
        self.rid, self.sid, self.inbox = 1000, "", []

    async def _post(self, attributes="", content=""):
        self.rid += 1
        sid = f' sid="{self.sid}"' if self.sid else ""
        body = (
            f'<body xmlns="{BODY}" rid="{self.rid}"{sid} {attributes}>{content}</body>'
        )
        address = f"http://127.0.0.1:{self.chain.ports['web']}/http-bind"
        async with self.chain.http.post(address, data=body) as response:
            answer = ElementTree.fromstring(await response.text())
        self.sid = self.sid or answer.get("sid")
        assert answer.get("type") != "terminate", answer.attrib
        self.inbox += [ElementTree.tostring(one, "unicode") for one in answer]

    async def open(self):
        await self._post(
            f'to="{DOMAIN}" wait="20" hold="1" ver="1.6" xml:lang="ru"'
            ' xmlns:xmpp="urn:xmpp:xbosh" xmpp:version="1.0"'
        )

    async def restart(self):
        restart = 'xmlns:xmpp="urn:xmpp:xbosh" xmpp:restart="true"'
        await self._post(f'to="{DOMAIN}" {restart}')

    async def send(self, text):
        await self._post(content=text)

    async def read(self):
        if not self.inbox:
            await self._post()
        found, self.inbox = self.inbox, []
        return found

    async def close(self):
        """The server forgets a session that asks no more."""


async def until(feed, *words):
    """The first element that has all of the words."""
    while True:
        for text in await feed.read():
            if all(word in text for word in words):
                return text


@pytest.mark.parametrize("kind", [WebSocket, Bosh])
def test_a_browser_hears_of_the_ring(chain, runner, kind):
    async def scenario():
        feed = kind(chain)
        await feed.open()
        await until(feed, "PLAIN")
        await feed.send(AUTH)
        await until(feed, "success")
        await feed.restart()
        await until(feed, "xmpp-bind")
        await feed.send(BIND)
        await until(feed, "jid")
        await feed.send(PRESENCE)
        # a stream is read in order: answered after the presence was taken, and before
        # that the server tells nothing
        await feed.send(PING)
        await until(feed, "taken")
        call = await chain.ring(AGENT)
        text = await until(feed, call["id"])
        message = ElementTree.fromstring(text)
        # The notification is text inside the message: escaped once.
        (update,) = [
            one.text for one in message.iter() if "<Update>" in (one.text or "")
        ]
        notice = ElementTree.fromstring(update.strip())
        assert notice.findtext("event") in ("POST", "PUT")
        assert call["id"] in update
        await chain.control(f"calls/{call['id']}/hangup", {})
        await chain.odoo.event(call["id"], "call.ended")
        await feed.close()

    runner.run(scenario())
