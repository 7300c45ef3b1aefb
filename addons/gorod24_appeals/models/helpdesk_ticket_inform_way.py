# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: how the citizen wants to learn the result, and how he found it."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from .gorod24_informing_attempt import SATISFACTION

WAYS = [
    ("phone", "By a call"),
    ("email", "By e-mail"),
    ("sms", "By SMS"),
    ("none", "No informing needed"),
]
# The worst answer about the questions of an appeal is the one to look at.
_WORST_FIRST = ("no", "partly", "not_asked", "yes")


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    inform_way = fields.Selection(WAYS, "Tell the result", default="phone")
    inform_email = fields.Char("E-mail for the result")
    satisfaction = fields.Selection(
        SATISFACTION,
        compute="_compute_satisfaction",
        search="_search_satisfaction",
        help="The worst answer about the questions of the appeal.",
    )

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """A message is offered only where messages are sent."""
        result = super().fields_get(allfields, attributes)
        way = result.get("inform_way", {})
        if "selection" in way and not self.env["gorod24.informing"]._may_send_sms():
            way["selection"] = [item for item in way["selection"] if item[0] != "sms"]
        return result

    @api.depends("question_ids.satisfaction")
    def _compute_satisfaction(self):
        for appeal in self:
            answers = set(appeal.question_ids.mapped("satisfaction"))
            appeal.satisfaction = next((a for a in _WORST_FIRST if a in answers), False)

    @api.model
    def _search_satisfaction(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("question_ids", "any", [("satisfaction", "in", list(value))])]

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._with_normal_email(vals) for vals in vals_list])

    def write(self, vals):
        result = super().write(self._with_normal_email(vals))
        if not {"inform_way", "inform_email"}.isdisjoint(vals):
            self._follow_inform_way()
        return result

    @api.model
    def _with_normal_email(self, vals):
        """Return the values with the e-mail as mail servers want it.

        :raises UserError: when it is none.
        """
        email = vals.get("inform_email")
        if not email:
            return vals
        normal = email_normalize(email)
        if not normal:
            raise UserError(self.env._("This is not an e-mail address."))
        return {**vals, "inform_email": normal}

    def _follow_inform_way(self):
        """Questions not yet told follow the citizen's new choice."""
        if self.question_ids:
            self.question_ids._check_operator()
        # sudo: an operator may change the choice; questions and duties change by
        # methods only
        questions = self.sudo().question_ids.filtered(
            lambda one: one.state != "closed" or one._is_joined()
        )
        declined = questions.filtered(lambda one: one.appeal_id.inform_way == "none")
        declined.filtered(
            lambda one: not one.informing_declined
        ).action_decline_informing()
        changed = (questions - declined).filtered("informing_declined")
        changed.write(
            {"informing_declined": False, "declined_at": False, "declined_by_id": False}
        )
        due = (questions - declined).informing_ids
        due = due.filtered(lambda informing: informing.state == "due")
        due._recall_unwanted_letters()
        due._start_letters()

    def _get_letter_address(self):
        """Return the address a letter about the result would go to, or False."""
        self.ensure_one()
        if self.converted_at and self.answer_email:
            return self.answer_email
        if self.inform_way != "email":
            return False
        return self.inform_email or email_normalize(self.partner_id.email) or False


class Partner(models.Model):
    _inherit = "res.partner"

    inform_way = fields.Selection(
        WAYS, "Tell results", help="Chosen in the latest appeal; offered in the next."
    )


class CallerCard(models.AbstractModel):
    _inherit = "gorod24.caller.card"

    def load(self, *args, **kwargs):
        card = super().load(*args, **kwargs)
        card["may_sms"] = self.env["gorod24.informing"]._may_send_sms()
        return card

    def _person_vals(self, partner, number):
        vals = super()._person_vals(partner, number)
        vals["inform_way"] = partner.inform_way or "phone"
        if (
            vals["inform_way"] == "sms"
            and not self.env["gorod24.informing"]._may_send_sms()
        ):
            vals["inform_way"] = "phone"
        vals["email"] = partner.email or ""
        return vals
