# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Descriptions of sound files that have no sidecar: CSV indexes and names of files."""

import io
import logging
import os
import time
import wave

from ..wire import recorder_index
from .files import Refused, mark, read_plain, set_aside

_logger = logging.getLogger(__name__)
MAX_INDEX = 16 * 1024 * 1024
KEEP_INDEX = 72 * 3600


class Descriptions:
    """Indexes in the drop folder (``*.csv``) and the pattern for names.

    An index stays in the folder until its files are taken, so a restart reads it again.
    """

    def __init__(self, settings):
        self.settings = settings
        self.pattern = settings.recorder_pattern and recorder_index.compile_pattern(
            settings.recorder_pattern
        )
        self.seen = {}
        self.read = {}
        self.indexes = {}

    def look(self):
        """Read the indexes that rest; move away those that are done."""
        marks = {}
        for entry in sorted(os.scandir(self.settings.recordings), key=lambda e: e.name):
            if entry.name.lower().endswith(".csv") and entry.name[0] not in "._":
                path = self.settings.recordings / entry.name
                marks[path] = mark(path)
        for path, now in marks.items():
            if self.seen.get(path) == now and self.read.get(path) != now:
                self._read(path, now)
        self.seen = marks
        for path in [path for path in self.indexes if path not in marks]:
            del self.indexes[path]

    def _read(self, path, now):
        self.read[path] = now
        try:
            if now == "link":
                raise Refused("a symbolic link is refused")
            raw = read_plain(path, MAX_INDEX + 1)
            if len(raw) > MAX_INDEX:
                raise Refused("the index is too long")
            found, refused = recorder_index.read_index(
                raw.decode("utf-8-sig", "replace"),
                self.settings.recorder,
                self.settings.recorder_zone,
                dict(self.settings.recorder_columns),
            )
            if not found and refused:
                raise Refused(f"line {refused[0].line}: {refused[0].reason}")
        except Refused as error:
            _logger.error("index of recordings set aside: %s", error)
            set_aside(path, self.settings.recordings_failed, str(error))
            return
        if refused:
            _logger.warning("index of recordings: %d lines left out", len(refused))
        self.indexes[path] = found

    def of(self, audio):
        """Description of a sound file, or None while there is none."""
        for found in self.indexes.values():
            if audio.name in found:
                return found[audio.name]
        # A sidecar that is written last may still come.
        age = time.time() - audio.lstat().st_mtime
        if not self.pattern or age < self.settings.name_wait:
            return None
        made = recorder_index.from_name(
            audio.stem,
            self.pattern,
            self.settings.recorder,
            self.settings.recorder_zone,
        )
        if isinstance(made, recorder_index.Refused):
            raise Refused(made.reason)
        return made

    def taken(self, name):
        """A file is with Odoo; an index with nothing left, or too old, moves away."""
        for path, found in list(self.indexes.items()):
            found.pop(name, None)
            info = mark(path)
            old = isinstance(info, tuple) and time.time() - info[1] / 1e9 > KEEP_INDEX
            if not found or old:
                self._put_away(path)
                del self.indexes[path]

    def _put_away(self, path):
        if self.settings.recordings_keep_days:
            set_aside(path, self.settings.recordings_done)
        else:
            path.unlink(missing_ok=True)


def sound_seconds(content):
    """Length of a WAV that nobody told; 0.0 when it cannot be known."""
    try:
        with wave.open(io.BytesIO(content)) as sound:
            return round(sound.getnframes() / sound.getframerate(), 2)
    except (wave.Error, EOFError, ValueError, ZeroDivisionError):
        return 0.0
