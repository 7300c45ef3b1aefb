# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import asyncio
import json
import os
from dataclasses import replace

import pytest
from gorod24_cisco.connector import feeds
from gorod24_cisco.connector import settings as settings_module
from gorod24_cisco.connector.clocks import Clocks
from gorod24_cisco.connector.files import free_stem
from gorod24_cisco.connector.recordings import Later, RecordingFolder
from gorod24_cisco.connector.settings import SettingsError, build
from gorod24_cisco.connector.spool import Spool

DATA = {
    "finesse": {
        "base_url": "http://127.0.0.1:1/finesse/api",
        "xmpp_host": "127.0.0.1",
        "xmpp_tls": "none",
    },
    "agent": [{"id": "6021", "extension": "2830", "password": "word"}],
    "odoo": {"url": "http://127.0.0.1:2/", "token": "t"},
    "commands": {"port": 3, "token": "c"},
    "spool": {"folder": "spool"},
}


def test_settings_hide_secrets():
    made = build(DATA)
    assert made.source == "finesse:fin1"
    assert made.odoo_url == "http://127.0.0.1:2"
    assert "word" not in repr(made) and "token" not in repr(made)


@pytest.mark.parametrize(
    ("part", "change", "words"),
    [
        ("finesse", {"xmpp_host": "fin1.example"}, "this computer only"),
        ("finesse", {"base_url": "http://fin1.example:8445/x"}, "without TLS"),
        ("finesse", {"base_url": ""}, "base_url is missing"),
        ("finesse", {"xmpp_tls": "maybe"}, "xmpp_tls"),
        ("finesse", {"transport": "pigeon"}, "transport must be one of"),
        ("finesse", {"transport": "bosh", "xmpp_tls": "starttls"}, "STARTTLS"),
        ("commands", {"host": "0.0.0.0"}, "this computer"),
        ("odoo", {"token": ""}, "token is missing"),
    ],
)
def test_settings_name_what_is_wrong(part, change, words, monkeypatch):
    monkeypatch.delenv("GOROD24_TELEPHONY_TOKEN", raising=False)
    with pytest.raises(SettingsError, match=words):
        build(DATA | {part: DATA[part] | change})


def test_usual_path_is_added():
    change = DATA["finesse"] | {"base_url": "https://fin1.example:8445/"}
    made = build(DATA | {"finesse": change})
    assert made.base_url == "https://fin1.example:8445/finesse/api"


@pytest.mark.parametrize(
    ("change", "first", "second"),
    [
        ({"transport": "websocket"}, "wss://fin1:7443/ws/", "wss://fin2:7443/ws/"),
        (
            {"transport": "websocket", "xmpp_port": 8445},
            "wss://fin1:8445/ws",
            "wss://fin2:8445/ws",
        ),
        (
            {"transport": "bosh"},
            "https://fin1:7443/http-bind/",
            "https://fin2:7443/http-bind/",
        ),
    ],
)
def test_feed_of_each_node_stands_where_finesse_keeps_it(change, first, second):
    finesse = {"base_url": "https://fin1:8445", "xmpp_host": "fin1"} | change
    finesse["secondary"] = {"base_url": "https://fin2:8445", "xmpp_host": "fin2"}
    made = build(DATA | {"finesse": finesse})
    assert [feeds.address(made, node) for node in made.nodes] == [first, second]


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("<presence/>", '<presence xmlns="jabber:client"/>'),
        ('<iq id="1"><a/></iq>', '<iq xmlns="jabber:client" id="1"><a/></iq>'),
        ('<auth xmlns="urn:x" m="P">A=</auth>', '<auth xmlns="urn:x" m="P">A=</auth>'),
        (
            "<stream:error><a/></stream:error>",
            '<stream:error xmlns="jabber:client"'
            ' xmlns:stream="http://etherx.jabber.org/streams"><a/></stream:error>',
        ),
    ],
)
def test_an_element_is_whole_without_its_stream(written, sent):
    assert feeds.whole(written) == sent


