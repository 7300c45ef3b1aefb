# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Concern: who was told of a notice, who waits for its end, and how he learns of it."""

from odoo import fields, models

from odoo.addons.gorod24_appeals.models.locking import check_sees_all

JOINED = [("state", "=", "closed"), ("outcome", "=", "joined_notice")]
WAITING = [("notice_waits", "=", True), *JOINED, ("notice_told_at", "=", False)]
# settled in the call by what the notice says
TOLD = [("notice_waits", "=", False), *JOINED]
STAFF = "gorod24_appeals.group_operator,gorod24_appeals.group_manager"


class NoticeJoined(models.Model):
    _inherit = "gorod24.notice"

    question_ids = fields.One2many(
        "gorod24.question", "notice_id", "Questions of callers", groups=STAFF
    )
    joined_count = fields.Integer("Calls", compute="_compute_joined", groups=STAFF)
    appeal_count = fields.Integer("Appeals", compute="_compute_joined", groups=STAFF)
    waiting_count = fields.Integer("Wait", compute="_compute_joined", groups=STAFF)

    def _compute_joined(self):
        Question = self.env["gorod24.question"]
        mine = [("notice_id", "in", self.ids)]
        rows = Question._read_group(
            mine, ["notice_id"], ["__count", "appeal_id:count_distinct"]
        )
        joined = {notice.id: (count, appeals) for notice, count, appeals in rows}
        rows = Question._read_group(mine + WAITING, ["notice_id"], ["__count"])
        waiting = {notice.id: count for notice, count in rows}
        for notice in self:
            count, appeals = joined.get(notice.id, (0, 0))
            notice.joined_count = count
            notice.appeal_count = appeals
            notice.waiting_count = waiting.get(notice.id, 0)

    def _get_waiting(self):
        """Questions whose citizens still wait for the end, the oldest first."""
        return self.env["gorod24.question"].search(
            [("notice_id", "in", self.ids), *WAITING], order="id"
        )

    def _tell_waiting(self, moment):
        """Put everybody who waits on the list to be told, once each."""
        check_sees_all(self, self.env["gorod24.question"]._fields["notice_id"])
        for notice, waiting in self._get_waiting().grouped("notice_id").items():
            words = notice.closing_text
            waiting.write({"result_text": words, "notice_told_at": moment})
            waiting._pick_to_tell()._start_telling_many(moment)
        self.invalidate_recordset(["waiting_count"])

    def _release_joined(self, reason, with_told=False):
        """Send the questions of those who wait to the ones who answer for them.

        Who waits no more because he declined to be told has no answer either.

        :param with_told: those, too, that were settled by what the notice said
        """
        Question = self.env["gorod24.question"]
        check_sees_all(self, Question._fields["notice_id"])
        kinds = [True, False] if with_told else [True]
        joined = Question.search(
            [
                ("notice_id", "in", self.ids),
                *JOINED,
                ("notice_waits", "in", kinds),
            ],
            order="id",
        )
        if joined:
            joined.write({"notice_waits": False})
            joined._reopen(
                self.env._(
                    "Notice %(number)s, which it was joined to, was cancelled: "
                    "%(reason)s",
                    number=self.number,
                    reason=reason,
                ),
                way="first",
            )
            self.invalidate_recordset(["waiting_count"])

    def action_open_questions(self):
        """Open the questions of those who called about this notice, or who wait."""
        self.ensure_one()
        waiting = WAITING if self.env.context.get("notice_waiting") else []
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gorod24_appeals.gorod24_question_action"
        )
        return dict(
            action,
            name=self.env._("Calls about notice %(number)s", number=self.number),
            domain=[("notice_id", "=", self.id), *waiting],
            context={},
        )

    def action_open_appeals(self):
        """Open the appeals these questions belong to."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gorod24_appeals.helpdesk_ticket_action"
        )
        return dict(
            action,
            name=self.env._("Appeals about notice %(number)s", number=self.number),
            domain=[("question_ids.notice_id", "=", self.id)],
            context={},
        )
