# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    # The topic of an appeal is never lost: a used topic is archived, not deleted.
    category_id = fields.Many2one(ondelete="restrict")
