# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""One bad session of MediaSense holds up no other one and is not asked for for ever."""

import asyncio
import json
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from gorod24_cisco.connector import mediasense as module
from gorod24_cisco.connector.mediasense import MediaSense, MediaSenseError, NeverFits
from gorod24_cisco.connector.settings import build
from gorod24_cisco.wire import mediasense as wire
from gorod24_cisco.wire.xmlread import stamp
from test_cisco_connector import DATA


class Server:
    """MediaSense as the connector's own two methods see it."""

    def __init__(self, media):
        self.media = media
        self.sessions = {}
        self.faults = {}
        self.asked = []
        self.spans = []
        self.limit = 100
        media._ask, media._download = self.ask, self.download

    def add(self, name, ago=60, state="CLOSED_NORMAL", **values):
        self.sessions[name] = {
            "sessionId": name,
            "sessionState": state,
            "sessionStartDate": int((time.time() - ago) * 1000),
            "sessionDuration": 5000,
            "urls": {"wavUrl": f"https://ms/{name}.wav"},
        } | values

    async def ask(self, _path, body, may_fail=False):
        low, high = body["requestParameters"][1]["fieldConditions"][0]["fieldValues"]
        found = [
            session
            for session in self.sessions.values()
            if low <= session["sessionStartDate"] <= high
        ]
        self.spans.append((high - low) / 1000)
        if len(found) > self.limit:
            raise module.TooLong("the answer is too long")
        return wire.Answer(2000, "", {"sessions": found})

    async def download(self, address, part):
        name = address.rpartition("/")[2].removesuffix(".wav")
        self.asked.append(name)
        if name in self.faults:
            part.write_bytes(b"half")
            raise self.faults[name]
        part.write_bytes(b"RIFF")


@pytest.fixture
def made(tmp_path):
    recordings = {"folder": str(tmp_path / "in")}
    (tmp_path / "in").mkdir()
    media = {"base_url": "https://ms", "username": "u", "password": "p"}
    settings = build(DATA | {"recordings": recordings, "mediasense": media})
    return replace(settings, spool=tmp_path)


def look(media, times=1):
    for _time in range(times):
        for owed in media.owed.values():
            owed.due = 0
        asyncio.run(media.look())


def sounds(settings):
    return sorted(path.stem for path in settings.recordings.glob("*.wav"))


@pytest.mark.parametrize(
    "fault", [MediaSenseError("HTTP 404"), NeverFits("too large"), TimeoutError()]
)
def test_session_that_cannot_be_downloaded_holds_up_no_other(made, fault):
    media = MediaSense(made, None)
    server = Server(media)
    server.faults["a"] = fault
    for name in "abc":
        server.add(name)
    look(media)
    assert sounds(made) == ["ms-b", "ms-c"]
    assert not list(made.recordings.glob("*.part"))
    server.faults.clear()
    look(media, 2)
    given_up = isinstance(fault, NeverFits)
    assert ("ms-a" in sounds(made)) is not given_up
    assert media.health()["sessions_given_up"] == int(given_up)


def test_session_is_asked_for_ever_more_rarely(made):
    media = MediaSense(made, None)
    server = Server(media)
    server.faults["a"] = MediaSenseError("HTTP 404")
    server.add("a")
    waits = []
    for _time in range(12):
        look(media)
        waits.append(media._until_owed())
    assert waits[0] <= module.SOON < waits[1] < waits[2]
    assert waits[-1] <= module.RARELY
    asyncio.run(media.look())  # not due: not asked
    assert len(server.asked) == 12


def test_broken_session_is_given_up_and_the_span_stays_short(made, monkeypatch):
    media = MediaSense(made, None)
    server = Server(media)
    server.add("a", state="CLOSED_ERROR", urls={}, sessionDuration=None)
    look(media)
    assert media.since and "a" in media.owed
    again = MediaSense(made, None)  # a restart forgets no patience
    server = Server(again)
    server.add("a", state="CLOSED_ERROR", urls={}, sessionDuration=None)
    again.owed["a"].first -= timedelta(hours=7)
    look(again)
    assert again.health()["sessions_given_up"] == 1
    assert again.health()["sessions_owed"] == 0
    look(again)
    assert server.spans[-1] < 15 * 3600
    assert server.asked == []


def test_long_answers_are_asked_for_in_halves(made):
    media = MediaSense(made, None)
    server = Server(media)
    server.limit = 3
    for number in range(12):
        server.add(f"n{number}", ago=3600 * (1 + 5 * number))
    look(media)
    assert len(sounds(made)) == 12
    look(media)
    assert len(server.asked) == 12


def test_nothing_is_downloaded_twice_however_many_there_are(made):
    media = MediaSense(made, None)
    server = Server(media)
    server.limit = 10**6
    for number in range(6000):
        server.add(f"n{number}", ago=10 + number)
    media.done = {
        name: datetime.now(UTC) - timedelta(seconds=10) for name in server.sessions
    }
    server.add("owed", ago=70 * 3600)
    server.add("early", ago=69 * 3600)
    server.faults["owed"] = MediaSenseError("HTTP 404")
    look(media, 2)
    again = MediaSense(made, None)
    server.media, again._ask, again._download = again, server.ask, server.download
    look(again)
    assert set(server.asked) == {"owed", "early"}
    assert server.asked.count("early") == 1


def test_memory_of_the_earlier_version_is_read(made):
    state = {"since": stamp(datetime.now(UTC)), "done": ["a"]}
    (made.spool / "mediasense.json").write_text(json.dumps(state))
    media = MediaSense(made, None)
    server = Server(media)
    server.add("a")
    server.add("b")
    look(media)
    assert server.asked == ["b"]


def test_unreachable_store_ends_the_look(made):
    media = MediaSense(made, None)
    server = Server(media)
    for number in range(9):
        server.add(f"n{number}")
        server.faults[f"n{number}"] = aiohttp.ClientConnectionError()
    with pytest.raises(aiohttp.ClientError):
        look(media)
    assert len(server.asked) == module.UNREACHED
    server.faults.clear()
    look(media)
    assert len(sounds(made)) == 9
