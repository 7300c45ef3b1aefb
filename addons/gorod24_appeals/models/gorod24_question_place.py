# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: whether a question is about a house, whose norms are not those of a street.

Asked before saving, while saving and ever after: one method decides it.
"""

from odoo import api, models

from odoo.addons.gorod24_address.parsing import parse

HOUSES = ("house", "flat")


class Question(models.Model):
    _inherit = "gorod24.question"

    @api.model
    def _is_place_in_house(self, topic, building, street, note):
        """Whether the norms for apartment buildings may count for a place.

        A topic about houses takes words for a house the directory lacks (a new one):
        the trouble is in a house all the same.
        """
        if building or not (street or note):
            return True
        asks_house = topic.required_place in HOUSES
        return bool(asks_house and note and self._names_house(street, note))

    @api.model
    def _names_house(self, street, note):
        """Whether words name the number of a house, by themselves or in a street."""
        words = filter(None, [street.display_name, note])
        return bool(parse(", ".join(words)).house)

    def _is_in_house(self, topic=None):
        """`_is_place_in_house` of this question, or as it would be under a topic."""
        self.ensure_one()
        return self._is_place_in_house(
            topic or self.topic_id, self.building_id, self.address_id, self.place_note
        )

    def _follow_place(self, was_in_house):
        """An emergency moved into a house, or out of one, lives by other norms."""
        self.ensure_one()
        if not self.emergency or self._is_in_house() == was_in_house:
            return
        self.regime_id = self._get_regime_for(self.topic_id)
        self._derive_terms()
