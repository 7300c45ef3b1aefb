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
        self.folder.mkdir(parents=True, exist_ok=True)
        self.segment_size = segment_size
        self.limit = max(limit, 2 * segment_size)
        self.given_up = 0
        segments = self._segments()
        offset = read_json(self.folder / "offset.json", {})
        first = segments[0] if segments else 1
        self.read_segment = max(int(offset.get("segment") or first), first)
        same = self.read_segment == offset.get("segment")
        self.read_at = int(offset.get("position") or 0) if same else 0
        self.write_segment = max([*segments, self.read_segment])
        self.dirty = False
        self._stream = self._open()

    def _segments(self):
        names = self.folder.glob("events-*.jsonl")
        return sorted(int(name.stem.partition("-")[2]) for name in names)

    def _path(self, segment):
        return self.folder / f"events-{segment:08d}.jsonl"

    def _open(self):
        """Open the newest segment for writing, without the line a kill cut in half."""
        stream = open(self._path(self.write_segment), "a+b")  # noqa: SIM115
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
        """Add ``events`` (dicts) at the end. Raises OSError when the disk is full."""
        if self._stream.tell() >= self.segment_size:
            self._rotate()
        lines = [json.dumps(event, ensure_ascii=False) + "\n" for event in events]
        self._stream.write("".join(lines).encode())
        self._stream.flush()
        self.dirty = True

    def _rotate(self):
        self.sync()
        self._stream.close()
        self.write_segment += 1
        self._stream = self._open()
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
                return events, (self.read_segment, position)
            if position == self.read_at:
                self._next_segment()
            else:
                self.read_at = position

    def _read(self, segment, position, limit):
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
                        events.append(json.loads(line))
                    except ValueError:
                        _logger.error("spool: a damaged line is left out")
        except FileNotFoundError:
            return events, position
        return events, position

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
        self.read_segment, self.read_at = mark
        self._save()

    def _save(self):
        data = {"segment": self.read_segment, "position": self.read_at}
        write_atomic(self.folder / "offset.json", data)

    def is_empty(self):
        """Nothing waits for Odoo."""
        return not self.peek(1)[0]

    def set_aside(self, event, reason):
        """Keep an event that Odoo will never take, with its reason."""
        line = json.dumps({"reason": reason, "event": event}, ensure_ascii=False)
        with open(self.folder / "rejected.jsonl", "a", encoding="utf-8") as stream:
            stream.write(line + "\n")

    def close(self):
        """Flush and close."""
        self.sync()
        self._stream.close()
