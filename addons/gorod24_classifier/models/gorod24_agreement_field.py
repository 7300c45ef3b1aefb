# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class Gorod24AgreementField(models.Model):
    """A kind of data about the citizen that an agreement may open."""

    _name = "gorod24.agreement.field"
    _description = "Data under an Agreement"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, readonly=True)
    sequence = fields.Integer(default=10)
    note = fields.Char(string="What it opens", translate=True)

    _code_uniq = models.Constraint("UNIQUE (code)", "There is such a field already.")
