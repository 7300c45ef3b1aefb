# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging

import psycopg2

from odoo import fields, models
from odoo.exceptions import ConcurrencyError, LockError, UserError

from .gorod24_question import AT_WORK

_logger = logging.getLogger(__name__)

STATES = [
    ("waiting", "Waiting"),
    ("done", "Done"),
    ("skipped", "Done before"),
    ("error", "Not done"),
]
# Somebody else works the question at this moment: so often a line is put off.
MAX_ATTEMPTS = 5


class BulkLine(models.Model):
    """One question of a work on many, and what came of it."""

    _name = "gorod24.bulk.line"
    _description = "Line of a work on many questions"
    _order = "id"

    job_id = fields.Many2one(
        "gorod24.bulk.job", required=True, index=True, ondelete="cascade"
    )
    question_id = fields.Many2one(
        "gorod24.question", required=True, index=True, ondelete="cascade"
    )
    referral_id = fields.Many2one(
        "gorod24.referral", index="btree_not_null", ondelete="cascade"
    )
    state = fields.Selection(STATES, required=True, default="waiting")
    message = fields.Char("What came of it")
    attempts = fields.Integer()
    processed_at = fields.Datetime()

    _question_uidx = models.UniqueIndex(
        "(job_id, question_id)", "The question is on the list already."
    )
    _waiting_idx = models.Index("(job_id, id) WHERE state = 'waiting'")

    def _process(self):
        """Do the line, once: another process that holds it, or did it, is let be."""
        self.ensure_one()
        if not self.try_lock_for_update() or self.state != "waiting":
            return
        user = self.job_id.user_id
        # The rights of the one who asked, as they are now, decide.
        line = self.with_user(user).with_context(lang=user.lang)
        try:
            with self.env.cr.savepoint():
                state, message = line._perform()
        except (psycopg2.OperationalError, ConcurrencyError, LockError):
            self.env.invalidate_all()
            self._put_off(line)
            return
        except UserError as error:
            self.env.invalidate_all()
            state, message = "error", error.args[0]
        except Exception:
            # One broken question must not hold up the others.
            _logger.exception("Line %s of work %s failed", self.id, self.job_id.id)
            self.env.invalidate_all()
            state = "error"
            message = line.env._("It failed: tell the administrator.")
        self._note(state, message)

    def _put_off(self, line):
        if self.attempts + 1 < MAX_ATTEMPTS:
            self.attempts += 1
        else:
            self._note("error", line.env._("Somebody else is working on it."))

    def _note(self, state, message):
        self.write(
            {
                "state": state,
                "message": message or False,
                "processed_at": fields.Datetime.now(),
            }
        )
        if self.job_id.state == "waiting":
            self.job_id.state = "running"

    def _perform(self):
        """Do the work of the job; return (state, message)."""
        # sudo: what to do is read by the system; it is done as the user
        job = self.sudo().job_id
        return {
            "result": self._perform_result,
            "resend": self._perform_resend,
            "join": self._perform_join,
        }[job.work](job)

    def _perform_result(self, job):
        line = self.sudo()
        referral = line.referral_id.with_env(self.env)
        if not referral:
            return "error", self.env._("No participant has this question now.")
        if line.referral_id.state == "done":
            return "skipped", line.referral_id._already_message()
        # sudo: a copy of the file for this referral; the work below is the user's
        files = job.attachment_ids.copy(
            {"res_model": referral._name, "res_id": referral.id}
        )
        referral.action_done(job.result_text, job.outcome, files.ids)
        return "done", ""

    def _perform_resend(self, job):
        question = self.question_id
        if question.state in AT_WORK and (
            question.participant_id == job.participant_id
            and question.section_id.id
            == question._pick_section(job.participant_id.id, job.section_id.id)
        ):
            return "skipped", self.env._(
                "It is there already: %(last)s", last=question._get_last_words()
            )
        send = question.action_send
        if question.state in AT_WORK:
            send = question.action_resend
        send(job.participant_id.id, job.section_id.id, job.reason)
        return "done", ""

    def _perform_join(self, job):
        question = self.question_id
        if question.state == "closed":
            return "skipped", question._get_last_words()
        question.action_close("joined_notice", job.reason, job.leading_id.id)
        return "done", ""
