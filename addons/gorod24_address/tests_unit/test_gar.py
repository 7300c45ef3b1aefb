# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Reading the State Address Register: archive, stream of rows, what is kept."""

import io
import os
import pathlib
import random
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain import archives, gar, parsing

TODAY = "2026-03-20"
small_region = archives.small_region


@pytest.fixture
def write(tmp_path):
    """Write bytes to a file and open them as an Archive."""

    def make(content):
        path = tmp_path / "gar.zip"
        path.write_bytes(content)
        return gar.Archive(path)

    return make


def real(name):
    """Path of a real archive, or None when it is not beside the repository."""
    home = pathlib.Path(__file__).resolve().parents[3].parent / "shared" / "data"
    path = pathlib.Path(os.environ.get("G24_SHARED") or home) / "gar" / name
    return path if path.exists() else None


def zipped(**files):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, data in files.items():
            pack.writestr(name.replace("__", "/"), data)
    return target.getvalue()


def read_all(archive, table, rows, region="97"):
    """Run a whole file through a row reader.

    :return: its lines as lists of values
    """
    for member in archive.find(table, region):
        reader = gar.Reader(archive, member, rows)
        while reader.step():
            pass
        reader.close()
    return [line.rstrip("\n").split("\t") for line in rows.take()]


def column(rows, lines, name):
    place = rows.columns.index(name)
    return [line[place] for line in lines]


class TestArchive:
    def test_edition_and_regions(self, write):
        archive = write(small_region().content())
        assert archive.version == "2026.03.10"
        assert archive.regions == ["97"]
        assert len(archive.find("HOUSES", "97")) == 1
        assert not archive.find("HOUSES", "98")

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "not_zip"),
            (b"plain text", "not_zip"),
            (b"PK\x03\x04 but no more", "broken_zip"),
            (small_region().content()[:900], "broken_zip"),
            (zipped(**{"version.txt": ""}), "empty"),
            (zipped(**{"version.txt": "2026.03.10"}), "no_region"),
            (zipped(**{"1.txt": "x"}), "no_version"),
            (
                zipped(**{"97__AS_HOUSES_20260310_x.XML": b"0" * (70 << 20)}),
                "bomb",
            ),
        ],
    )
    def test_what_is_no_register_is_refused(self, write, content, code):
        with pytest.raises(gar.GarError) as caught:
            write(content)
        assert caught.value.code == code

    def test_password(self, write):
        content = bytearray(small_region().content())
        for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            content[content.index(sign) + place] |= 1
        with pytest.raises(gar.GarError) as caught:
            write(bytes(content))
        assert caught.value.code == "encrypted"

    def test_only_files_of_the_register_count(self, write):
        content = zipped(
            **{
                "97__AS_ADDR_OBJ_20260310_a.XML": "<ADDRESSOBJECTS/>",
                "97__AS_ADDR_OBJ_DIVISION_20260310_a.XML": "<ITEMS/>",
                "97__AS_ADDR_OBJ_TYPES_20260310_a.XML": "<x/>",
                "..__..__AS_HOUSES.XML": "<HOUSES/>",
                "readme.txt": "x",
            }
        )
        archive = write(content)
        assert [member.table for member in archive.members] == ["ADDR_OBJ"]

    @pytest.mark.parametrize("name", ["empty.zip", "no_version.zip"])
    def test_real_bad_archives(self, name):
        path = real(name)
        if path:
            with pytest.raises(gar.GarError) as caught:
                gar.Archive(path)
            assert caught.value.code == name.partition(".")[0]


