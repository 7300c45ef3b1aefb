# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Events on disk until Odoo has them.

Append-only JSON lines in numbered segments; ``offset.json`` tells how far Odoo has
confirmed. A killed process loses nothing: written lines are with the operating system
at once, and on the disk (fsync) within a blink. A half-written last line is cut off.
"""

import json
import logging
import os
from pathlib import Path

_logger = logging.getLogger(__name__)
SEGMENT_SIZE = 4 * 1024 * 1024
LIMIT = 1024 * 1024 * 1024
REJECTED_LIMIT = 16 * 1024 * 1024


def write_atomic(path, data, sync=True):
    """Replace the JSON file at ``path``: the old or the new one, never half of it.

    Without ``sync`` a power cut may bring an older one back.
    """
    part = path.with_name(path.name + ".part")
    with open(part, "w", encoding="utf-8") as stream:
        json.dump(data, stream, ensure_ascii=False)
        stream.flush()
        if sync:
            os.fsync(stream.fileno())
    os.replace(part, path)


def read_json(path, default):
    """JSON at ``path``, ``default`` when absent or damaged."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return default


class Spool:
    """First in, first out; survives kill -9. Used from one thread.

    Bounded by ``limit`` bytes (days of a whole hotline): beyond it the oldest segment
    is given up with an error in the log, for the exchange's journal still has it.
    """

    def __init__(self, folder, segment_size=SEGMENT_SIZE, limit=LIMIT):
        self.folder = Path(folder)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.segment_size = segment_size
        self.limit = max(limit, 2 * segment_size)
        self.given_up = 0
        self.offset_error = ""
        segments = self._segments()
        offset = read_json(self.folder / "offset.json", {})
        first = segments[0] if segments else 1
        self.read_segment = max(int(offset.get("segment") or first), first)
        same = self.read_segment == offset.get("segment")
        self.read_at = int(offset.get("position") or 0) if same else 0
        self.write_segment = max([*segments, self.read_segment])
        self.dirty = False
        self._stream = self._open()
        self.read_at = self._boundary(self.read_at)

    def _boundary(self, position):
        """``position``, or 0 when no line begins there.

        After a power cut the segment may be shorter than Odoo confirmed: what is
        written now would lie below the offset, or be read from the middle of a line.
        """
        try:
            with open(self._path(self.read_segment), "rb") as stream:
                end = stream.seek(0, os.SEEK_END)
                if not 0 < position <= end:
                    return min(max(position, 0), end)
                stream.seek(position - 1)
                return position if stream.read(1) == b"\n" else 0
        except FileNotFoundError:
            return 0

    def _segments(self):
        names = self.folder.glob("events-*.jsonl")
        return sorted(int(name.stem.partition("-")[2]) for name in names)

    def _path(self, segment):
        return self.folder / f"events-{segment:08d}.jsonl"

    def _open(self):
        """Open the newest segment for writing, without the line a kill cut in half."""
        # Unbuffered: what the disk refuses is not written later behind our back.
        path = self._path(self.write_segment)
        stream = open(path, "a+b", buffering=0)  # noqa: SIM115
        size = stream.seek(0, os.SEEK_END)
        step = min(size, 1024 * 1024)
        stream.seek(size - step)
        tail = stream.read(step)
        if tail and not tail.endswith(b"\n"):
            keep = size - step + tail.rfind(b"\n") + 1
            _logger.warning("spool: %d bytes of a half-written line cut", size - keep)
            stream.truncate(keep)
        stream.seek(0, os.SEEK_END)
        return stream

    def append(self, events):
        """Add ``events`` (dicts) at the end, all or none. Raises OSError: disk full."""
        if self._stream.tell() >= self.segment_size:
            self._rotate()
        lines = [json.dumps(event, ensure_ascii=False) + "\n" for event in events]
        left, before = memoryview("".join(lines).encode()), self._stream.tell()
        try:
            while left:
                left = left[self._stream.write(left) :]
        except OSError:
            self._stream.truncate(before)
            self._stream.seek(before)
            raise
        self.dirty = True

    def _rotate(self):
        self.sync()
        old, self.write_segment = self._stream, self.write_segment + 1
        try:
            self._stream = self._open()
        except OSError:
            self.write_segment -= 1
            raise
        old.close()
        while self.size() > self.limit and self.read_segment < self.write_segment:
            _logger.error("spool: over its limit, the oldest events are given up")
            self.given_up += 1
            self._next_segment()

    def size(self):
        """Bytes on disk, sent ones of the oldest segment too."""
        paths = (self._path(segment) for segment in self._segments())
        return sum(path.stat().st_size for path in paths)

    def sync(self):
        """Force written lines to the disk."""
        if self.dirty:
            os.fsync(self._stream.fileno())
            self.dirty = False

    def peek(self, limit):
        """Oldest unconfirmed events: (events, mark for :meth:`confirm`)."""
        while True:
            events, position = self._read(self.read_segment, self.read_at, limit)
            if events or self.read_segment >= self.write_segment:
                return [event for event, _end in events], (self.read_segment, position)
            if position == self.read_at:
                self._next_segment()
            else:
                self.read_at = position

    def _read(self, segment, position, limit):
        """Return ([(event, where its line ends)], where to go on)."""
        events = []
        try:
            with open(self._path(segment), "rb") as stream:
                stream.seek(position)
                while len(events) < limit:
                    line = stream.readline()
                    if not line.endswith(b"\n"):
                        break
                    position += len(line)
                    try:
                        events.append((json.loads(line), position))
                    except ValueError:
                        _logger.error("spool: a damaged line is left out")
        except FileNotFoundError:
            return events, position
        return events, position

    def after(self, mark, limit):
        """Events behind ``mark``, None for the confirmed ones, whatever is confirmed.

        :return: ([(event, its own mark)], the mark to go on from).
        """
        start = (self.read_segment, self.read_at)
        segment, position = max(mark or start, start)  # some may have been given up
        found = []
        while True:
            events, position = self._read(segment, position, limit - len(found))
            found += [(event, (segment, end)) for event, end in events]
            if len(found) == limit or segment >= self.write_segment:
                return found, (segment, position)
            segment, position = segment + 1, 0

    def _next_segment(self):
        done = self.read_segment
        self.read_segment += 1
        self.read_at = 0
        self._save()
        self._path(done).unlink(missing_ok=True)

    def confirm(self, mark):
        """Odoo has everything up to ``mark``."""
        if mark[0] < self.read_segment:
            return  # given up meanwhile
        while self.read_segment < mark[0]:
            self._next_segment()
        self.read_segment, self.read_at = mark
        self._save()

    def _save(self):
        """Write the offset down, never before the events it counts.

        A full disk keeps an older offset: after a restart events are only repeated.
        """
        data = {"segment": self.read_segment, "position": self.read_at}
        try:
            self.sync()
            write_atomic(self.folder / "offset.json", data, sync=False)
        except OSError as error:
            if not self.offset_error:
                _logger.error("spool: offset not kept: %s", error.strerror)
            self.offset_error = error.strerror or "disk error"
        else:
            self.offset_error = ""

    def is_empty(self):
        """Nothing waits for Odoo."""
        return not self.peek(1)[0]

    def set_aside(self, event, reason):
        """Keep an event that Odoo will never take, with its reason.

        The last :data:`REJECTED_LIMIT` bytes or more are kept, in two files that
        nobody else may read: they hold numbers of citizens.
        """
        line = json.dumps({"reason": reason, "event": event}, ensure_ascii=False)
        path = self.folder / "rejected.jsonl"
        if path.exists() and path.stat().st_size >= REJECTED_LIMIT:
            os.replace(path, self.folder / "rejected.old.jsonl")
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(number, "a", encoding="utf-8") as stream:
            os.fchmod(stream.fileno(), 0o600)  # one of an earlier version, too
            stream.write(line + "\n")

    def close(self):
        """Flush and close."""
        self.sync()
        self._stream.close()
