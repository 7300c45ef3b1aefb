# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ..models.gorod24_notice_joined import TOLD


class NoticeChange(models.TransientModel):
    """Window over one notice: move its end, finish it, cancel it."""

    _name = "gorod24.notice.change"
    _description = "Change of a notice"

    notice_id = fields.Many2one("gorod24.notice", required=True, ondelete="cascade")
    change = fields.Selection(
        [
            ("prolong", "Move the expected end"),
            ("finish", "Finish"),
            ("cancel", "Cancel"),
        ],
        required=True,
        default="prolong",
    )
    due_at = fields.Datetime(related="notice_id.due_at", string="Expected now")
    new_at = fields.Datetime("New expected end")
    reason = fields.Char()
    text = fields.Text(
        "Text to read aloud",
        compute="_compute_text",
        store=True,
        readonly=False,
        help="Without the term: it is added by itself.",
    )
    actual_to = fields.Datetime("When it was over", default=fields.Datetime.now)
    closing_text = fields.Text("What citizens are told")
    waiting_count = fields.Integer(compute="_compute_joined")
    told_count = fields.Integer(compute="_compute_joined")
    reopen_told = fields.Boolean(
        "It was wrong: send these questions, too",
        compute="_compute_reopen_told",
        store=True,
        readonly=False,
        help="Each gets a term and goes to whoever answers for it, as if no notice had "
        "been there.",
    )

    @api.depends("notice_id")
    def _compute_joined(self):
        for change in self:
            # sudo: numbers only, also for the participant who gave the notice
            notice = change.notice_id.sudo()
            change.waiting_count = notice.waiting_count
            change.told_count = notice.env["gorod24.question"].search_count(
                [("notice_id", "=", notice.id), *TOLD]
            )

    @api.depends("notice_id")
    def _compute_reopen_told(self):
        """What was told of something that has begun was wrong when it is cancelled;
        works that are called off, and news, leave nobody without water."""
        now = fields.Datetime.now()
        for change in self:
            notice = change.notice_id
            begun = notice.starts_at and notice.starts_at <= now
            change.reopen_told = bool(begun and notice.type != "information")

    @api.depends("notice_id")
    def _compute_text(self):
        for change in self:
            change.text = change.notice_id.text

    def action_apply(self):
        """Do it by the notice's own method, which checks rights and rules."""
        self.ensure_one()
        notice = self.notice_id
        if self.change == "prolong":
            if (self.text or "") != (notice.text or ""):
                notice.text = self.text
            notice.action_prolong(self.new_at, self.reason)
        elif self.change == "finish":
            notice.action_finish(self.actual_to, self.closing_text)
        else:
            notice.action_cancel(self.reason, self.reopen_told)
        return {"type": "ir.actions.act_window_close"}
