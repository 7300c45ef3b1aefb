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


def test_wrong_expression_is_named():
    cdr = {"folder": "x", "inner_numbers": "("}
    with pytest.raises(SettingsError, match="inner_numbers"):
        build(DATA | {"cdr": cdr})