class TestReader:
    def test_every_row_once_in_order(self, write):
        archive = write(small_region(houses=500).content())
        (member,) = archive.find("HOUSES", "97")
        rows = gar.read_rows(archive, member)
        assert [r["HOUSENUM"] for r in rows[:500]] == [str(i + 1) for i in range(500)]
        assert len(rows) == 501

    @settings(max_examples=25, deadline=None)
    @given(st.integers(0, 2**32))
    def test_reading_may_stop_and_go_on_anywhere(self, tmp_path_factory, seed):
        """Whatever the chunks and the cuts: no row is lost, none comes twice."""
        draw = random.Random(seed)
        path = tmp_path_factory.mktemp("gar") / "gar.zip"
        path.write_bytes(small_region(houses=80).content())
        module = __import__(gar.Reader.__module__, fromlist=["CHUNK"])
        chunk, module.CHUNK = module.CHUNK, draw.randint(40, 3000)
        found, place, more = [], None, True
        try:
            while more:
                with gar.Archive(path) as archive:
                    (member,) = archive.find("HOUSES", "97")
                    reader = gar.Reader(archive, member, found.append, place)
                    for _turn in range(draw.randint(1, 6)):
                        more = reader.step()
                        if not more:
                            break
                    place = reader.place
                    reader.close()
        finally:
            module.CHUNK = chunk
        assert [row["OBJECTID"] for row in found] == [
            *(str(97_000 + i) for i in range(80)),
            "97900",
        ]
        assert place.rows == 81

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            (lambda data: data.replace(b'HOUSENUM="7"', b"HOUSENUM=7"), "bad_xml"),
            (lambda data: data[:-40], "bad_xml"),
            (lambda data: b"", "bad_xml"),
            (lambda data: b"\x00\x01\x02" * 50, "bad_xml"),
            (lambda data: data.replace(b"<HOUSES>", b"<FLATS>", 1), "wrong_root"),
            (
                lambda data: data.replace(
                    b"<HOUSES>", b'<!DOCTYPE x [<!ENTITY a "b">]><HOUSES>', 1
                ),
                "entities",
            ),
        ],
    )
    def test_damaged_xml_is_told_with_its_place(self, write, change, code):
        content = small_region(houses=20).content(
            lambda table, data: change(data) if table == "HOUSES" else data
        )
        archive = write(content)
        (member,) = archive.find("HOUSES", "97")
        with pytest.raises(gar.GarError) as caught:
            gar.read_rows(archive, member)
        assert caught.value.code == code
        assert "AS_HOUSES" in caught.value.values["file"]

    def test_cp1251_declared_is_read(self, write):
        def change(table, data):
            text = data.decode("utf-8-sig").replace('encoding="utf-8"', "")
            head = '<?xml version="1.0" encoding="windows-1251"?>'
            text = head + text.partition("?>")[2]
            return text.encode("cp1251")

        archive = write(small_region().content(change))
        rows = gar.AddressRows(TODAY, "97")
        lines = read_all(archive, "ADDR_OBJ", rows)
        assert "Липовая" in column(rows, lines, "name")


