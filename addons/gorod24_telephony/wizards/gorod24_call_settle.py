# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..models.gorod24_call_settle import REASONS

NEAR_LIMIT = 8


class CallSettle(models.TransientModel):
    """Asks what came of a call: an appeal, or a reason for none."""

    _name = "gorod24.call.settle"
    _description = "What came of a call"

    call_id = fields.Many2one("gorod24.call", required=True, ondelete="cascade")
    number_e164 = fields.Char(related="call_id.number_e164")
    partner_id = fields.Many2one(related="call_id.partner_id")
    started_at = fields.Datetime(related="call_id.started_at")
    talk_seconds = fields.Integer(related="call_id.talk_seconds")
    near_ids = fields.Many2many(
        "helpdesk.ticket", string="Appeals that may fit", compute="_compute_near_ids"
    )
    appeal_id = fields.Many2one("helpdesk.ticket", "Appeal")
    reason = fields.Selection(REASONS, "Why there is no card")
    note = fields.Char()

    @api.depends("call_id")
    def _compute_near_ids(self):
        for wizard in self:
            wizard.near_ids = wizard._near(wizard.call_id)

    def _near(self, call):
        """The likely appeal first, then the last ones of the number and the person."""
        Ticket = self.env["helpdesk.ticket"]
        near = call.likely_appeal_id
        wanted = []
        if call.number_e164:
            wanted.append(Domain("phone_e164", "=", call.number_e164))
        if call.partner_id:
            wanted.append(Domain("partner_id", "=", call.partner_id.id))
        for domain in wanted:
            near |= Ticket.search(domain, order="id desc", limit=NEAR_LIMIT)
        return near[:NEAR_LIMIT]

    def action_link(self):
        """Link the chosen appeal."""
        self.ensure_one()
        if not self.appeal_id:
            raise UserError(self.env._("Choose the appeal."))
        self.call_id._settle_with(self.appeal_id)
        return {"type": "ir.actions.act_window_close"}

    def action_no_card(self):
        """Note the reason why there is no card."""
        self.ensure_one()
        self.call_id._settle_without(self.reason, self.note, self.appeal_id)
        return {"type": "ir.actions.act_window_close"}

    def action_open_card(self):
        """Fill the card in now."""
        return self.call_id.action_open_card()
