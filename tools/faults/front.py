# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What nginx is before Odoo with workers: websockets go to their own process."""

import asyncio
import contextlib

import aiohttp
from aiohttp import web

SKIP = {"host", "connection", "transfer-encoding", "content-length", "content-encoding"}
SOCKET = SKIP | {
    "upgrade",
    "sec-websocket-key",
    "sec-websocket-version",
    "sec-websocket-extensions",
}


class Front:
    """A reverse proxy on a port of its own. ``url`` is for browsers."""

    def __init__(self, http, odoo, gevent, port):
        self.http = http
        self.odoo = odoo
        self.gevent = gevent
        self.port = port
        self.url = f"http://127.0.0.1:{port}"

    @contextlib.asynccontextmanager
    async def open(self):
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_get("/websocket", self._socket)
        app.router.add_route("*", "/{path:.*}", self._plain)
        runner = web.AppRunner(app, access_log=None, auto_decompress=False)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", self.port).start()
            yield self
        finally:
            await runner.cleanup()

    @staticmethod
    def _headers(request, skip):
        kept = {k: v for k, v in request.headers.items() if k.lower() not in skip}
        return kept | {"Host": request.host}

    async def _plain(self, request):
        async with self.http.request(
            request.method,
            self.odoo + str(request.rel_url),
            headers=self._headers(request, SKIP),
            data=await request.read(),
            allow_redirects=False,
        ) as answer:
            body = await answer.read()
            made = web.Response(status=answer.status, body=body)
            for name, value in answer.headers.items():
                if name.lower() not in SKIP | {"content-type"}:
                    made.headers.add(name, value)
            made.headers["Content-Type"] = answer.headers.get("Content-Type", "")
            return made

    async def _socket(self, request):
        here = web.WebSocketResponse()
        await here.prepare(request)
        url = self.gevent + str(request.rel_url)
        headers = self._headers(request, SOCKET)
        async with self.http.ws_connect(url, headers=headers) as there:
            ways = [
                asyncio.create_task(self._pour(here, there)),
                asyncio.create_task(self._pour(there, here)),
            ]
            _done, rest = await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            for way in rest:
                way.cancel()
        await here.close()
        return here

    @staticmethod
    async def _pour(source, target):
        async for message in source:
            if message.type is aiohttp.WSMsgType.TEXT:
                await target.send_str(message.data)
            elif message.type is aiohttp.WSMsgType.BINARY:
                await target.send_bytes(message.data)
