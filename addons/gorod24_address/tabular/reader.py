# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""CSV, XLSX and JSON → rows of text with the numbers a person sees in the sheet."""

import csv
import datetime
import io
import json
import zipfile
from typing import NamedTuple

from .errors import TableError

MAX_BYTES = 64 * 1024 * 1024
#: An XLSX unpacks to much more than it weighs; beyond this it is an attack.
MAX_UNPACKED = 512 * 1024 * 1024
MAX_ROWS = 300_000
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


class Row(NamedTuple):
    """number: as the sheet shows it, the header being 1; values: {header: text}."""

    number: int
    values: dict


class Table(NamedTuple):
    """Headers in their order and rows that hold something."""

    headers: list
    rows: list


def read_table(content, filename=""):
    """Read a table.

    :param content: bytes of the file
    :param filename: its extension tells the format: .csv, .txt, .xlsx, .json
    :return: :class:`Table`; blank rows are left out, numbers stay those of the sheet
    :raise TableError: when the file is no such table
    """
    if not content:
        raise TableError("empty")
    if len(content) > MAX_BYTES:
        raise TableError("too_large", limit=MAX_BYTES // 2**20)
    extension = (filename or "").rpartition(".")[2].lower()
    reader = _READERS.get(extension)
    if not reader:
        raise TableError("unknown_format", name=filename or "")
    if extension == "json":
        return reader(content)
    return _make_table(reader(content))


def _make_table(lines):
    """Table of an iterable of (number, list of texts); the first line is the header."""
    lines = iter(lines)
    first = next((line for line in lines if any(line[1])), None)
    if first is None:
        raise TableError("empty")
    headers = _read_headers(first[1])
    rows = []
    for number, cells in lines:
        if any(cells[len(headers) :]):
            raise TableError("long_row", row=number, limit=len(headers))
        if any(cells):
            rows.append(Row(number, dict(zip(headers, cells, strict=False))))
        if len(rows) > MAX_ROWS:
            raise TableError("too_many_rows", limit=MAX_ROWS)
    for row in rows:
        for header in headers[len(row.values) :]:
            row.values[header] = ""
    return Table([h for h in headers if h.strip()], rows)


def _read_headers(cells):
    """Titles; an untitled column keeps a blank name of its own width."""
    while cells and not cells[-1]:
        cells = cells[:-1]
    headers = []
    for place, cell in enumerate(cells):
        header = cell or " " * (place + 1)
        if header in headers:
            raise TableError("double_header", header=header)
        headers.append(header)
    return headers


def _read_csv(content):
    text = _decode(content)
    delimiter = _find_delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 1
    try:
        for cells in reader:
            yield number, [_unguard(cell.strip()) for cell in cells]
            # a cell may hold line breaks, then the row is known by its first line
            number = reader.line_num + 1
    except csv.Error as error:
        raise TableError("bad_quotes", row=number) from error


def _decode(content):
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1251")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise TableError("binary")


def _find_delimiter(text):
    """The sign that parts the header, quoted parts not counted."""
    line = next((line for line in text.splitlines() if line.strip()), "")
    outside = "".join(line.split('"')[::2])
    return max(";\t,", key=outside.count)


def _unguard(cell):
    """Take off the apostrophe that `write_table` puts before a formula sign."""
    if len(cell) > 1 and cell[0] == "'" and cell[1] in ("'", *_FORMULA_SIGNS):
        return cell[1:]
    return cell


def _read_xlsx(content):
    from openpyxl import load_workbook  # heavy, and needed for this format only

    _check_archive(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # some programs write wrong ones
        for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            yield number, [cell_text(cell) for cell in cells]
        book.close()
    except TableError:
        raise
    except Exception as error:  # openpyxl lets out whatever its XML readers raise
        raise TableError("bad_archive") from error


def _check_archive(content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile as error:
        raise TableError("bad_archive") from error
    if size > MAX_UNPACKED:
        raise TableError("too_large", limit=MAX_UNPACKED // 2**20)


def cell_text(value):
    """A cell as text: 54.0 → «54», dates as YYYY-MM-DD, true → «1», lists by «; »."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(" ")
    if isinstance(value, list | tuple):
        return "; ".join(cell_text(item) for item in value)
    return str(value).strip()


def _read_json(content):
    try:
        data = json.loads(_decode(content))
    except (ValueError, RecursionError) as error:
        raise TableError("bad_json", row=getattr(error, "lineno", 0)) from error
    if not isinstance(data, list) or not all(isinstance(item, dict) for item in data):
        raise TableError("not_a_list")
    if len(data) > MAX_ROWS:
        raise TableError("too_many_rows", limit=MAX_ROWS)
    headers = list(dict.fromkeys(str(key) for item in data for key in item))
    rows = [
        Row(number, {header: cell_text(item.get(header)) for header in headers})
        for number, item in enumerate(data, 2)
    ]
    if not rows:
        raise TableError("empty")
    return Table(headers, [row for row in rows if any(row.values.values())])


_READERS = {
    "csv": _read_csv,
    "txt": _read_csv,
    "tsv": _read_csv,
    "xlsx": _read_xlsx,
    "json": _read_json,
}
