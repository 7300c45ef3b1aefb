# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The wire between the notification server and the connector, which can be cut."""

import asyncio
import contextlib
import logging

_logger = logging.getLogger(__name__)
PIECE = 65536


class Gate:
    """Passes TCP connections on to ``target``.

    ``open``: all is well. ``cut``: every connection is broken off and no new one is
    accepted, as by a server that falls. ``hung``: connections stand and carry nothing,
    as behind a cable that was pulled out.
    """

    STATES = ("open", "cut", "hung")

    def __init__(self, host, port, target):
        self.host = host
        self.port = port
        self.target = target
        self.state = "open"
        self._server = None
        self._pipes = set()

    @property
    def connections(self):
        """How many are passed on now."""
        return len(self._pipes)

    async def start(self):
        self._server = await asyncio.start_server(self._pass_on, self.host, self.port)

    async def set_state(self, state):
        """Change the state. After ``hung`` nothing that was swallowed comes back."""
        self.state = state
        for pipe in list(self._pipes):
            if state == "cut" or (state == "open" and pipe.has_lost):
                pipe.abort()
        if state == "cut":
            await self.stop()
        elif self._server is None:
            await self.start()

    async def stop(self):
        """Accept no more connections."""
        server, self._server = self._server, None
        if server is not None:
            server.close()

    async def _pass_on(self, reader, writer):
        try:
            far = await asyncio.open_connection(self.host, self.target)
        except OSError:
            writer.transport.abort()
            return
        pipe = _Pipe(self, (reader, writer), far)
        if self.state == "cut":  # meanwhile
            pipe.abort()
            return
        self._pipes.add(pipe)
        try:
            await pipe.run()
        finally:
            self._pipes.discard(pipe)


class _Pipe:
    """One connection, both ways."""

    def __init__(self, gate, near, far):
        self.gate = gate
        self.near = near
        self.far = far
        self.has_lost = False

    def abort(self):
        for _reader, writer in (self.near, self.far):
            writer.transport.abort()

    async def run(self):
        ways = (self._pour(self.near, self.far), self._pour(self.far, self.near))
        tasks = [asyncio.create_task(way) for way in ways]
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for _reader, writer in (self.near, self.far):
            writer.close()

    async def _pour(self, source, target):
        with contextlib.suppress(OSError):
            while data := await source[0].read(PIECE):
                if self.gate.state == "hung":
                    self.has_lost = True
                    continue
                target[1].write(data)
                await target[1].drain()
