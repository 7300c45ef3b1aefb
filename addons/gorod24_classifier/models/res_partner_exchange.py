# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: how requests reach a participant, and what that way needs."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import email_normalize


class ResPartner(models.Model):
    _inherit = "res.partner"

    exchange_method = fields.Selection(
        [
            ("portal", "Portal"),
            ("email", "E-mail"),
            ("api", "Own system (API)"),
            ("file", "Files"),
        ],
        groups="base.group_user",
        help="How the participant gets the requests and gives the results back. "
        "Empty: the portal.",
    )
    exchange_user_id = fields.Many2one(
        "res.users",
        string="Account of its system",
        ondelete="restrict",
        groups="base.group_user",
        help="The participant's own system signs in with the key of this user.",
    )
    exchange_folder = fields.Char(
        string="Where files go",
        groups="base.group_user",
        help="Folder or address, as agreed: sftp://exchange.example/city24.",
    )
    exchange_problem = fields.Char(
        string="What the exchange lacks",
        compute="_compute_exchange_problem",
        groups="base.group_user",
    )

    @api.depends(
        "exchange_method",
        "exchange_user_id",
        "exchange_folder",
        "email",
        "is_participant",
        "section_ids.email",
    )
    def _compute_exchange_problem(self):
        for partner in self:
            partner.exchange_problem = partner._get_exchange_problem()

    def _get_exchange_problem(self):
        """What the exchange method lacks, in one sentence; "" when it lacks nothing."""
        self.ensure_one()
        if not self.is_participant:
            return ""
        return {
            "portal": lambda: "",
            "email": self._get_email_problem,
            "api": self._get_api_problem,
            "file": self._get_file_problem,
        }[self.exchange_method or "portal"]()

    def _get_email_problem(self):
        if self.email and email_normalize(self.email):
            return ""
        lacking = self.section_ids.filtered(lambda s: not email_normalize(s.email))
        if self.section_ids and not lacking:
            return ""
        if not lacking:
            return self.env._("Write the e-mail of the participant.")
        return self.env._(
            "Write the e-mail of the participant or of these sections: %(sections)s.",
            sections=", ".join(lacking.mapped("name")),
        )

    def _get_api_problem(self):
        if not self.exchange_user_id:
            return self.env._(
                "Choose the account with which the participant's system signs in."
            )
        if not self.exchange_user_id.active:
            return self.env._(
                "The account %(name)s is archived.", name=self.exchange_user_id.name
            )
        # sudo: the staff of a participant includes portal users
        if self.exchange_user_id not in self.sudo()._get_staff():
            return self.env._(
                "The account %(name)s does not belong to this participant.",
                name=self.exchange_user_id.name,
            )
        return ""

    def _get_file_problem(self):
        if (self.exchange_folder or "").strip():
            return ""
        return self.env._("Write the folder or the address the files go to.")

    @api.constrains(
        "exchange_method",
        "exchange_user_id",
        "exchange_folder",
        "email",
        "is_participant",
    )
    def _check_exchange(self):
        for partner in self.filtered("is_participant"):
            problem = partner._get_exchange_problem()
            if problem:
                raise ValidationError(
                    self.env._(
                        "%(participant)s, exchange of requests: %(problem)s",
                        participant=partner.name,
                        problem=problem,
                    )
                )
