# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class TableImportHeader(models.TransientModel):
    """A title met in a file that is being imported."""

    _name = "gorod24.table.import.header"
    _description = "Title of a Column in a File"

    name = fields.Char(required=True)
