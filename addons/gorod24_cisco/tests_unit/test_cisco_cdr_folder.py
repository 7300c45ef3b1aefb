# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import asyncio
import os
import time
from dataclasses import replace

import cdr_samples as samples
import pytest
from cdr_samples import FIRST, SECOND
from gorod24_cisco.connector.cdr_folder import CdrFolder
from gorod24_cisco.connector.settings import SettingsError, build
from test_cisco_connector import DATA

NAME = "cdr_Stand_Alone_01_202601150320_412"


@pytest.fixture
def made(tmp_path):
    cdr = {"folder": str(tmp_path / "in"), "settle_seconds": 3}
    cdr |= {"done": str(tmp_path / "done"), "failed": str(tmp_path / "failed")}
    settings = build(DATA | {"cdr": cdr | {"extensions": [SECOND]}})
    return replace(settings, cdr_poll=0.01)


@pytest.fixture
def drop(made):
    told = []
    folder = CdrFolder(made, told.extend)
    folder.told = told
    return folder


def upload(folder, *rows, name=NAME, old=10, end="\n"):
    path = folder.folder / name
    path.write_text("\n".join(samples.lines(*rows)) + end)
    past = time.time() - old
    os.utime(path, (past, past))
    return path


def look(folder, times=2):
    for _time in range(times):
        asyncio.run(folder.look())


def names(path):
    return sorted(item.name for item in path.iterdir())


def test_file_is_taken_once_it_rests(drop, made):
    path = upload(drop, samples.row(answer=5), old=0)
    look(drop)
    assert drop.told == []
    os.utime(path, (time.time() - 5,) * 2)
    look(drop)
    assert [event["type"] for event in drop.told] == ["call.record"]
    assert names(made.cdr_done) == [NAME]
    assert names(drop.folder) == []


@pytest.mark.parametrize("name", ["_" + NAME, NAME + ".part", "." + NAME])
def test_unfinished_upload_is_left_alone(drop, name):
    upload(drop, samples.row(), name=name)
    look(drop, 3)
    assert drop.told == []
    assert names(drop.folder) == [name]


def test_file_without_its_last_line_end_waits_longer(drop):
    path = upload(drop, samples.row(answer=5), end="")
    look(drop)
    assert drop.told == []
    os.utime(path, (time.time() - 90,) * 2)
    look(drop)
    assert len(drop.told) == 1


def test_file_cut_within_a_row_waits_for_its_rest(drop, made):
    path = upload(drop, samples.row(answer=5, end=205))
    whole = path.read_text()
    path.write_text(whole[: len(whole) - 40])
    os.utime(path, (time.time() - 90,) * 2)
    look(drop, 4)
    assert drop.told == []
    assert names(drop.folder) == [NAME]
    path.write_text(whole)
    os.utime(path, (time.time() - 10,) * 2)
    look(drop)
    (event,) = drop.told
    assert event["end_reason"] == "normal" and event["answered_at"]
    assert names(drop.folder) == []


def test_file_cut_for_ever_gives_what_is_whole(drop, made):
    path = upload(drop, samples.row(answer=5), samples.row(5, legs=(7, 8)))
    path.write_text(path.read_text()[:-300])
    os.utime(path, (time.time() - 4000,) * 2)
    look(drop)
    assert len(drop.told) == 1
    assert names(drop.folder) == []
    assert "line 4" in (made.cdr_failed / f"{NAME}.lines.txt").read_text()


def stalled(drop):
    """An upload that pauses between two rows; the handle of its rest."""
    path = upload(drop, samples.row(answer=5))
    stream = open(path, "a")  # noqa: SIM115
    os.utime(path, (time.time() - 10,) * 2)
    look(drop)
    assert len(drop.told) == 1
    stream.write(samples.lines(samples.row(5, answer=9, legs=(7, 8)))[-1] + "\n")
    stream.close()
    return drop.settings.cdr_done / NAME


def test_rest_that_comes_after_the_move_is_told(drop):
    moved = stalled(drop)
    os.utime(moved, (time.time() - 10,) * 2)
    look(drop)
    look(drop, 3)
    assert len(drop.told) == 2
    assert drop.told[1]["event_id"] != drop.told[0]["event_id"]


def test_rest_that_comes_while_we_are_down_is_told_after_the_start(drop, made):
    stalled(drop)
    told = []
    again = CdrFolder(replace(made, cdr_settle=0), told.extend)

    async def scenario():
        task = asyncio.create_task(again.run())
        async with asyncio.timeout(20):
            while len(told) < 2:
                await asyncio.sleep(0.01)
        task.cancel()

    asyncio.run(scenario())
    assert drop.told[0] in told  # once too often does no harm
    assert len({event["event_id"] for event in told}) == 2


