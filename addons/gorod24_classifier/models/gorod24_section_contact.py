# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..staffing import BadPhone, normalise, pretty


class Gorod24SectionContact(models.Model):
    """One link of the emergency chain of a section: whom to ring, and how long."""

    _name = "gorod24.section.contact"
    _description = "Emergency Contact of a Section"
    _order = "section_id, sequence, id"

    section_id = fields.Many2one(
        "gorod24.section", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, help="A person or a post: Dispatcher on duty.")
    role = fields.Char(string="Position", help="What the person decides or can do.")
    phone = fields.Char(
        string="Number",
        required=True,
        help="As it is dialled: +7 3852 12-34-56, 12-34-56 доб. 12, 112.",
    )
    extension = fields.Char(readonly=True)
    phone_text = fields.Char(string="Phone", compute="_compute_phone_text")
    when = fields.Selection(
        [
            ("always", "Always"),
            ("working", "In working hours"),
            ("out_of_hours", "Out of hours"),
        ],
        required=True,
        default="always",
    )
    wait_minutes = fields.Integer(
        string="Wait, min.",
        default=5,
        help="How long to try this contact before ringing the next one.",
    )

    _check_wait = models.Constraint(
        "CHECK (wait_minutes BETWEEN 0 AND 1440)",
        "Wait from 0 minutes to a day for a contact.",
    )

    @api.depends("phone", "extension")
    def _compute_phone_text(self):
        city_code = self._get_city_code()
        for contact in self:
            text = pretty(contact.phone, city_code)
            if text and contact.extension:
                text = self.env._(
                    "%(phone)s ext. %(extension)s",
                    phone=text,
                    extension=contact.extension,
                )
            contact.phone_text = text

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._with_number(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._with_number(vals))

    @api.onchange("phone")
    def _onchange_phone(self):
        """Show a number at once as it will be kept; errors wait for saving."""
        try:
            number, extension = normalise(self.phone, self._get_city_code())
        except BadPhone:
            return
        if number != self.phone:
            self.phone, self.extension = number, extension

    @api.model
    def _with_number(self, vals):
        """``vals`` with the number in E.164 and its extension apart."""
        if "phone" not in vals:
            return vals
        try:
            number, extension = normalise(vals["phone"], self._get_city_code())
        except BadPhone as error:
            raise ValidationError(
                self.env._(
                    "“%(phone)s” cannot be dialled. Write a number with its code, for "
                    "example 8 3852 12-34-56, or a short one: 112.",
                    phone=vals["phone"] or "",
                )
            ) from error
        kept = vals.get("extension") if number == vals["phone"] else None
        return {**vals, "phone": number, "extension": extension or kept or False}

    @api.model
    def _get_city_code(self):
        # sudo: one setting of the service
        settings = self.env["ir.config_parameter"].sudo()
        return settings.get_param("gorod24.city_code") or "3852"
