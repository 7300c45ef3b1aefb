# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class Question(models.Model):
    _inherit = "gorod24.question"

    # History of a house, newest first: pages of gorod24.history.
    _house_idx = models.Index("(building_id, id DESC) WHERE building_id IS NOT NULL")
