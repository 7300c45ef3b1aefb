# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Events reach Odoo whatever stumbles: a bad event, a full disk, a power cut."""

import asyncio
import errno
import json
import stat
from dataclasses import replace

import pytest
from gorod24_cisco.connector import spool as spool_module
from gorod24_cisco.connector.poster import Poster
from gorod24_cisco.connector.settings import build
from gorod24_cisco.connector.spool import Spool
from test_cisco_connector import DATA, events


class Door:
    """The event door: knows which events it cannot bear, and how it says so."""

    def __init__(self, poster, says):
        self.says = says
        self.bad = set()
        self.down = 0
        self.got = []
        poster._post = self.post

    async def post(self, body):
        if self.down:
            self.down -= 1
            return 500, None
        names = [event["event_id"] for event in body["events"]]
        if self.says == "500" and self.bad.intersection(names):
            return 500, None
        self.got += [name for name in names if name not in self.bad]
        return 200, {
            "results": [
                {"event_id": n, "status": "error" if n in self.bad else "accepted"}
                for n in names
            ]
        }


@pytest.fixture
def made(tmp_path, monkeypatch):
    monkeypatch.setattr(asyncio, "sleep", no_sleep)
    settings = replace(build(DATA), odoo_parallel=2)
    return Poster(Spool(tmp_path / "spool"), None, settings)


real_sleep = asyncio.sleep


async def no_sleep(_seconds):
    await real_sleep(0)


def work(poster, until):
    async def scenario():
        task = asyncio.create_task(poster.run())
        async with asyncio.timeout(20):
            while not until() and not task.done():
                await real_sleep(0.001)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(scenario())


def rejected(poster):
    text = (poster.spool.folder / "rejected.jsonl").read_text()
    return [json.loads(line)["event"]["event_id"] for line in text.splitlines()]


@pytest.mark.parametrize("says", ["500", "error"])
def test_event_that_odoo_cannot_bear_holds_up_nobody(made, says):
    door = Door(made, says)
    door.bad = {"3"}
    made.put(events(1, 2, 3, 4, 5))
    work(made, made.spool.is_empty)
    assert set(door.got) == {"1", "2", "4", "5"}
    assert rejected(made) == ["3"]
    made.put(events(6))
    work(made, made.spool.is_empty)
    assert door.got[-1] == "6"
    assert not made.last_error


def test_odoo_that_fails_for_all_loses_nothing(made):
    door = Door(made, "500")
    door.down = 300
    made.put(events(1, 2, 3))
    work(made, made.spool.is_empty)
    assert set(door.got) == {"1", "2", "3"}
    assert not (made.spool.folder / "rejected.jsonl").exists()


def test_lone_event_that_odoo_itself_blames_is_set_aside(made):
    Door(made, "error").bad = {"1"}
    made.put(events(1))
    work(made, made.spool.is_empty)
    assert rejected(made) == ["1"]
    assert made.failures == 0


def test_lone_bad_event_waits_for_a_good_one(made):
    door = Door(made, "500")
    door.bad = {"1"}
    made.put(events(1))
    work(made, lambda: made.failures > 30)
    assert not made.spool.is_empty()
    made.put(events(2))
    work(made, made.spool.is_empty)
    assert door.got and set(door.got) == {"2"}
    assert rejected(made) == ["1"]


def full_disk(*_args, **_values):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_full_disk_stops_no_event(made, monkeypatch):
    door = Door(made, "error")
    made.put(events(1))
    with monkeypatch.context() as patch:
        patch.setattr(spool_module, "write_atomic", full_disk)
        patch.setattr(made.spool, "append", full_disk)
        assert made.put(events(2)) is False
        with pytest.raises(OSError):
            made.store(events(9))
        work(made, lambda: not made.unsaved)
        assert set(door.got) == {"1", "2"}
        assert made.disk_error and made.spool.offset_error
    assert made.put(events(3))
    work(made, made.spool.is_empty)
    assert door.got[-1] == "3"
    assert not made.spool.offset_error


def test_what_the_disk_refused_is_written_once_it_has_room(made, monkeypatch):
    door = Door(made, "500")
    door.down = 10**9
    with monkeypatch.context() as patch:
        patch.setattr(made.spool, "append", full_disk)
        made.put(events(1, 2))
    work(made, lambda: not made.unsaved)
    again = Spool(made.spool.folder)
    assert again.peek(9)[0] == events(1, 2)
    assert not made.disk_error


def test_half_an_append_leaves_no_half_line(tmp_path, monkeypatch):
    spool = Spool(tmp_path)
    spool.append(events(1))

    class Narrow:
        """A disk with room for seven bytes more."""

        def __init__(self, stream):
            self.stream, self.room = stream, 7

        def write(self, data):
            if not self.room:
                full_disk()
            wrote, self.room = self.stream.write(data[: self.room]), 0
            return wrote

        def __getattr__(self, name):
            return getattr(self.stream, name)

    whole, spool._stream = spool._stream, Narrow(spool._stream)
    with pytest.raises(OSError):
        spool.append(events(2))
    spool._stream = whole
    spool.append(events(3))
    assert spool.peek(9)[0] == events(1, 3)


def test_offset_beyond_the_file_after_a_power_cut(tmp_path):
    spool = Spool(tmp_path)
    spool.append(events(1, 2))
    spool.confirm(spool.peek(9)[1])
    spool.close()
    path = tmp_path / "events-00000001.jsonl"
    path.write_bytes(path.read_bytes()[:-5])
    again = Spool(tmp_path)
    again.append(events(3))
    assert again.peek(9)[0] == events(3)
    again.append(events(4, 5))
    assert again.peek(9)[0] == events(3, 4, 5)


def test_offset_in_the_middle_of_a_line_repeats_rather_than_tears(tmp_path):
    spool = Spool(tmp_path)
    spool.append(events(1, 2))
    spool.close()
    (tmp_path / "offset.json").write_text('{"segment": 1, "position": 5}')
    assert Spool(tmp_path).peek(9)[0] == events(1, 2)


def test_events_are_on_the_disk_before_the_offset_that_counts_them(
    tmp_path, monkeypatch
):
    spool = Spool(tmp_path)
    spool.append(events(1))
    order = []
    write = spool_module.write_atomic
    monkeypatch.setattr(spool_module.os, "fsync", lambda _number: order.append("sync"))
    monkeypatch.setattr(
        spool_module,
        "write_atomic",
        lambda *args, **values: order.append("offset") or write(*args, **values),
    )
    spool.confirm(spool.peek(1)[1])
    assert order[:2] == ["sync", "offset"]


def test_set_aside_is_bounded_and_private(tmp_path, monkeypatch):
    monkeypatch.setattr(spool_module, "REJECTED_LIMIT", 300)
    spool = Spool(tmp_path / "spool")
    path = spool.folder / "rejected.jsonl"
    path.touch(0o644)
    path.chmod(0o644)
    for number in range(50):
        spool.set_aside({"event_id": str(number)}, "no")
    assert sum(f.stat().st_size for f in spool.folder.glob("rejected*")) < 800
    assert '"49"' in path.read_text().splitlines()[-1]
    for found in spool.folder.glob("rejected*"):
        assert stat.S_IMODE(found.stat().st_mode) == 0o600
    assert stat.S_IMODE(spool.folder.stat().st_mode) == 0o700
