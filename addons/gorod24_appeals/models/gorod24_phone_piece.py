# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: a number is found by the digits somebody remembers of it."""

from odoo import api, models
from odoo.tools import SQL

from ..finding import MIN_PHONE_DIGITS


class Phone(models.Model):
    _inherit = "gorod24.phone"

    _e164_trgm_idx = models.Index("USING gin (e164 gin_trgm_ops)")

    @api.model
    def _find_piece(self, digits, limit=8):
        """Return phones with these digits in a row, those ending with them first.

        :param digits: five digits and more; fewer fit half of the town
        """
        self.flush_model(["e164"])
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM gorod24_phone WHERE %s LIMIT %s",
                SQL.join(
                    SQL(" OR "),
                    [SQL("e164 LIKE %s", like) for like in self._get_patterns(digits)],
                ),
                limit * 5,
            )
        )
        ids = [phone_id for (phone_id,) in rows]
        found = self.search_fetch([("id", "in", ids)], ["e164", "partner_id"])
        return found.sorted(lambda phone: not phone.e164.endswith(digits))[:limit]

    @api.model
    def _get_patterns(self, digits):
        """Return what numbers with these digits in a row are like.

        No number is kept with the 8 it is dialled with: said from its beginning, it is
        looked for without it, too.
        """
        patterns = [f"%{digits}%"]
        if digits.startswith("8") and len(digits) > MIN_PHONE_DIGITS:
            patterns.append(f"+7{digits[1:]}%")
        return patterns
