# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Folder into which CUCM's nodes upload CDR and CMR files.

Files appear by upload: half-written, late, out of order, twice, from several nodes at
once. A file is taken when its size and time rest; one without its last line's end rests
longer, for the upload may only be slow, and one cut within a row for an hour. What an
upload still writes into ``done`` is read again. Rows become events in the spool before
the file moves there; read again after a crash they say the same, and Odoo drops it.
"""

import asyncio
import logging
import os
import time

from ..wire import cdr, cdr_calls
from .cdr_memory import Memory
from .cmr_memory import Quality
from .files import Refused, age_out, mark, read_plain, set_aside

_logger = logging.getLogger(__name__)
MAX_FILE = 128 * 1024 * 1024
MAX_REASONS = 200
# Seconds: how long a file cut within a row may wait for its rest, and how long after
# its move a file may still be written to.
CUT_WAIT = 3600.0


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
            lines=settings.cdr_lines,
        )
        if not settings.cdr_lines:
            _logger.warning("CDR: no lines of the hotline set, operators' calls only")
        if calibration is not None:
            calibration.rule(site)
        self.memory = Memory(site, settings.cdr_keep_hours * 3600)
        self.quality = Quality(self.memory)
        self.seen = {}
        self.cut = {}
        self.moved = {}
        self.files = self.rows = self.rejected = self.failed = self.quality_rows = 0
        self.newest_file = 0.0
        for path in (self.folder, settings.cdr_done, settings.cdr_failed):
            path.mkdir(parents=True, exist_ok=True)

    async def run(self):
        """Look for ever; ends only by cancellation."""
        grown = await asyncio.to_thread(self.remember)
        self.moved = dict.fromkeys(grown)  # whatever their size, it is news
        cleaned = float("-inf")
        while True:
            delay = self.settings.cdr_poll
            try:
                await self.look()
                if time.monotonic() - cleaned > 3600:
                    cleaned = time.monotonic()
                    days = self.settings.cdr_keep_days
                    await asyncio.to_thread(age_out, self.settings.cdr_done, days)
            except OSError as error:
                _logger.error("CDR folder: %s", error.strerror)
                delay = 15.0
            await asyncio.sleep(delay)

    def remember(self):
        """After a start: read again what was taken lately, telling nothing.

        :return: files into which somebody wrote after they were moved; they hold rows
            that nobody told.
        """
        since, grown = time.time() - self.settings.cdr_keep_hours * 3600, []
        for entry in sorted(os.scandir(self.settings.cdr_done), key=_by_name):
            info = entry.stat(follow_symlinks=False)
            if not entry.is_file(follow_symlinks=False) or info.st_mtime <= since:
                continue
            path = self.settings.cdr_done / entry.name
            # A move renews the one time, a write both.
            if info.st_mtime > info.st_ctime - 0.05:
                grown.append(path)
                continue
            try:
                rows, _refused, heard, _cut = _read(path)
            except Refused:
                continue
            self.memory.told_of(self._events(rows, heard))
        return grown

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
            if self._rests(path, marks[path]) and self.cut.get(path) != marks[path]:
                await self._take(path, marks[path])
        self.cut = {path: now for path, now in self.cut.items() if path in marks}
        await self._look_behind()

    async def _look_behind(self):
        """Files moved lately into which the upload still writes."""
        for path, before in list(self.moved.items()):
            now = mark(path)
            if now == before or not isinstance(now, tuple):
                plain = isinstance(now, tuple)
                if not plain or time.time() - now[1] / 1e9 > CUT_WAIT:
                    del self.moved[path]
                continue
            if self._rests(path, now):
                try:
                    rows, _refused, heard, _cut = await asyncio.to_thread(_read, path)
                except Refused:
                    rows, heard = [], []
                await self._tell(rows, heard)
                self.moved[path] = now

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

    async def _take(self, path, now):
        try:
            rows, refused, heard, is_cut = await asyncio.to_thread(_read, path)
            if is_cut and 0 <= time.time() - now[1] / 1e9 < CUT_WAIT:
                self.cut[path] = now
                return
            if not rows and not heard and refused:
                raise Refused(f"line {refused[0].line}: {refused[0].reason}")
        except Refused as error:
            self.failed += 1
            _logger.error("CDR file set aside: %s", error)
            set_aside(path, self.settings.cdr_failed, str(error))
            return
        await self._tell(rows, heard)
        self.files += 1
        self.rows += len(rows)
        self.quality_rows += len(heard)
        self.newest_file = time.time()
        if refused:
            self._keep_reasons(path, refused)
        kept = set_aside(path, self.settings.cdr_done)
        self.moved[kept] = now
        self.seen.pop(path, None)

    async def _tell(self, rows, heard):
        """Store what the rows tell; only then it counts as told."""
        events = await asyncio.to_thread(self._events, rows, heard)
        self.put(events)
        self.memory.told_of(events)

    def _events(self, rows, heard):
        """What CDR rows and CMR rows (``heard``) tell anew, calls first."""
        return self.memory.take(rows) + self.quality.take(heard, rows)

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
    """(CDR rows, rejections, CMR rows, is it cut within a row) of a file.

    Raises Refused.
    """
    if path.is_symlink():
        raise Refused("a symbolic link is refused")
    content = read_plain(path, MAX_FILE + 1)
    if len(content) > MAX_FILE:
        raise Refused("the file is too large")
    rows, refused, heard, found = [], [], [], None
    lines = content.decode("utf-8", "replace").split("\n")
    for found in cdr.read_rows(lines):
        if isinstance(found, cdr.CdrRow):
            rows.append(found)
        elif isinstance(found, cdr.CmrRow):
            heard.append(found)
        else:
            refused.append(found)
    unended = bool(lines[-1].strip()) and not content.endswith(b"\r")
    is_last = isinstance(found, cdr.Rejected) and found.line == len(lines)
    return rows, refused, heard, unended and is_last
