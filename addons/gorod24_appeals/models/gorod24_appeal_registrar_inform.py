# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: the card tells how the citizen wants to learn the result."""

from odoo import models
from odoo.exceptions import UserError

from .helpdesk_ticket_inform_way import WAYS


class AppealRegistrar(models.AbstractModel):
    _inherit = "gorod24.appeal.registrar"

    def _check_form(self, values, questions):
        result = super()._check_form(values, questions)
        way, email = values.get("inform_way"), values.get("inform_email")
        if not isinstance(email or "", str) or (way or "phone") not in dict(WAYS):
            raise UserError(self.env._("The card is not filled in properly."))
        return result

    def _prepare_partner_vals(self, values, number):
        """The way is remembered for the person's next appeal; "not needed" is not: it
        was said about this one."""
        vals = super()._prepare_partner_vals(values, number)
        if values.get("inform_way") not in (None, False, "", "none"):
            vals["inform_way"] = values["inform_way"]
        if values.get("inform_email"):
            vals["email"] = values["inform_email"].strip()
        return vals

    def _prepare_appeal_vals(self, values, partner, number, points):
        vals = super()._prepare_appeal_vals(values, partner, number, points)
        vals["inform_way"] = values.get("inform_way") or partner.inform_way or "phone"
        if values.get("inform_email"):
            vals["inform_email"] = values["inform_email"].strip()
        elif values.get("inform_way") == "email" and not partner.email:
            raise UserError(
                self.env._(
                    "The result is to be told by e-mail: write the address, or choose a"
                    " call."
                )
            )
        return vals

    def _prepare_question_vals(self, appeal, position, point):
        vals = super()._prepare_question_vals(appeal, position, point)
        if appeal.inform_way == "none":
            vals.update(
                informing_declined=True,
                declined_at=appeal.registered_at,
                declined_by_id=self.env.uid,
            )
        return vals
