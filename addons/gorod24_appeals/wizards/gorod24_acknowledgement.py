# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class Acknowledgement(models.TransientModel):
    """The text for the citizen on the screen, with what can be done with it."""

    _name = "gorod24.acknowledgement"
    _description = "Text for the citizen"

    appeal_id = fields.Many2one("helpdesk.ticket", required=True, ondelete="cascade")
    text = fields.Text(related="appeal_id.acknowledgement")
    has_email = fields.Boolean(compute="_compute_has_email")

    def _compute_has_email(self):
        for wizard in self:
            appeal = wizard.appeal_id
            wizard.has_email = bool(appeal.partner_id.email or appeal.partner_email)

    def action_print(self):
        return self.env.ref(
            "gorod24_appeals.action_report_acknowledgement"
        ).report_action(self.appeal_id)

    def action_send(self):
        return self.appeal_id.action_send_acknowledgement()
