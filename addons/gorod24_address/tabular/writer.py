# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rows of text → CSV, XLSX, JSON that a person opens and `read_table` reads back."""

import csv
import io
import json

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def write_table(headers, rows, file_format):
    """Write a table.

    Cells stay text: a code keeps its leading zeros, «=1+1» never becomes a formula.

    :param headers: titles in their order
    :param rows: iterable of lists of the same length; None gives an empty cell
    :param file_format: "csv" (utf-8 with a mark, «;»), "xlsx" or "json"
    :return: bytes
    """
    return _WRITERS[file_format](list(headers), rows)


def _text(value):
    return "" if value is None or value is False else str(value)


def _write_csv(headers, rows):
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([_guard(header) for header in headers])
    for row in rows:
        writer.writerow([_guard(_text(cell)) for cell in row])
    return stream.getvalue().encode("utf-8-sig")


def _guard(text):
    """An apostrophe before a sign that makes a spreadsheet run the cell."""
    return "'" + text if text.startswith(("'", *_FORMULA_SIGNS)) else text


def _write_xlsx(headers, rows):
    from xlsxwriter import Workbook  # heavy, and needed for this format only

    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True, "bottom": 1})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    for place, header in enumerate(headers):
        sheet.write_string(0, place, header, bold)
        sheet.set_column(place, place, min(60, max(12, len(header) + 2)), text)
    for number, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            sheet.write_string(number, place, _text(cell), text)
    sheet.freeze_panes(1, 0)
    book.close()
    return stream.getvalue()


def _write_json(headers, rows):
    items = [
        dict(zip(headers, [_text(cell) for cell in row], strict=True)) for row in rows
    ]
    return json.dumps(items, ensure_ascii=False, indent=1).encode()


_WRITERS = {"csv": _write_csv, "xlsx": _write_xlsx, "json": _write_json}
