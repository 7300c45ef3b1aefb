# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class QuestionForwardOut(models.TransientModel):
    """Dialog: to whom outside the question is forwarded, and whether it was told."""

    _name = "gorod24.question.forward.out"
    _description = "Forwarding outside"

    question_id = fields.Many2one("gorod24.question", required=True)
    participant_id = fields.Many2one(related="question_id.participant_id")
    is_at_work = fields.Boolean(compute="_compute_is_at_work")
    addressee_id = fields.Many2one("res.partner", "From the directory")
    addressee = fields.Char("Forwarded to")
    forwarded_on = fields.Date(
        "Date of the letter", default=lambda self: self._default_forwarded_on()
    )
    number = fields.Char("Outgoing number")
    note = fields.Text("Why not ours")
    is_told = fields.Boolean("The citizen has been told")
    notice_date = fields.Date("Citizen told on")

    def _default_forwarded_on(self):
        clocks = self.env["gorod24.clock"]
        return clocks._to_local(fields.Datetime.now()).date()

    @api.depends("question_id.state")
    def _compute_is_at_work(self):
        for dialog in self:
            dialog.is_at_work = dialog.question_id.state in ("sent", "accepted")

    @api.onchange("addressee_id")
    def _onchange_addressee_id(self):
        if self.addressee_id:
            self.addressee = self.addressee_id.name

    @api.onchange("is_told")
    def _onchange_is_told(self):
        self.notice_date = self.is_told and self._default_forwarded_on()

    def action_apply(self):
        """Forward the question by its own door."""
        self.ensure_one()
        self.question_id.action_forward_outside(
            self.addressee or "",
            self.forwarded_on,
            self.addressee_id.id,
            self.number,
            self.note,
            self.notice_date if self.is_told else False,
        )
        return {"type": "ir.actions.act_window_close", "infos": {"changed": True}}
