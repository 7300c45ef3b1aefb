# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class TableImportColumn(models.TransientModel):
    """Our column and the title it has in the file, chosen by the person."""

    _name = "gorod24.table.import.column"
    _description = "Column of an Import"

    res_model = fields.Char(required=True, index=True)
    res_id = fields.Many2oneReference(model_field="res_model", index=True)
    name = fields.Char(required=True, export_string_translation=False)
    label = fields.Char(string="Column", readonly=True)
    hint = fields.Char(string="What is expected", readonly=True)
    required = fields.Boolean(readonly=True)
    header_ids = fields.Many2many(
        "gorod24.table.import.header", export_string_translation=False
    )
    header_id = fields.Many2one(
        "gorod24.table.import.header",
        string="Title in the file",
        domain="[('id', 'in', header_ids)]",
    )