class TestRows:
    def test_addresses_with_former_names(self, write):
        archive = write(small_region().content())
        rows = gar.AddressRows(TODAY, "97")
        lines = read_all(archive, "ADDR_OBJ", rows)
        names = list(
            zip(
                column(rows, lines, "label"),
                column(rows, lines, "level"),
                column(rows, lines, "current"),
                strict=True,
            )
        )
        assert ("ул. Липовая", "street", "t") in names
        assert ("ул. Ильича", "street", "f") in names
        assert ("г. Липовск", "city", "t") in names

    @pytest.mark.parametrize(
        ("change", "current"),
        [
            ({}, "t"),
            ({"ISACTUAL": 0}, "f"),
            ({"ISACTIVE": 0}, "f"),
            ({"ENDDATE": "2026-03-20"}, "f"),
            ({"ENDDATE": "2026-03-21"}, "t"),
            ({"STARTDATE": "2026-04-01"}, "f"),
        ],
    )
    def test_only_actual_versions_are_current(self, write, change, current):
        archive = archives.GarArchive()
        archive.place(9799, 8, "Новая", "ул", (), **change)
        rows = gar.AddressRows(TODAY, "97")
        lines = read_all(write(archive.content()), "ADDR_OBJ", rows)
        assert column(rows, lines, "current") == [current]

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"OBJECTID": "x"}, "bad_id"),
            ({"OBJECTID": 2**40}, "bad_id"),
            ({"OBJECTGUID": "no guid"}, "bad_guid"),
            ({"NAME": "  "}, "no_name"),
            ({"LEVEL": 9}, "bad_level"),
        ],
    )
    def test_impossible_rows_are_kept_for_the_report(self, write, change, reason):
        archive = archives.GarArchive()
        archive.place(9799, 8, "Новая", "ул", (), **change)
        rows = gar.AddressRows(TODAY, "97")
        assert not read_all(write(archive.content()), "ADDR_OBJ", rows)
        assert [refused[0] for refused in rows.take_refused()] == [reason]

    def test_links_stay_within_the_chosen_place(self, write):
        archive = write(small_region().content())
        rows = gar.LinkRows(
            TODAY, "97", gar.IdSet([971, 972, 973, 9701]), [str(archives.DISTRICT)]
        )
        lines = read_all(archive, "MUN_HIERARCHY", rows)
        objects = column(rows, lines, "objectid")
        assert "97000" in objects
        assert "97900" not in objects

    def test_only_the_valid_postal_code(self, write):
        archive = write(small_region(houses=1).content())
        rows = gar.ParamRows(TODAY, gar.IdSet([97_000]), {"5": "postal_code"})
        lines = read_all(archive, "HOUSES_PARAMS", rows)
        assert column(rows, lines, "value") == ["656001"]

    def test_tabs_and_backslashes_do_not_break_the_line(self, write):
        archive = archives.GarArchive()
        archive.place(9799, 8, "А\tБ\\N\nВ", "ул", ())
        rows = gar.AddressRows(TODAY, "97")
        lines = read_all(write(archive.content()), "ADDR_OBJ", rows)
        assert len(lines) == 1
        assert len(lines[0]) == len(rows.columns)

    def test_real_region(self):
        path = real("region99_2023-06-26.zip")
        if not path:
            return
        with gar.Archive(path) as archive:
            rows = gar.AddressRows(TODAY, "99")
            lines = read_all(archive, "ADDR_OBJ", rows, "99")
            current = zip(
                column(rows, lines, "current"),
                column(rows, lines, "objectid"),
                strict=True,
            )
            assert len({number for flag, number in current if flag == "t"}) == 48
            (member,) = archive.find("HOUSES", "99")
            houses = gar.read_rows(archive, member)
            every = gar.IdSet(int(row["OBJECTID"]) for row in houses)
            rows = gar.HouseRows(TODAY, "99", every, gar.HOUSE_WORDS, {})
            lines = read_all(archive, "HOUSES", rows, "99")
            assert column(rows, lines, "current").count("t") == 550
            assert not rows.take_refused()


class TestNumbers:
    @pytest.mark.parametrize(
        ("parts", "text", "key"),
        [
            (("54", "", None, "", None, ""), "54", "54"),
            (("54В", "", None, "", None, ""), "54В", "54в"),
            (("54", "", "1", "корп.", None, ""), "54 корп. 1", "54 к1"),
            (("54", "", "2", "стр.", None, ""), "54 стр. 2", "54 с2"),
            (("54/1", "", None, "", None, ""), "54/1", "54/1"),
            (("5", "стр.", None, "", None, ""), "стр. 5", "5 с"),
            (("16/2", "соор.", None, "", None, ""), "соор. 16/2", "16/2 соор"),
        ],
    )
    def test_number_as_written_and_its_key(self, parts, text, key):
        assert gar.format_house(*parts) == text
        assert gar.number_key(text) == key

    @pytest.mark.parametrize("text", ["стр. 5а", "соор. 16/2", "корп. 3", "54 стр. 2"])
    def test_key_is_that_of_the_same_number_typed(self, text):
        assert gar.number_key(text) == parsing.house_key(text)

    def test_kinds_of_buildings_are_different_houses(self):
        keys = {gar.number_key(f"{word} 5".strip()) for word in ("", "стр.", "г-ж")}
        assert len(keys) == 3


@given(st.sets(st.integers(0, 2**31 - 1), max_size=40), st.integers(0, 2**31 - 1))
def test_set_of_numbers(numbers, other):
    """The compact set answers as a set does."""
    small = {number % 5000 for number in numbers} | {n for n in numbers if n > 2**29}
    found = gar.IdSet(small)
    assert len(found) == len(small)
    assert all(number in found for number in small)
    assert (other % 5000 in found) == (other % 5000 in small)
