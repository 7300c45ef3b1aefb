# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..marking import total


class CallMarkForm(models.TransientModel):
    """The form of a talk's mark: the player, the criteria, the comment."""

    _name = "gorod24.call.mark.form"
    _description = "Mark of the talk"
    _rec_name = "call_id"

    call_id = fields.Many2one("gorod24.call", required=True, ondelete="cascade")
    started_at = fields.Datetime(related="call_id.started_at")
    talk_seconds = fields.Integer(related="call_id.talk_seconds")
    appeal_ids = fields.Many2many(related="call_id.appeal_ids")
    recording_ids = fields.One2many(related="call_id.recording_ids")
    talker_ids = fields.Many2many("res.users", compute="_compute_talker_ids")
    user_id = fields.Many2one(
        "res.users", "Operator", required=True, domain="[('id', 'in', talker_ids)]"
    )
    line_ids = fields.One2many("gorod24.call.mark.form.line", "form_id", "Criteria")
    comment = fields.Text(help="The operator reads it.")
    is_correction = fields.Boolean(compute="_compute_talker_ids")
    why = fields.Char("Why corrected")
    total = fields.Integer("Mark", compute="_compute_total")
    is_marked = fields.Boolean(compute="_compute_total")

    @api.depends("call_id")
    def _compute_talker_ids(self):
        for form in self:
            form.talker_ids = form.call_id._talkers() - self.env.user
            form.is_correction = bool(form.call_id and form.call_id._own_mark())

    @api.depends("line_ids.answer", "line_ids.weight")
    def _compute_total(self):
        for form in self:
            mark = total(
                (line.weight, line.answer) for line in form.line_ids if line.answer
            )
            form.is_marked = mark is not None
            form.total = mark or 0

    @api.model
    def default_get(self, fields_list):
        """The criteria of now, and what the current user answered before."""
        values = super().default_get(fields_list)
        call = self.env["gorod24.call"].browse(values.get("call_id"))
        if not call:
            return values
        before = call._own_mark()
        told = {line.criterion_id: line.answer for line in before.line_ids}
        talkers = call._talkers() - self.env.user
        values |= {
            "user_id": (before.user_id or talkers & call.user_id or talkers)[:1].id,
            "comment": before.comment,
            "line_ids": [
                Command.create(
                    {
                        "criterion_id": criterion.id,
                        "weight": criterion.weight,
                        "answer": told.get(criterion, False),
                    }
                )
                for criterion in self.env["gorod24.mark.criterion"].search([])
            ],
        }
        return {name: values[name] for name in values if name in fields_list}

    def action_save(self):
        """Keep the mark."""
        self.ensure_one()
        open_lines = self.line_ids.filtered(lambda line: not line.answer)
        if open_lines:
            raise UserError(
                self.env._(
                    "Not answered: %(names)s. What has nothing to do with this talk"
                    " “does not apply”.",
                    names=", ".join(open_lines.criterion_id.mapped("name")),
                )
            )
        answers = {line.criterion_id: line.answer for line in self.line_ids}
        self.call_id._mark(self.user_id, answers, self.comment, self.why)
        return {"type": "ir.actions.act_window_close"}
