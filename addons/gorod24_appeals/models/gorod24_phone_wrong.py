# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: numbers at which somebody else answers."""

from odoo import api, fields, models


class Phone(models.Model):
    _inherit = "gorod24.phone"

    wrong = fields.Boolean(
        "Wrong number", help="Somebody else answers here. Cleared by the next call."
    )
    wrong_at = fields.Datetime("Found wrong at", readonly=True)

    @api.model
    def _ensure(self, partner, number):
        """Return the record of a number (E.164) of a person, made if he had none."""
        mine = [("e164", "=", number), ("partner_id", "=", partner.id)]
        phone = self.search(mine, limit=1)
        return phone or self.create({"e164": number, "partner_id": partner.id})

    @api.model
    def _mark_wrong(self, number, partner, moment):
        """Note that another person answers at the number of ``partner``."""
        if partner and number:
            self._ensure(partner, number).write({"wrong": True, "wrong_at": moment})

    @api.model
    def _remember(self, partner, number):
        """He was spoken to at this number: it is not wrong any more."""
        phone = super()._remember(partner, number)
        if phone.wrong:
            phone.write({"wrong": False, "wrong_at": False})
        return phone

    @api.model
    def _get_remembered_fields(self):
        return [*super()._get_remembered_fields(), "wrong"]


class Partner(models.Model):
    _inherit = "res.partner"

    def _get_usable_numbers(self):
        """Numbers (E.164) at which these persons may be called."""
        phones = self.phone_ids.filtered(
            lambda phone: not (phone.wrong or phone.do_not_call)
        )
        return set(phones.mapped("e164"))
