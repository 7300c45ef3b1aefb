# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from odoo.addons.gorod24_appeals.phone_number import last_digits


class Phone(models.Model):
    _inherit = "gorod24.phone"

    @api.model
    def _lone_persons(self, numbers):
        """Return {number: partner id} of those numbers that are exactly one person's.

        The same answer as ``_find`` gives, for many numbers at once.
        """
        understood = {number: self._normalise(number) for number in numbers}
        wanted = {
            number: e164
            for number, e164 in understood.items()
            if e164 and not self._is_own(e164)
        }
        by_number = self._grouped_by("e164", set(wanted.values()))
        rest = {last_digits(one) for one in wanted.values() if one not in by_number}
        by_digits = self._grouped_by("last10", rest)
        persons = {}
        for number, e164 in wanted.items():
            phones = by_number.get(e164) or by_digits.get(last_digits(e164))
            if phones and len(phones.partner_id) == 1:
                persons[number] = phones.partner_id.id
        return persons

    @api.model
    def _grouped_by(self, name, values):
        if not values:
            return {}
        found = self.search_fetch([(name, "in", list(values))], [name, "partner_id"])
        return found.grouped(name)
