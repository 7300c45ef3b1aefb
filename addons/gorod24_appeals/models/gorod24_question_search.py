# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: questions are looked up by every parameter apart: phone and street in any
spelling. The rest are plain fields of the search view."""

from odoo import api, fields, models
from odoo.fields import Domain


class Question(models.Model):
    _inherit = "gorod24.question"

    search_phone = fields.Char(
        "Phone", compute="_compute_search_place", search="_search_search_phone"
    )
    search_street = fields.Char(
        "Street with all its houses",
        compute="_compute_search_place",
        search="_search_search_street",
    )

    # A number that called: the journal and the search box ask for it.
    _phone_idx = models.Index("(phone_e164, id DESC) WHERE phone_e164 IS NOT NULL")
    _address_idx = models.Index("(address_id, id DESC) WHERE address_id IS NOT NULL")

    @api.depends("phone_e164", "address_id")
    def _compute_search_place(self):
        for question in self:
            question.search_phone = question.phone_e164
            question.search_street = question.address_id.display_name

    @api.model
    def _search_search_phone(self, operator, value):
        if operator not in ("=", "ilike") or not isinstance(value, str):
            return NotImplemented
        number = self.env["gorod24.phone"]._normalise(value)
        if number:
            return Domain("phone_e164", "=", number)
        # a piece of a number: appeals have the index for it
        return Domain("appeal_id", "any", [("phone_search", operator, value)])

    @api.model
    def _search_search_street(self, operator, value):
        """Streets by any spelling and by former names, with all their houses."""
        if operator not in ("=", "ilike") or not isinstance(value, str):
            return NotImplemented
        found = self.env["gorod24.building"].suggest(value, limit=8)
        streets = {place["address_id"] for place in found if place["score"] >= 0.5}
        return (
            Domain("address_id", "in", list(streets))
            | Domain("building_id.street_id", "in", list(streets))
            | Domain("cross_address_id", "in", list(streets))
        )