def test_settings_file_errors(tmp_path):
    with pytest.raises(SettingsError):
        settings_module.load(tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_text("[[")
    with pytest.raises(SettingsError):
        settings_module.load(tmp_path / "bad.toml")
    with pytest.raises(SettingsError, match="twice"):
        build(DATA | {"agent": DATA["agent"] * 2})


def events(*numbers):
    return [{"event_id": str(n)} for n in numbers]


def test_spool_keeps_order_over_restarts_and_segments(tmp_path):
    spool = Spool(tmp_path, segment_size=40)
    for number in range(10):
        spool.append(events(number))
    taken, mark = spool.peek(3)
    assert spool.peek(3)[0] == taken
    spool.confirm(mark)
    spool.close()
    again = Spool(tmp_path, segment_size=40)
    again.append(events(10))
    while not again.is_empty():
        found, mark = again.peek(4)
        taken += found
        again.confirm(mark)
    assert taken == events(*range(11))
    again.append(events(11))
    assert again.peek(5)[0] == events(11)
    assert len(list(tmp_path.glob("events-*"))) <= 2


def test_spool_cuts_a_half_written_line(tmp_path):
    spool = Spool(tmp_path)
    spool.append(events(1))
    spool.close()
    with open(tmp_path / "events-00000001.jsonl", "ab") as stream:
        stream.write(b'{"event_id": "2')
    again = Spool(tmp_path)
    again.append(events(3))
    assert again.peek(9)[0] == events(1, 3)


def test_spool_with_lost_or_damaged_offset_repeats(tmp_path):
    spool = Spool(tmp_path)
    spool.append(events(1, 2))
    spool.confirm(spool.peek(1)[1])
    (tmp_path / "offset.json").write_text("{")
    assert Spool(tmp_path).peek(9)[0] == events(1, 2)


class Odoo:
    """Stands in for the upload: remembers or is away."""

    def __init__(self, folder):
        self.folder = folder
        self.taken = 0
        self.away = False
        folder._post = self.post

    async def post(self, form):
        if self.away:
            raise Later("away")
        self.taken += 1
        self.metadata = json.loads(form._fields[0][2])


@pytest.fixture
def drop(tmp_path):
    made = replace(
        build(DATA),
        recordings=tmp_path / "in",
        recordings_done=tmp_path / "done",
        recordings_keep_days=1.0,
        recordings_failed=tmp_path / "failed",
    )
    folder = RecordingFolder(made, None, Clocks(tmp_path / "clocks.json"))
    return folder, Odoo(folder)


def put(folder, stem, audio=b"RIFF\0\0\0\0WAVEdata", **values):
    data = {
        "version": 1,
        "recorder": "r",
        "recording_id": stem,
        "started_at": "2026-01-15T03:20:04Z",
        "duration_s": 1,
    }
    (folder.folder / f"{stem}.wav").write_bytes(audio)
    (folder.folder / f"{stem}.json").write_text(json.dumps(data | values))


def look(folder, times=2):
    for _time in range(times):
        asyncio.run(folder.look())


def names(path):
    return sorted(item.name for item in path.iterdir())


def test_recording_is_taken_when_stable(drop, tmp_path):
    folder, odoo = drop
    put(folder, "a")
    (folder.folder / "b.wav.part").write_bytes(b"x")
    look(folder, 1)
    assert odoo.taken == 0
    put(folder, "a", audio=b"RIFF\0\0\0\0WAVEdatamore")
    look(folder, 1)
    assert odoo.taken == 0
    look(folder, 1)
    assert odoo.taken == 1
    assert names(tmp_path / "done") == ["a.json", "a.wav"]
    put(folder, "a")
    look(folder)
    assert names(tmp_path / "done") == ["a-2.json", "a-2.wav", "a.json", "a.wav"]


def test_sound_that_odoo_has_is_kept_nowhere_else(drop, tmp_path):
    folder, odoo = drop
    folder.settings = replace(folder.settings, recordings_keep_days=0.0)
    put(folder, "a")
    look(folder)
    assert odoo.taken == 1
    assert names(folder.folder) == names(tmp_path / "done") == []


def test_kept_sounds_go_after_their_days(drop, tmp_path):
    folder, _odoo = drop
    old, new = tmp_path / "done/old.wav", tmp_path / "done/new.wav"
    old.write_bytes(b"x")
    new.write_bytes(b"x")
    os.utime(old, (1, 1))

    async def scenario():
        task = asyncio.create_task(folder.run())
        async with asyncio.timeout(20):
            while old.exists():
                await asyncio.sleep(0.01)
        task.cancel()

    asyncio.run(scenario())
    assert new.exists()


def test_name_taken_by_any_of_the_pair_is_not_free(tmp_path):
    (tmp_path / "a.json").touch()
    (tmp_path / "a-2.wav").touch()
    (tmp_path / "b.reason.txt").touch()
    assert free_stem(tmp_path, "a", (".wav", ".json")) == "a-3"
    assert free_stem(tmp_path, "b", (".wav", ".json")) == "b-2"
    assert free_stem(tmp_path, "c.d", (".wav",)) == "c_d"


def test_recording_waits_for_its_description_and_for_odoo(drop):
    folder, odoo = drop
    put(folder, "a")
    (folder.folder / "a.json").rename(folder.folder / "later")
    look(folder, 3)
    assert names(folder.folder) == ["a.wav", "later"]
    (folder.folder / "later").rename(folder.folder / "a.json")
    odoo.away = True
    look(folder, 1)
    with pytest.raises(Later):
        look(folder, 1)
    odoo.away = False
    look(folder, 1)
    assert odoo.taken == 1


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"audio": b"MZ"}, "no audio"),
        ({"sha256": "0" * 64}, "sha256"),
        ({"recorder": ""}, "recorder"),
    ],
)
def test_bad_recordings_are_set_aside_with_a_reason(drop, tmp_path, change, reason):
    folder, odoo = drop
    put(folder, "bad", **change)
    look(folder)
    assert odoo.taken == 0
    assert names(folder.folder) == []
    assert names(tmp_path / "failed") == ["bad.json", "bad.reason.txt", "bad.wav"]
    assert reason in (tmp_path / "failed/bad.reason.txt").read_text()


