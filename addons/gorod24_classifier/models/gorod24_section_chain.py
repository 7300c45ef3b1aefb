# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Concern: whom to ring when a section must act at once."""

from odoo import fields, models

from ..staffing import BadPhone, normalise, pretty


class Gorod24Section(models.Model):
    _inherit = "gorod24.section"

    contact_ids = fields.One2many(
        "gorod24.section.contact", "section_id", string="Emergency chain"
    )

    def _get_contact_chain(self, moment=None):
        """Whom to ring at a moment, in order.

        :param moment: datetime, naive in UTC or aware; now by default
        :return: list of dict(name, role, phone (to dial), phone_text, extension,
            wait_minutes, after_minutes (since the first attempt), is_fallback).
            Without a chain: the phone of the section, else of the participant.
        """
        self.ensure_one()
        # sudo: in an emergency the chain must be found whoever asks
        section = self.sudo()
        fitting = ("always", "working" if self._is_open(moment) else "out_of_hours")
        chain, after = [], 0
        for contact in section.contact_ids.filtered(lambda c: c.when in fitting):
            chain.append(
                {
                    "name": contact.name,
                    "role": contact.role or "",
                    "phone": contact.phone,
                    "phone_text": contact.phone_text,
                    "extension": contact.extension or "",
                    "wait_minutes": contact.wait_minutes,
                    "after_minutes": after,
                    "is_fallback": False,
                }
            )
            after += contact.wait_minutes
        return chain or section._get_fallback_chain()

    def _get_fallback_chain(self):
        participant = self.participant_id
        holders = [(self.display_name, self.phone)]
        holders.append((participant.name, participant.phone))
        city_code = self.env["gorod24.section.contact"]._get_city_code()
        for name, phone in holders:
            try:
                number, extension = normalise(phone, city_code)
            except BadPhone:
                continue
            return [
                {
                    "name": name,
                    "role": "",
                    "phone": number,
                    "phone_text": pretty(number, city_code),
                    "extension": extension,
                    "wait_minutes": 0,
                    "after_minutes": 0,
                    "is_fallback": True,
                }
            ]
        return []

    def action_open_presence(self):
        """Show who is at his post and whom to ring now."""
        self.ensure_one()
        presence = self.env["gorod24.section.presence"].create(
            {"section_id": self.id, "moment": fields.Datetime.now()}
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Who is at his post now"),
            "res_model": presence._name,
            "res_id": presence.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }
