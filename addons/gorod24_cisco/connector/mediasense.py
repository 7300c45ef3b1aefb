# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Recordings of Cisco MediaSense: asked for, downloaded into the drop folder.

Events of MediaSense only wake us earlier: they can be lost and their subscription can
vanish, so the span since the last look is queried every time. A session that gives no
sound is asked for again, ever more rarely, by itself: it holds up no other one. The
sound goes through the drop folder like any other recorder's, with all its checks.
"""

import asyncio
import json
import logging
import os
import re
import time
from dataclasses import dataclass
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
# How long a closed session may owe its sound; MediaSense's own store may be behind.
PATIENCE = timedelta(hours=24)
PATIENCE_ERROR = timedelta(hours=6)
# Shorter spans whose answer is too long are not halved again.
NARROW = timedelta(minutes=10)
# Seconds to the first repetition after a failure.
SOON, RARELY = 5, 900
# Downloads of one look that fail by the network before it ends: nothing is reached.
UNREACHED = 3
SUBSCRIBE_EVERY = 600.0


class MediaSenseError(Exception):
    """MediaSense did not do it; the text says what it answered."""


class TooLong(MediaSenseError):
    """The answer is longer than we read: less must be asked for."""


class NeverFits(MediaSenseError):
    """This session's sound will never be taken."""


FAULTS = (MediaSenseError, aiohttp.ClientError, OSError, TimeoutError)


@dataclass
class Owed:
    """A closed session that gave no sound yet; ``due`` by the monotonic clock."""

    started: datetime
    first: datetime
    tries: int = 0
    due: float = float("-inf")


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
        self.since, self.done, self.owed, self.unreached = None, {}, {}, 0
        self._load()
        self.wake = asyncio.Event()
        self.downloaded = self.refused = self.given_up = 0
        self.last_error = ""
        self.looked = False

    async def run(self):
        """Look for ever; ends only by cancellation."""
        failures, subscribed = 0, float("-inf")
        while True:
            clock = asyncio.get_running_loop().time()
            try:
                if self.settings.events_url and clock - subscribed > SUBSCRIBE_EVERY:
                    await self._subscribe()
                    subscribed = clock
                await self.look()
                failures, self.last_error, self.looked = 0, "", True
            except FAULTS as error:
                failures += 1
                self.last_error = str(error) or type(error).__name__
                _logger.warning("MediaSense: %s", self.last_error)
            delay = min(self.settings.poll, self._until_owed())
            if failures:
                # Not there yet: soon again, then ever rarer.
                delay = min(self.settings.poll, SOON * 2 ** min(failures - 1, 6))
            try:
                async with asyncio.timeout(delay):
                    await self.wake.wait()
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
        """Download what ended since the last look, and what was owed and is due."""
        now = datetime.now(UTC)
        since = self.since or now - timedelta(hours=self.settings.backfill_hours)
        begin = min([since - OVERLAP, *(owed.started for owed in self.owed.values())])
        self.unreached = 0
        for found in await self._sessions(begin, now + timedelta(hours=1)):
            if isinstance(found, mediasense.Refused):
                self.refused += 1
                _logger.warning("MediaSense: session left out: %s", found.reason)
            elif found.id not in self.done:
                await self._try(found, now)
        self.since = now
        # What is older is not asked for again.
        old = min([now - OVERLAP, *(owed.started for owed in self.owed.values())])
        old -= timedelta(hours=1)
        self.done = {key: at for key, at in self.done.items() if at > old}
        self._save()

    def _load(self):
        """What was downloaded; a list of names is the memory of an earlier version."""
        known = read_json(self.path, {})
        known = known if isinstance(known, dict) else {}
        self.since = moment(known.get("since"))
        done, now = known.get("done") or (), datetime.now(UTC)
        if isinstance(done, dict):
            self.done = {key: moment(at) or now for key, at in done.items()}
        else:
            self.done = dict.fromkeys(map(str, done), now)
        for key, times in (known.get("owed") or {}).items():
            started, first = map(moment, times)
            if started and first:
                self.owed[key] = Owed(started, first)

    def _save(self):
        state = {
            "since": stamp(self.since),
            "done": {key: stamp(at) for key, at in self.done.items()},
            "owed": {
                key: [stamp(owed.started), stamp(owed.first)]
                for key, owed in self.owed.items()
            },
        }
        write_atomic(self.path, state, sync=False)

    async def _sessions(self, begin, end):
        """Sessions and refusals of the span; a long answer is asked for in halves."""
        body = mediasense.closed_between(begin, end)
        try:
            answer = await self._ask("queryService/query/getSessions", body)
        except TooLong:
            if end - begin < NARROW:
                raise
            middle = begin + (end - begin) / 2
            halves = ((begin, middle), (middle, end))
            found = [one for half in halves for one in await self._sessions(*half)]
            return list({getattr(one, "id", one): one for one in found}.values())
        return mediasense.sessions_in(answer.body)

    def _until_owed(self):
        """Seconds until the next session that owes its sound is due."""
        clock = time.monotonic()
        due = (owed.due - clock for owed in self.owed.values())
        return max(0.1, min(due, default=RARELY))

    async def _try(self, session, now):
        """Fetch one session by itself; a failure is noted and tried again later."""
        owed = self.owed.get(session.id) or Owed(session.started, now)
        if owed.due > time.monotonic():
            return
        try:
            reason = await self._take(session)
        except NeverFits as error:
            reason, owed.first = str(error), now - 2 * PATIENCE
        except MediaSenseError as error:
            reason = str(error)
        except (aiohttp.ClientError, TimeoutError) as error:
            self.unreached += 1
            if self.unreached >= UNREACHED:
                raise
            reason = type(error).__name__
        if not reason:
            self.owed.pop(session.id, None)
            return
        is_broken = session.state == "CLOSED_ERROR"
        if now - owed.first > (PATIENCE_ERROR if is_broken else PATIENCE):
            _logger.error("MediaSense: session given up: %s", reason)
            self.given_up += 1
            self.done[session.id] = session.started
            self.owed.pop(session.id, None)
            return
        owed.tries += 1
        owed.due = time.monotonic() + min(SOON * 2 ** (owed.tries - 1), RARELY)
        self.owed[session.id] = owed

    async def _take(self, session):
        """Fetch one session; a reason when it gives no sound yet."""
        described = mediasense.sidecar(session, self.settings.name, self.extensions)
        address, ending = session.download
        if isinstance(described, mediasense.Refused):
            return described.reason
        if not address:
            return "no sound"
        stem = "ms-" + re.sub(r"[^0-9A-Za-z_-]", "-", session.id)[:100]
        sound = self.folder / f"{stem}.{ending}"
        part = sound.with_name(f"{sound.name}.part")
        try:
            await self._download(address, part)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        text = json.dumps(described, ensure_ascii=False)
        await asyncio.to_thread(sound.with_suffix(".json").write_text, text, "utf-8")
        os.replace(part, sound)
        self.done[session.id] = session.started
        self.downloaded += 1
        return ""

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
            if response.status in (401, 403):
                self.session = ""  # signed in anew for the next look
            if response.status != 200:
                raise MediaSenseError(f"download: HTTP {response.status}")
            with open(part, "wb") as stream:
                async for chunk in response.content.iter_chunked(CHUNK):
                    size += len(chunk)
                    if size > self.limit:
                        raise NeverFits("download: the file is too large")
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
        if len(raw) > mediasense.MAX_BODY:
            raise TooLong("the answer is too long")
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
            "sessions_owed": len(self.owed),
            "sessions_given_up": self.given_up,
            "state": self.last_error or ("ok" if self.looked else "starting"),
        }
