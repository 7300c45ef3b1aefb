# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class AppealConvert(models.TransientModel):
    """Asks what the law wants to know before a call becomes a written appeal."""

    _name = "gorod24.appeal.convert"
    _description = "Convert to a written appeal"

    appeal_id = fields.Many2one("helpdesk.ticket", required=True, ondelete="cascade")
    author = fields.Char(compute="_compute_author")
    kind = fields.Selection(
        [
            ("proposal", "Proposal"),
            ("application", "Application"),
            ("complaint", "Complaint"),
        ],
        required=True,
    )
    answer_address = fields.Char("Postal address for the answer")
    answer_email = fields.Char("E-mail address for the answer")

    @api.model
    def default_get(self, fields_list):
        vals = super().default_get(fields_list)
        appeal = self.env["helpdesk.ticket"].browse(vals.get("appeal_id"))
        if appeal:
            known = ("proposal", "application", "complaint")
            vals["kind"] = appeal.kind if appeal.kind in known else False
            vals["answer_address"] = appeal.address_text
            vals["answer_email"] = appeal.partner_id.email
        return vals

    @api.depends("appeal_id")
    def _compute_author(self):
        for wizard in self:
            appeal = wizard.appeal_id
            wizard.author = appeal.partner_id.name or appeal.partner_name

    def action_convert(self):
        """Convert; what the law misses is said in words."""
        self.ensure_one()
        self.appeal_id.action_convert(self.kind, self.answer_address, self.answer_email)
        return {"type": "ir.actions.act_window_close"}