def test_links_are_refused(drop, tmp_path):
    folder, odoo = drop
    secret = tmp_path / "secret.wav"
    secret.write_bytes(b"RIFF\0\0\0\0WAVEdata")
    put(folder, "x")
    os.remove(folder.folder / "x.wav")
    os.symlink(secret, folder.folder / "x.wav")
    look(folder)
    assert odoo.taken == 0
    assert secret.exists()
    assert "x.wav" not in names(tmp_path / "failed")
    assert "symbolic" in (tmp_path / "failed/x.reason.txt").read_text()


def test_spool_is_bounded_and_gives_up_the_oldest(tmp_path):
    spool = Spool(tmp_path, segment_size=40, limit=200)
    for number in range(60):
        spool.append(events(number))
    assert spool.size() <= 200 + 40  # the segment being written may pass the limit
    left = []
    while not spool.is_empty():
        found, mark = spool.peek(100)
        left += found
        spool.confirm(mark)
    assert left == events(*range(60))[-len(left) :]
    assert len(left) > 3


def test_index_of_a_recorder_describes_its_files(drop, tmp_path):
    folder, odoo = drop
    for name in ("a.wav", "b.wav"):
        (folder.folder / name).write_bytes(b"RIFF\0\0\0\0WAVEdata" + name.encode())
    look(folder)
    assert odoo.taken == 0
    (folder.folder / "day.csv").write_text(
        "file,started_at,duration_s,agent_extension\n"
        "a.wav,2026-01-15T03:20:04Z,5,2830\nb.wav,2026-01-15T03:25:04Z,6,2831\n"
    )
    look(folder, 3)
    assert odoo.taken == 2
    assert odoo.metadata["agent_extension"] == "2831"
    assert names(folder.folder) == []
    assert names(tmp_path / "done") == ["a.wav", "b.wav", "day_csv"]


def test_name_of_a_file_describes_it(tmp_path):
    recordings = {
        "folder": str(tmp_path / "in"),
        "recorder": "rec1",
        "timezone": "Asia/Barnaul",
        "keep_done_days": 1,
        "name_pattern": r"(?P<date>\d{8})-(?P<time>\d{6})-(?P<agent_extension>\d+)",
    }
    folder = RecordingFolder(
        build(DATA | {"recordings": recordings}), None, Clocks(tmp_path / "c.json")
    )
    odoo = Odoo(folder)
    for stem in ("20260115-102004-2830", "unknown"):
        path = folder.folder / f"{stem}.wav"
        path.write_bytes(b"RIFF\0\0\0\0WAVEdata")
        os.utime(path, (1, 1))
    look(folder)
    assert odoo.taken == 1
    assert odoo.metadata["started_at"] == "2026-01-15T03:20:04Z"
    assert odoo.metadata["recorder"] == "rec1"
    assert "unknown.reason.txt" in names(folder.folder / "failed")
    bad = recordings | {"name_pattern": "(?P<x>.)"}
    with pytest.raises(SettingsError, match="unknown groups"):
        build(DATA | {"recordings": bad})
