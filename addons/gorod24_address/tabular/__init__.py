# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Tables people send: CSV, XLSX, JSON read into rows of text and written back.

Plain Python: nothing here knows Odoo. The public names:

* ``read_table(content, filename)`` → :class:`Table`, raises :class:`TableError`;
* ``write_table(headers, rows, file_format)`` → bytes that ``read_table`` reads back;
* ``Column``, ``guess_mapping``, ``map_rows``: our columns found in their headers;
* ``Problem``, ``ImportPlan``: what a dry run found.
"""

from .columns import Column, guess_mapping, map_rows
from .errors import TableError
from .plan import ImportPlan, Problem
from .reader import Row, Table, read_table
from .writer import write_table

__all__ = [
    "Column",
    "ImportPlan",
    "Problem",
    "Row",
    "Table",
    "TableError",
    "guess_mapping",
    "map_rows",
    "read_table",
    "write_table",
]
