# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    portal_show_name = fields.Boolean(
        "Show the citizen's name",
        help="The agreement with this participant lets its officers see the name of "
        "the citizen on the request.",
    )
    portal_show_phone = fields.Boolean(
        "Show the citizen's phone",
        default=True,
        help="The agreement with this participant lets its officers see and call the "
        "citizen's phone while the request is at work.",
    )
