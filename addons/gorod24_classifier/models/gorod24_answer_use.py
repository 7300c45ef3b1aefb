# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

HELPED = [("yes", "Helped"), ("no", "Did not help")]


class Gorod24AnswerUse(models.Model):
    """One reading of an answer to a citizen. Says nothing of the citizen.

    Rows are only ever added, so that saving a card waits for nobody; the counts of an
    answer are summed from here.
    """

    _name = "gorod24.answer.use"
    _description = "Use of a Standard Answer"
    _order = "id desc"
    _log_access = False

    answer_id = fields.Many2one(
        "gorod24.answer", required=True, index=True, ondelete="restrict"
    )
    version_id = fields.Many2one("gorod24.answer.version", ondelete="restrict")
    owner_id = fields.Many2one(related="answer_id.owner_id", string="Owner")
    topic_id = fields.Many2one(
        "helpdesk.ticket.category", index="btree_not_null", ondelete="set null"
    )
    helped = fields.Selection(HELPED, help="Empty: the citizen was not asked.")
    used_at = fields.Datetime(required=True, default=fields.Datetime.now, index=True)

    @api.depends("answer_id", "used_at")
    def _compute_display_name(self):
        for use in self:
            use.display_name = use.answer_id.display_name


class Gorod24Answer(models.Model):
    _inherit = "gorod24.answer"

    @api.private  # the card counts what was read, a call from outside would forge it
    @api.model
    def record_use(self, answer_id, question=None, helped=None):
        """Note that an answer was read to a citizen.

        :param question: record with `topic_id`; nothing else of it is kept
        :param helped: "yes", "no" or None when the citizen was not asked
        :return: gorod24.answer.use
        """
        answer = self.browse(answer_id)
        answer.check_access("read")
        # sudo: the log is closed to bare writing, every reader of answers fills it
        uses = self.env["gorod24.answer.use"].sudo()
        return uses.create(
            {
                "answer_id": answer.id,
                "version_id": answer.offered_version_id.id,
                "topic_id": question.topic_id.id if question else False,
                "helped": helped if helped in ("yes", "no") else False,
            }
        )
