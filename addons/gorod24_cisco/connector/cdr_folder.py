# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Folder into which CUCM's nodes upload CDR and CMR files.

Files appear by upload: half-written, late, out of order, twice, from several nodes at
once. A file is taken when its size and time rest; one without its last line's end rests
longer, for the upload may only be slow. Rows become events in the spool before the file
moves to ``done``; read again after a crash they say the same, and Odoo drops it.
"""

import asyncio
import logging
import os
import time

from ..wire import cdr, cdr_calls
from .cdr_memory import Memory
from .files import Refused, mark, read_plain, set_aside

_logger = logging.getLogger(__name__)
MAX_FILE = 128 * 1024 * 1024
MAX_REASONS = 200


class CdrFolder:
    """Watches one folder. Run as one task; ``put`` stores events before it returns."""

    def __init__(self, settings, put, calibration=None):
        self.settings = settings
        self.put = put
        self.folder = settings.cdr
        extensions = {agent.extension for agent in settings.agents}
        site = cdr_calls.Site(
            extensions | set(settings.cdr_extensions),
            settings.cdr_inner,
            settings.cdr_dialog_ids,
        )
        if calibration is not None:
            calibration.rule(site)
        self.memory = Memory(site, settings.cdr_keep_hours * 3600)
        self.seen = {}
        self.files = self.rows = self.rejected = self.failed = self.quality_rows = 0
        self.newest_file = 0.0
        for path in (self.folder, settings.cdr_done, settings.cdr_failed):
            path.mkdir(parents=True, exist_ok=True)

    async def run(self):
        """Look for ever; ends only by cancellation."""
        await asyncio.to_thread(self.remember)
        while True:
            delay = self.settings.cdr_poll
            try:
                await self.look()
            except OSError as error:
                _logger.error("CDR folder: %s", error.strerror)
                delay = 15.0
            await asyncio.sleep(delay)

    def remember(self):
        """After a start: read again what was taken lately, telling nothing."""
        since = time.time() - self.settings.cdr_keep_hours * 3600
        for entry in sorted(os.scandir(self.settings.cdr_done), key=_by_name):
            if entry.is_file(follow_symlinks=False) and entry.stat().st_mtime > since:
                try:
                    rows, _refused, _count = _read(self.settings.cdr_done / entry.name)
                except Refused:
                    continue
                self.memory.take(rows)

    async def look(self):
        """One look at the folder."""
        marks = {}
        for entry in sorted(os.scandir(self.folder), key=_by_name):
            path = self.folder / entry.name
            if entry.is_dir(follow_symlinks=False) or entry.name[0] in "._":
                continue  # a leading "_" is CUCM's own sign of an unfinished file
            if not entry.name.endswith((".part", ".tmp", ".filepart")):
                marks[path] = mark(path)
        ready = [path for path, now in marks.items() if self.seen.get(path) == now]
        self.seen = marks
        for path in ready:
            if self._rests(path, marks[path]):
                await self._take(path)

    def _rests(self, path, now):
        """Is the upload over, as far as one can tell from outside?"""
        if now in (None, "link"):
            return now == "link"
        age = time.time() - now[1] / 1e9
        needed = self.settings.cdr_settle
        if not _ends_a_line(path, now[0]):
            needed = max(needed, self.settings.cdr_half_written)
        # A clock that is wrong, ours or the sender's, must not hold a file for ever.
        return age >= needed or age < -60

    async def _take(self, path):
        try:
            rows, refused, count = await asyncio.to_thread(_read, path)
            if not rows and not count and refused:
                raise Refused(f"line {refused[0].line}: {refused[0].reason}")
        except Refused as error:
            self.failed += 1
            _logger.error("CDR file set aside: %s", error)
            set_aside(path, self.settings.cdr_failed, str(error))
            return
        self.put(await asyncio.to_thread(self.memory.take, rows))
        self.files += 1
        self.rows += len(rows)
        self.quality_rows += count
        self.newest_file = time.time()
        if refused:
            self._keep_reasons(path, refused)
        set_aside(path, self.settings.cdr_done)
        self.seen.pop(path, None)

    def _keep_reasons(self, path, refused):
        """Lines that were no rows: which and why, for the administrator."""
        self.rejected += len(refused)
        _logger.warning("CDR file: %d lines left out", len(refused))
        text = "".join(f"line {r.line}: {r.reason}\n" for r in refused[:MAX_REASONS])
        target = self.settings.cdr_failed / f"{path.name}.lines.txt"
        target.write_text(text, encoding="utf-8")

    def health(self):
        """Plain facts for the health page."""
        return {
            "files": self.files,
            "rows": self.rows,
            "rows_rejected": self.rejected,
            "files_failed": self.failed,
            "quality_rows": self.quality_rows,
            "seconds_since_file": round(time.time() - self.newest_file)
            if self.newest_file
            else None,
        }


def _by_name(entry):
    return entry.name


def _ends_a_line(path, size):
    if not size:
        return False
    try:
        number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return False
    with os.fdopen(number, "rb") as stream:
        stream.seek(size - 1)
        return stream.read(1) in (b"\n", b"\r")


def _read(path):
    """(CDR rows, rejections, number of CMR rows) of a file. Raises Refused."""
    if path.is_symlink():
        raise Refused("a symbolic link is refused")
    content = read_plain(path, MAX_FILE + 1)
    if len(content) > MAX_FILE:
        raise Refused("the file is too large")
    rows, refused, quality = [], [], 0
    lines = content.decode("utf-8", "replace").split("\n")
    for found in cdr.read_rows(lines):
        if isinstance(found, cdr.CdrRow):
            rows.append(found)
        elif isinstance(found, cdr.CmrRow):
            quality += 1
        else:
            refused.append(found)
    return rows, refused, quality
