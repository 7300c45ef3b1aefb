# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: notices of the place stand on the card before the citizen has spoken."""

from odoo import api, fields, models

from odoo.addons.gorod24_appeals.models.gorod24_caller_card import _iso


class CallerCard(models.AbstractModel):
    _inherit = "gorod24.caller.card"

    @api.model
    def load(self, number=None, call_id=None, partner_id=None, appeal_id=None):
        """Add the notices of the only house the caller may live in.

        :return: ``notices_of`` names the house, False when it is not known which.
        """
        card = super().load(number, call_id, partner_id, appeal_id)
        houses = {one["building_id"] for one in card["persons"] if one["building_id"]}
        house = houses.pop() if len(houses) == 1 else False
        notices = self.notices_at(house) if house else card["notices"]
        return dict(card, notices=notices, notices_of=house)

    @api.model
    def notices_at(self, building_id=None, address_id=None):
        """Return what is to be told of a house, or of a street: the first first.

        :return: see ``gorod24.notice._find_at``, with ``phase``, ``type_label`` and
            ``end_words``; moments are ISO strings in UTC
        """
        self._check_operator()
        Notice = self.env["gorod24.notice"]
        now = fields.Datetime.now()
        types = dict(Notice._fields["type"]._description_selection(self.env))
        return [
            dict(
                found,
                phase=Notice._get_phase(*moments),
                type_label=types[found["type"]],
                end_words=Notice._get_end_words(*moments),
                starts_at=_iso(found["starts_at"]),
                due_at=_iso(found["due_at"]),
            )
            for found in Notice._find_at(building_id, address_id, now)
            for moments in [(found["type"], found["starts_at"], found["due_at"], now)]
        ]
