# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tabular import Column, TableError, guess_mapping, map_rows, read_table, write_table

CELL = st.text(
    st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufeff"),
    max_size=12,
).map(str.strip)
ROWS = st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=6)


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "json"])
@given(rows=ROWS)
def test_what_is_written_is_read_back(file_format, rows):
    content = write_table(["код", "=имя", "дом; корпус"], rows, file_format)
    if file_format == "json" and not rows:
        return
    table = read_table(content, f"лист.{file_format}")
    kept = [row for row in rows if any(row)]
    assert [list(row.values.values()) for row in table.rows] == kept


def test_rows_keep_the_numbers_of_the_sheet():
    text = 'код;имя\n1;"две\nстроки"\n\n2;б\n'
    table = read_table(text.encode(), "a.csv")
    assert [row.number for row in table.rows] == [2, 5]
    assert table.rows[0].values == {"код": "1", "имя": "две\nстроки"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_spellings_of_csv(encoding, delimiter):
    text = f"Улица{delimiter}Дом\nПопова{delimiter}54-в\n"
    table = read_table(text.encode(encoding), "a.CSV")
    assert table.rows[0].values == {"Улица": "Попова", "Дом": "54-в"}


def test_leading_zeros_and_numbers():
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["код", "дом", "с"])
    book.active.append(["0005", 54.0, True])
    stream = io.BytesIO()
    book.save(stream)
    row = read_table(stream.getvalue(), "a.xlsx").rows[0]
    assert row.values == {"код": "0005", "дом": "54", "с": "1"}


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.csv", "empty"),
        (b"\n\n;;\n", "a.csv", "empty"),
        (b"a;b\n1;2", "a.doc", "unknown_format"),
        (b"a;a\n1;2", "a.csv", "double_header"),
        (b"a;b\n1;2;3", "a.csv", "long_row"),
        (b'a;b\n1;"2', "a.csv", "bad_quotes"),
        (b"\x00\x01\x02", "a.csv", "binary"),
        (b"no zip", "a.xlsx", "bad_archive"),
        (b"{", "a.json", "bad_json"),
        (b"{}", "a.json", "not_a_list"),
        (b"[" * 100_000, "a.json", "bad_json"),
    ],
)
def test_bad_files_are_named(content, name, code):
    with pytest.raises(TableError) as caught:
        read_table(content, name)
    assert caught.value.code == code


def test_zip_that_is_no_workbook():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(TableError) as caught:
        read_table(stream.getvalue(), "a.xlsx")
    assert caught.value.code == "bad_archive"


@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.xlsx", "a.json"]))
def test_any_bytes_give_a_table_or_a_reason(content, name):
    try:
        read_table(content, name)
    except TableError as error:
        assert error.code


def test_columns_are_found_by_title_alias_and_beginning():
    columns = [
        Column("street", "Улица", True, ("адрес",)),
        Column("house", "Дом", True, ("номер дома",)),
        Column("flats", "Квартир"),
    ]
    headers = ["Номер дома", "УЛИЦА (полностью)", "Примечание"]
    mapping = guess_mapping(columns, headers)
    assert mapping == {"house": "Номер дома", "street": "УЛИЦА (полностью)"}
    rows = read_table("Номер дома;УЛИЦА (полностью)\n5;Попова\n".encode(), "a.csv").rows
    assert map_rows(rows, mapping)[0].values == {"house": "5", "street": "Попова"}
