# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.fields import Domain


class Gorod24SectionMember(models.Model):
    """A user working for a section in one role for a time."""

    _name = "gorod24.section.member"
    _description = "Section Member"
    _order = "section_id, role, id"
    _rec_name = "user_id"

    section_id = fields.Many2one(
        "gorod24.section", required=True, index=True, ondelete="cascade"
    )
    participant_id = fields.Many2one(
        related="section_id.participant_id", store=True, index=True
    )
    user_id = fields.Many2one(
        "res.users", required=True, index=True, ondelete="cascade"
    )
    role = fields.Selection(
        [
            ("duty", "Duty officer"),
            ("responsible", "Responsible"),
            ("head", "Head"),
        ],
        required=True,
        default="duty",
    )
    date_from = fields.Date(string="Member since")
    date_to = fields.Date(string="Member until")
    absence_ids = fields.One2many("gorod24.section.absence", "member_id")

    _member_uniq = models.UniqueIndex(
        "(section_id, user_id, role, (COALESCE(date_from, '-infinity'::date)))",
        "This user already has this role in the section.",
    )
    _check_dates = models.Constraint(
        "CHECK (date_to IS NULL OR date_from IS NULL OR date_to >= date_from)",
        "A membership cannot end before it begins.",
    )

    @api.model
    def _get_today(self):
        """The day it is where the service works, whoever asks from wherever."""
        return datetime.now(self._get_zone()).date()

    @api.model
    def _get_zone(self):
        """The time zone of the service."""
        # sudo: one setting of the service
        settings = self.env["ir.config_parameter"].sudo()
        return ZoneInfo(settings.get_param("gorod24.timezone") or "Asia/Barnaul")

    @api.model
    def _get_current_domain(self, date=None):
        """Domain of the memberships valid on a day (today by default)."""
        date = date or self._get_today()
        return (Domain("date_from", "=", False) | Domain("date_from", "<=", date)) & (
            Domain("date_to", "=", False) | Domain("date_to", ">=", date)
        )
