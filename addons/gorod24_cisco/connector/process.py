# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Puts the connector together and runs it until SIGTERM or SIGINT."""

import asyncio
import contextlib
import fcntl
import logging
import re
import signal
import socket

import aiohttp
from aiohttp import web

from .calibration import Calibration
from .cdr_folder import CdrFolder
from .checks import Checks
from .clocks import Clocks
from .cluster import Cluster
from .commands import Commands
from .door import make_app
from .line import Line
from .mediasense import MediaSense
from .poster import Poster
from .recordings import RecordingFolder
from .settings import SettingsError
from .spool import Spool

_logger = logging.getLogger(__name__)


class Connector:
    """All parts of one connector process."""

    def __init__(self, settings):
        self.settings = settings
        self.stopping = asyncio.Event()
        self.http = None
        self.poster = None
        self.folder = None
        self.cdr = None
        self.cluster = None
        self.mediasense = None
        self.checks = None
        self.calibration = Calibration(settings)
        self.clocks = Clocks(settings.spool / "clocks.json", self.calibration)
        self.lines = {}
        self.tasks = []

    async def run(self):
        """Serve until :attr:`stopping` is set. Raises OSError if a port is taken."""
        settings = self.settings
        spool = Spool(settings.spool, limit=settings.spool_limit)
        async with aiohttp.ClientSession() as http:
            self.poster = Poster(spool, http, settings)
            self._make_lines(http)
            self.checks = Checks(self, http)
            if settings.mediasense:
                self.mediasense = MediaSense(settings, http)
            runner = await self._open_door()
            try:
                self._start_tasks(http)
                await self._watch()
            finally:
                await self._stop(runner)
                spool.close()

    def _make_lines(self, http):
        self.cluster = Cluster(self.settings)
        host = re.sub(r"[^A-Za-z0-9.-]", "-", socket.gethostname())
        resource = f"gorod24-{host}"
        for agent in self.settings.agents:
            self.lines[agent.id] = Line(
                self.settings, agent, http, self._put, resource, self.cluster
            )

    def _put(self, events):
        is_kept = self.poster.put(events)
        self.clocks.see(events)
        return is_kept

    def _store(self, events):
        """For what can be read again later. Raises OSError when the disk is full."""
        self.poster.store(events)
        self.clocks.see(events)

    async def _open_door(self):
        commands = Commands(self.lines, self.settings.command_wait)
        app = make_app(
            self.settings.command_token,
            commands.execute,
            self.health,
            self.mediasense,
            self.checks,
        )
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        host, port = self.settings.command_host, self.settings.command_port
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError:
            await runner.cleanup()
            raise
        _logger.info("commands are taken at %s:%s", host, port)
        return runner

    def _start_tasks(self, http):
        self._start("poster", self.poster.run())
        if self.settings.recordings:
            self.folder = RecordingFolder(self.settings, http, self.clocks)
            self._start("recordings", self.folder.run())
        if self.mediasense is not None:
            self._start("mediasense", self.mediasense.run())
        if self.settings.cdr:
            self.cdr = CdrFolder(self.settings, self._store, self.calibration)
            self._start("cdr", self.cdr.run())
        for line in self.lines.values():
            self._start(f"line {line.agent.id}", line.run())

    def _start(self, name, work):
        self.tasks.append(asyncio.create_task(work, name=name))

    async def _watch(self):
        """Wait for the stop; a part that dies ends the process, to be started anew."""
        stop = asyncio.create_task(self.stopping.wait())
        done, _rest = await asyncio.wait(
            [stop, *self.tasks], return_when=asyncio.FIRST_COMPLETED
        )
        stop.cancel()
        for task in done - {stop}:
            name = task.get_name()
            _logger.critical("part %r ended", name, exc_info=task.exception())
            raise RuntimeError(f"part {name} ended")

    async def _stop(self, runner):
        await runner.cleanup()
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        _logger.info("stopped")

    def health(self):
        """State of every part, without personal data."""
        lines = [line.health() for line in self.lines.values()]
        good = all(line["link"] == "connected" for line in lines)
        disk = self.poster.disk_error or self.poster.spool.offset_error or "ok"
        parts = {"cdr": self.cdr, "mediasense": self.mediasense}
        return {name: part.health() for name, part in parts.items() if part} | {
            "ok": good and not self.poster.last_error and disk == "ok",
            "lines": lines,
            "recorder_clocks": self.clocks.health(),
            "nodes": self.cluster.health(),
            "spool_bytes": self.poster.spool.size(),
            "spool_given_up": self.poster.spool.given_up,
            "disk": disk,
            "events_unsaved": len(self.poster.unsaved),
            "events_waiting": not self.poster.spool.is_empty(),
            "events_posted": self.poster.posted,
            "event_door": self.poster.last_error or "ok",
            "recordings_uploaded": self.folder.uploaded if self.folder else 0,
            "recordings_failed": self.folder.failed if self.folder else 0,
        }


@contextlib.contextmanager
def single(folder):
    """One connector per spool folder. Raises :class:`SettingsError` when it is held."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "lock", "w", encoding="utf-8") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise SettingsError(
                f"[spool]: {folder} is in use by another connector"
            ) from error
        yield


async def serve(settings):
    """Run one connector with signal handling."""
    connector = Connector(settings)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, connector.stopping.set)
    await connector.run()


def main(settings):
    """Run until stopped; returns the exit code."""
    try:
        with single(settings.spool):
            asyncio.run(serve(settings))
    except SettingsError as error:
        _logger.error("%s", error)
        return 2
    except (OSError, RuntimeError) as error:
        _logger.error("connector stopped: %s", error)
        return 1
    return 0
