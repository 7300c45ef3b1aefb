# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: how the citizen wants to learn the result, and how he found it."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from .gorod24_informing_attempt import SATISFACTION

WAYS = [
    ("phone", "By a call"),
    ("sms", "By a text message"),
    ("email", "By e-mail"),
    ("none", "No informing needed"),
]
# The worst answer about the questions of an appeal is the one to look at.
_WORST_FIRST = ("no", "partly", "not_asked", "yes")


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    inform_way = fields.Selection(WAYS, "Tell the result", default="phone")
    inform_email = fields.Char("E-mail for the result")
    inform_declined_by_id = fields.Many2one(
        "res.users",
        "Informing declined, noted by",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    inform_declined_at = fields.Datetime(
        "Informing declined at", readonly=True, copy=False
    )
    satisfaction = fields.Selection(
        SATISFACTION,
        compute="_compute_satisfaction",
        search="_search_satisfaction",
        help="The worst answer about the questions of the appeal.",
    )

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
        return super().create([self._with_declined(vals) for vals in vals_list])

    def write(self, vals):
        result = super().write(self._with_declined(vals))
        if not {"inform_way", "inform_email"}.isdisjoint(vals):
            self._follow_inform_way()
        return result

    @api.model
    def _with_declined(self, vals):
        """Keep who noted that no informing is needed, and when.

        :raises UserError: when the e-mail is none.
        """
        email = vals.get("inform_email")
        if email:
            normal = email_normalize(email)
            if not normal:
                raise UserError(self.env._("This is not an e-mail address."))
            vals = {**vals, "inform_email": normal}
        if "inform_way" not in vals:
            return vals
        declined = vals["inform_way"] == "none"
        return {
            **vals,
            "inform_declined_by_id": self.env.uid if declined else False,
            "inform_declined_at": fields.Datetime.now() if declined else False,
        }

    def _follow_inform_way(self):
        """Duties not yet fulfilled follow the citizen's new choice."""
        # sudo: an operator may change the choice; the duties change by methods only
        duties = self.sudo().question_ids.informing_ids
        due = duties.filtered(lambda informing: informing.state == "due")
        now = fields.Datetime.now()
        for informing in due:
            if informing.appeal_id.inform_way == "none":
                informing._finish("declined", now)
                informing.question_id._close(now)
            else:
                informing._start_letters()

    def _get_letter_address(self):
        """Return the address a letter about the result would go to, or False."""
        self.ensure_one()
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

    def _person_vals(self, partner, number):
        vals = super()._person_vals(partner, number)
        vals["inform_way"] = partner.inform_way or "phone"
        vals["email"] = partner.email or ""
        return vals
