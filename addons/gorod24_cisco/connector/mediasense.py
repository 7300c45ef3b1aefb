# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Recordings of Cisco MediaSense: asked for, downloaded into the drop folder.

Events of MediaSense only wake us earlier: they can be lost and their subscription can
vanish, so the span since the last complete look is queried every time. The sound goes
through the drop folder like any other recorder's, with all its checks.
"""

import asyncio
import json
import logging
import os
import re
from datetime import UTC, datetime, timedelta

import aiohttp

from ..wire import mediasense
from ..wire.xmlread import moment, stamp
from .rest import pinned_context
from .spool import read_json, write_atomic

_logger = logging.getLogger(__name__)
TIMEOUT = aiohttp.ClientTimeout(total=120, connect=5)
CHUNK = 256 * 1024
# A session may end long after it began, and MediaSense may write it down late.
OVERLAP = timedelta(hours=13)
DONE = 5000
# Seconds to the first repetition after a failure.
SOON = 5
SUBSCRIBE_EVERY = 600.0


class MediaSenseError(Exception):
    """MediaSense did not do it; the text says what it answered."""


FAULTS = (MediaSenseError, aiohttp.ClientError, OSError, TimeoutError)


class MediaSense:
    """Run as one task. ``folder`` is the drop folder of recordings."""

    def __init__(self, settings, http):
        self.settings = settings.mediasense
        self.folder = settings.recordings
        self.limit = settings.max_recording
        self.extensions = {agent.extension for agent in settings.agents}
        self.http = http
        self.ssl = pinned_context(self.settings.ca_bundle or settings.ca_bundle, True)
        self.session = ""
        self.path = settings.spool / "mediasense.json"
        known = read_json(self.path, {})
        self.done = list(known.get("done") or ()) if isinstance(known, dict) else []
        self.since = moment(known.get("since")) if isinstance(known, dict) else None
        self.wake = asyncio.Event()
        self.downloaded = self.refused = 0
        self.last_error = ""
        self.looked = False

    async def run(self):
        """Look for ever; ends only by cancellation."""
        failures, subscribed, complete = 0, float("-inf"), True
        while True:
            clock = asyncio.get_running_loop().time()
            try:
                if self.settings.events_url and clock - subscribed > SUBSCRIBE_EVERY:
                    await self._subscribe()
                    subscribed = clock
                complete = await self.look()
                failures, self.last_error, self.looked = 0, "", True
            except (
                MediaSenseError,
                aiohttp.ClientError,
                OSError,
                TimeoutError,
            ) as error:
                failures += 1
                self.last_error = str(error) or type(error).__name__
                _logger.warning("MediaSense: %s", self.last_error)
            delay = self.settings.poll
            if failures or not complete:
                # Not there yet: soon again, then ever rarer.
                delay = min(delay, SOON * 2 ** min(max(failures - 1, 0), 6))
            try:
                await asyncio.wait_for(self.wake.wait(), delay)
                self.wake.clear()
            except TimeoutError:
                continue

    def take_event(self, raw):
        """An event came: look soon. Returns a reason when it is none."""
        event = mediasense.read_event(raw)
        if isinstance(event, mediasense.Refused):
            return event.reason
        if event.action in ("ENDED", "UPDATED"):
            self.wake.set()
        return ""

    async def look(self):
        """Download what ended since the last complete look.

        :return: whether all of it was ready
        """
        now = datetime.now(UTC)
        since = self.since or now - timedelta(hours=self.settings.backfill_hours)
        body = mediasense.closed_between(since - OVERLAP, now + timedelta(hours=1))
        answer = await self._ask("queryService/query/getSessions", body)
        complete = True
        for found in mediasense.sessions_in(answer.body):
            if isinstance(found, mediasense.Refused):
                self.refused += 1
                _logger.warning("MediaSense: session left out: %s", found.reason)
            elif found.id not in self.done:
                complete &= await self._take(found)
        if complete:
            self.since = now
        state = {"since": stamp(self.since or since), "done": self.done[-DONE:]}
        self.done = state["done"]
        write_atomic(self.path, state, sync=False)
        return complete

    async def _take(self, session):
        """Fetch one session; False when it is not ready and must be asked for again."""
        described = mediasense.sidecar(session, self.settings.name, self.extensions)
        address, ending = session.download
        if isinstance(described, mediasense.Refused) or not address:
            return False
        stem = "ms-" + re.sub(r"[^0-9A-Za-z_-]", "-", session.id)[:100]
        sound = self.folder / f"{stem}.{ending}"
        part = sound.with_name(f"{sound.name}.part")
        await self._download(address, part)
        text = json.dumps(described, ensure_ascii=False)
        await asyncio.to_thread(sound.with_suffix(".json").write_text, text, "utf-8")
        os.replace(part, sound)
        self.done.append(session.id)
        self.downloaded += 1
        return True

    async def _download(self, address, part):
        headers = {"JSESSIONID": self.session}
        request = self.http.get(
            address,
            headers=headers,
            cookies={"JSESSIONID": self.session},
            timeout=TIMEOUT,
            ssl=self.ssl,
        )
        size = 0
        async with request as response:
            if response.status != 200:
                raise MediaSenseError(f"download: HTTP {response.status}")
            with open(part, "wb") as stream:
                async for chunk in response.content.iter_chunked(CHUNK):
                    size += len(chunk)
                    if size > self.limit:
                        raise MediaSenseError("download: the file is too large")
                    stream.write(chunk)

    async def _subscribe(self):
        """Ask for events; a subscription that is there already is an answer, too."""
        body = mediasense.subscribe(self.settings.events_url)
        path = "eventService/event/subscribeToEvents"
        answer = await self._ask(path, body, may_fail=True)
        if answer.code != mediasense.OK and not answer.body.get("subscriptionId"):
            raise MediaSenseError(f"subscription: {answer.code} {answer.message}")

    async def _sign_in(self):
        body = mediasense.sign_in(self.settings.username, self.settings.password)
        path = "authenticationService/authentication/signIn"
        answer, cookie = await self._post(path, body)
        if answer.code != mediasense.OK or not cookie:
            raise MediaSenseError(f"sign in: {answer.code} {answer.message}")
        self.session = cookie

    async def _ask(self, path, body, may_fail=False):
        """Answer of a request, signed in again once when the session is over."""
        for attempt in (1, 2):
            if not self.session:
                await self._sign_in()
            answer, _cookie = await self._post(path, body)
            if answer.code != mediasense.INVALID_SESSION or attempt == 2:
                break
            self.session = ""
        if answer.code != mediasense.OK and not may_fail:
            raise MediaSenseError(f"{answer.code} {answer.message}")
        return answer

    async def _post(self, path, body):
        headers = {"JSESSIONID": self.session} if self.session else {}
        request = self.http.post(
            f"{self.settings.base_url}/ora/{path}",
            json=body,
            headers=headers,
            timeout=TIMEOUT,
            ssl=self.ssl,
        )
        async with request as response:
            raw = await response.content.read(mediasense.MAX_BODY + 1)
            cookie = response.cookies.get("JSESSIONID")
        answer = mediasense.read_answer(raw)
        if isinstance(answer, mediasense.Refused):
            raise MediaSenseError(answer.reason)
        return answer, cookie.value if cookie else ""

    async def recent(self, since):
        """How many sessions ended since ``since``; a check, it downloads nothing."""
        body = mediasense.closed_between(since, datetime.now(UTC) + timedelta(hours=1))
        answer = await self._ask("queryService/query/getSessions", body)
        return len(list(mediasense.sessions_in(answer.body)))

    def health(self):
        """Plain facts for the health page."""
        return {
            "downloaded": self.downloaded,
            "sessions_refused": self.refused,
            "state": self.last_error or ("ok" if self.looked else "starting"),
        }