def test_full_disk_loses_no_call(drop, made):
    upload(drop, samples.row(answer=5))
    keep, drop.put = drop.put, full_disk
    with pytest.raises(OSError):
        look(drop)
    assert names(drop.folder) == [NAME]
    drop.put = keep
    look(drop)
    assert len(drop.told) == 1
    assert names(drop.folder) == []


def full_disk(_events):
    raise OSError(28, "No space left on device")


def test_row_of_a_clock_ahead_makes_nothing_forgotten(drop):
    drop.memory.keep = 3600
    ahead = int(time.time()) - samples.T0 + 80_000
    now = int(time.time()) - samples.T0
    upload(drop, samples.row(1, ahead, None, ahead + 9), samples.transfer()[0])
    rows = samples.row(2, now - 60, now - 50, now - 9, legs=(7, 8))
    upload(drop, rows, name=NAME + "1")
    look(drop)
    assert len(drop.memory.rows) == 2  # the old one alone is gone


def test_read_files_are_deleted_after_their_days(drop, made):
    upload(drop, samples.row(answer=5))
    look(drop)
    old = made.cdr_done / "old"
    old.write_text("x")
    os.utime(old, (1, 1))

    async def scenario():
        task = asyncio.create_task(drop.run())
        async with asyncio.timeout(20):
            while old.exists():
                await asyncio.sleep(0.01)
        task.cancel()

    asyncio.run(scenario())
    assert names(made.cdr_done) == [NAME]


def test_growing_file_is_not_touched(drop):
    row = samples.row(answer=5)
    upload(drop, row)
    look(drop, 1)
    upload(drop, row, samples.row(5, answer=5, legs=(7, 8)))
    look(drop, 1)
    assert drop.told == []
    look(drop, 1)
    assert len(drop.told) == 2


def test_same_file_and_same_rows_of_another_node_tell_nothing_twice(drop, made):
    row = samples.row(answer=5)
    for number in range(3):
        upload(drop, row, name=NAME if number < 2 else NAME.replace("_01_", "_02_"))
        look(drop)
    assert len(drop.told) == 1
    assert len(names(made.cdr_done)) == 3


def test_late_row_completes_the_call(drop):
    original, consult, joined = samples.transfer()
    upload(drop, consult)
    look(drop)
    assert drop.told == []  # a talk of colleagues, as far as one can see
    upload(drop, joined, name=NAME + "3")
    look(drop)
    upload(drop, original, name=NAME + "4")
    look(drop)
    assert [e["agent"]["extension"] for e in drop.told] == [SECOND, FIRST]


def test_restart_remembers_what_was_told_and_what_waits(drop, made):
    original, consult, joined = samples.transfer()
    upload(drop, original, consult)
    look(drop)
    again = CdrFolder(made, drop.told.append)
    again.remember()
    told = []
    again.put = told.extend
    upload(again, original, joined, name=NAME + "5")
    look(again)
    assert [event["agent"]["extension"] for event in told] == [SECOND]


def test_lines_that_are_no_rows_are_named(drop, made):
    upload(drop, samples.row(dateTimeOrigination="x"), samples.row(answer=5))
    look(drop)
    assert len(drop.told) == 1
    text = (made.cdr_failed / f"{NAME}.lines.txt").read_text()
    assert text == "line 3: datetimeorigination: not a number\n"


def test_what_is_no_journal_is_set_aside(drop, made):
    (drop.folder / "notes.txt").write_text("hello\n")
    os.utime(drop.folder / "notes.txt", (1, 1))
    secret = drop.folder.parent / "secret"
    secret.write_text("x\n")
    (drop.folder / "link").symlink_to(secret)
    look(drop)
    assert drop.told == []
    assert secret.exists()
    assert names(drop.folder) == []
    assert (
        "no line of column names"
        in (made.cdr_failed / "notes_txt.reason.txt").read_text()
    )
    assert "symbolic" in (made.cdr_failed / "link.reason.txt").read_text()


def test_memory_is_bounded(drop):
    for day in range(4):
        upload(drop, samples.row(day + 1, start=day * 86400, end=day * 86400 + 9))
        look(drop)
    assert len(drop.memory.rows) == 2
    assert len(drop.told) == 4


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"inner_numbers": "("}, "inner_numbers"),
        ({"lines": "6024"}, "list of numbers"),
        ({"lines": ["60-24"]}, "no number"),
        ({"lines": [""]}, "no number"),
    ],
)
def test_wrong_settings_are_named(change, words):
    with pytest.raises(SettingsError, match=words):
        build(DATA | {"cdr": {"folder": "x"} | change})
