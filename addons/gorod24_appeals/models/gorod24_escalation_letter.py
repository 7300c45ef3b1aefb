# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging

from odoo import api, fields, models

_logger = logging.getLogger(__name__)

# A letter that cannot be written so many times is left to the administrator.
TRIES = 5
# Letters written between two commits.
BATCH = 20


class EscalationLetter(models.Model):
    """Outbox of the escalation: whom to tell about which terms, each once.

    The sweep only notes here, in the transaction that marks the terms; the letters are
    written by a job right after. A person gets one letter for a step of the ladder,
    however many batches the terms came in.
    """

    _name = "gorod24.escalation.letter"
    _description = "Letter about terms"
    _order = "id"

    user_id = fields.Many2one("res.users", required=True, ondelete="cascade")
    step_id = fields.Many2one(
        "gorod24.escalation.step", required=True, ondelete="cascade"
    )
    clock_ids = fields.Json("Terms", required=True)
    state = fields.Selection(
        [("due", "To send"), ("sent", "Sent"), ("failed", "Not sent")],
        required=True,
        default="due",
    )
    tries = fields.Integer()
    sent_at = fields.Datetime()

    # the job: what is to be sent
    _due_idx = models.Index("(id) WHERE state = 'due'")

    @api.model
    def _add(self, step, letters):
        """Note letters of a step and wake the job.

        :param letters: {user id: ids of clocks}
        """
        self.create(
            [
                {"user_id": user_id, "step_id": step.id, "clock_ids": clock_ids}
                for user_id, clock_ids in letters.items()
            ]
        )
        job = self.env.ref("gorod24_appeals.ir_cron_escalation_letters", False)
        if letters and job:
            job._trigger()

    @api.model
    def _cron_send(self):
        """Send what is due; what cannot be sent does not hold up the others."""
        crons = self.env["ir.cron"]
        due = self.search([("state", "=", "due")])
        groups = list(due.grouped(lambda one: (one.user_id, one.step_id)).values())
        crons._commit_progress(remaining=len(groups))
        for number, letters in enumerate(groups, 1):
            letters.try_lock_for_update().filtered(
                lambda one: one.state == "due"
            )._send()
            if number % BATCH == 0 and not crons._commit_progress(BATCH):
                return
        crons._commit_progress(len(groups) % BATCH)

    def _send(self):
        """Write one letter for these rows of one person and one step."""
        if not self:
            return
        try:
            with self.env.cr.savepoint():
                self._write_letter()
        except Exception:  # one person's letter must not stop everybody's
            _logger.exception("A letter about %s terms was not written", len(self))
            for letter in self:
                tries = letter.tries + 1
                state = "failed" if tries >= TRIES else "due"
                letter.write({"tries": tries, "state": state})
        else:
            self.write({"state": "sent", "sent_at": fields.Datetime.now()})

    def _write_letter(self):
        ids = dict.fromkeys(i for letter in self for i in letter.clock_ids)
        clocks = self.env["gorod24.clock"].browse(ids).exists()
        # what was done or excused since the sweep is nobody's alarm any more
        clocks = clocks.filtered(lambda one: one.state == "running" and not one.excuse)
        for model, mine in clocks.grouped("res_model").items():
            owners = self.env[model].browse(mine.mapped("res_id"))
            alive = {owner.id: owner for owner in owners.exists()}
            pairs = [
                (alive[clock.res_id], clock) for clock in mine if clock.res_id in alive
            ]
            if pairs:
                owners._send_escalation(self.user_id, pairs, self.step_id)

    @api.autovacuum
    def _gc_sent(self):
        """Letters live on as messages; the outbox forgets them after a month."""
        limit = fields.Datetime.subtract(fields.Datetime.now(), days=30)
        self.search([("state", "=", "sent"), ("sent_at", "<", limit)]).unlink()
