# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class Gorod24SearchTrial(models.TransientModel):
    """Box of the curator: try a phrase, see what is found and why."""

    _name = "gorod24.search.trial"
    _inherit = "gorod24.search.trial.mixin"
    _description = "Trial of the search of topics"

    trial_phrase = fields.Char(store=True)
