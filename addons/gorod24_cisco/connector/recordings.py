# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Drop folder of the recorder: a file is awaited, uploaded, moved away.

Producers write ``*.part`` and rename, or write the sidecar last. A file is taken when
it and its sidecar kept size and time over two looks. Links are refused, no path from
the description is ever used. What Odoo has confirmed is deleted here, or kept some days
when the settings say so: terms of storage are Odoo's, and it must be able to keep them.
"""

import asyncio
import hashlib
import json
import logging
import os
import random
import time
from pathlib import Path

import aiohttp

from ..wire import sidecar, siprec
from .descriptions import Descriptions, sound_seconds
from .files import REASON_ENDING, Refused, age_out, free_stem, mark, read_plain

_logger = logging.getLogger(__name__)
PATH = "/gorod24/telephony/v1/recordings"
# Days for which files that an earlier version left in ``done`` stay.
LEFT_DAYS = 7.0
TIMEOUT = aiohttp.ClientTimeout(total=300, connect=5)


class Later(Exception):
    """Not now: Odoo is away. The file stays where it is."""


class RecordingFolder:
    """Watches one folder. Run as one task."""

    def __init__(self, settings, http, clocks):
        self.clocks = clocks
        self.descriptions = Descriptions(settings)
        self.settings = settings
        self.http = http
        self.folder = settings.recordings
        self.url = settings.odoo_url + PATH
        self.headers = {"Authorization": f"Bearer {settings.odoo_token}"}
        self.seen = {}
        self.uploaded = 0
        self.failed = 0
        self.last_error = ""
        for path in (self.folder, settings.recordings_done, settings.recordings_failed):
            path.mkdir(parents=True, exist_ok=True)

    async def run(self):
        """Look for ever; ends only by cancellation."""
        failures, cleaned = 0, float("-inf")
        while True:
            delay = self.settings.recordings_poll
            try:
                if time.monotonic() - cleaned > 3600:
                    cleaned = time.monotonic()
                    days = self.settings.recordings_keep_days or LEFT_DAYS
                    done = self.settings.recordings_done
                    await asyncio.to_thread(age_out, done, days)
                await self.look()
                failures = 0
            except Later as error:
                failures += 1
                if str(error) != self.last_error:
                    _logger.warning("recordings wait: %s", error)
                self.last_error = str(error)
                delay = min(15.0, 0.5 * 2 ** min(failures, 8))
                delay *= random.uniform(0.7, 1.0)  # noqa: S311
            except OSError as error:
                _logger.error("recording folder: %s", error.strerror)
                delay = 15.0
            await asyncio.sleep(delay)

    async def look(self):
        """One look at the folder. Raises :class:`Later` when Odoo cannot take files."""
        self.descriptions.look()
        found = {}
        for entry in sorted(os.scandir(self.folder), key=lambda item: item.name):
            if entry.name.endswith(".part") or entry.name.startswith("."):
                continue
            if Path(entry.name).suffix.lower() in sidecar.AUDIO:
                found[entry.name] = entry
        stable = {}
        for name in found:
            print_now = self._fingerprint(name)
            if self.seen.get(name) == print_now:
                stable[name] = print_now
            self.seen[name] = print_now
        self.seen = {name: self.seen[name] for name in found}
        for name, marks in stable.items():
            await self._take(self.folder / name, marks)

    def _fingerprint(self, name):
        """(audio size, time), (sidecar size, time) without following links."""
        audio = self.folder / name
        return tuple(mark(path) for path in (audio, audio.with_suffix(".json")))

    async def _take(self, audio, marks):
        described = audio.with_suffix(".json")
        try:
            if marks[0] == "link" or marks[1] == "link":
                raise Refused("a symbolic link is refused")
            metadata = None
            if marks[1] is None:
                metadata = self.descriptions.of(audio)
                if metadata is None:
                    self._check_patience(audio)
                    return
            await self._upload(audio, described, metadata)
        except Refused as error:
            self.failed += 1
            _logger.error("recording set aside: %s", error)
            self._move(self.settings.recordings_failed, audio, described, str(error))
        else:
            self.uploaded += 1
            self.descriptions.taken(audio.name)
            self._put_away(audio, described)
        self.seen.pop(audio.name, None)

    def _check_patience(self, audio):
        if time.time() - audio.lstat().st_mtime > self.settings.sidecar_wait:
            raise Refused("no description came for this file")

    async def _upload(self, audio, described, metadata=None):
        try:
            raw = metadata and json.dumps(metadata).encode()
            raw = raw or read_plain(described, sidecar.MAX_SIDECAR + 1)
            metadata = siprec.fill(sidecar.read(raw))
        except sidecar.SidecarError as error:
            raise Refused(str(error)) from error
        content = await asyncio.to_thread(
            read_plain, audio, self.settings.max_recording + 1
        )
        if len(content) > self.settings.max_recording:
            raise Refused("the file is too large")
        kind = sidecar.audio_type(content[:16])
        if not kind:
            raise Refused("the content is no audio that we know")
        digest = await asyncio.to_thread(lambda: hashlib.sha256(content).hexdigest())
        if metadata.get("sha256") and metadata["sha256"].lower() != digest:
            raise Refused("sha256 of the description does not fit the file")
        metadata["sha256"] = digest
        metadata["duration_s"] = metadata["duration_s"] or sound_seconds(content)
        metadata = self.clocks.correct(metadata)
        form = aiohttp.FormData()
        form.add_field("metadata", json.dumps(metadata))
        form.add_field("file", content, filename=audio.name, content_type=kind)
        await self._post(form)

    async def _post(self, form):
        try:
            async with self.http.post(
                self.url, data=form, headers=self.headers, timeout=TIMEOUT
            ) as response:
                status, text = response.status, await response.text()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Later(f"Odoo not reached: {type(error).__name__}") from error
        if status in (400, 413, 415, 422):
            raise Refused(f"Odoo refuses the recording: HTTP {status} {text[:200]}")
        if status != 200:
            raise Later(f"Odoo answers HTTP {status}")

    def _put_away(self, audio, described):
        """Odoo has it: the file here is one voice too many."""
        if self.settings.recordings_keep_days:
            self._move(self.settings.recordings_done, audio, described)
            return
        for path in (audio, described):
            path.unlink(missing_ok=True)

    def _move(self, folder, audio, described, reason=""):
        """Move both files to ``folder`` under a free name; never overwrites."""
        endings = (audio.suffix.lower(), described.suffix)
        stem = free_stem(folder, audio.stem, endings)
        for path in (audio, described):
            if path.is_symlink():
                path.unlink()
            elif path.exists():
                os.replace(path, folder / (stem + path.suffix.lower()))
        if reason:
            target = folder / f"{stem}{REASON_ENDING}"
            target.write_text(reason + "\n", encoding="utf-8")
