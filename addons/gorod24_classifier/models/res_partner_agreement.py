# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: which data about citizens a participant may see on a day."""

from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    # What everybody who works a request needs, with an agreement or without.
    MINIMAL_FIELDS = frozenset({"text", "address"})

    agreement_ids = fields.One2many(
        "gorod24.agreement",
        "participant_id",
        string="Agreements",
        groups="base.group_user",
    )
    agreement_text = fields.Char(
        string="Agreement",
        compute="_compute_agreement_text",
        groups="base.group_user",
    )
    agreement_state = fields.Selection(
        [
            ("none", "No agreement"),
            ("future", "Not yet in force"),
            ("active", "In force"),
            ("expiring", "Expires soon"),
            ("expired", "Expired"),
        ],
        string="State of the agreement",
        compute="_compute_agreement_text",
        groups="base.group_user",
    )

    @api.depends("agreement_ids.valid_from", "agreement_ids.valid_to")
    def _compute_agreement_text(self):
        today = self.env["gorod24.agreement"]._get_today()
        for partner in self:
            agreement = partner._get_agreement(today) or partner.agreement_ids[:1]
            partner.agreement_state = agreement.state or "none"
            partner.agreement_text = agreement.display_name or False

    def _get_agreement(self, date=None):
        """The agreement in force on a day (today by default); maybe none."""
        self.ensure_one()
        date = date or self.env["gorod24.agreement"]._get_today()
        return self.agreement_ids.filtered(lambda a: a._is_in_force(date))[:1]

    def _get_allowed_fields(self, date=None):
        """Which data about citizens the participant's officers may see on a day.

        :param date: today of the service by default
        :return: set of names among name, phone, address, flat, social, text,
            recording; without an agreement the minimum
        """
        self.ensure_one()
        # sudo: the answer narrows what a participant sees, whoever asks
        agreement = self.sudo()._get_agreement(date)
        if not agreement:
            return set(self.MINIMAL_FIELDS)
        return set(agreement.field_ids.mapped("code"))
