# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import csv

from odoo.tools import file_open


def read_table(name):
    """Return the rows of ``demo/<name>.csv`` as dicts."""
    with file_open(f"gorod24/demo/{name}.csv") as table:
        return list(csv.DictReader(table))
