# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""One work for many questions: one result, one receiver, one leading question.

The work is done by a job, line by line, each line in its own transaction and with the
rights of the one who asked: killed in the middle it goes on from where it stood, and a
second run passes over what is done.
"""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .gorod24_referral import RESULTS

WORKS = [
    ("result", "Report one result"),
    ("resend", "Send to one participant"),
    ("join", "Close as joined to one question"),
]
STATES = [("waiting", "Waiting"), ("running", "Running"), ("done", "Finished")]
MAX_LINES = 2000


class BulkJob(models.Model):
    _name = "gorod24.bulk.job"
    _description = "Work on many questions"
    _order = "id desc"

    work = fields.Selection(WORKS, required=True)
    user_id = fields.Many2one(
        "res.users",
        "Asked by",
        required=True,
        index=True,
        default=lambda self: self.env.uid,
        ondelete="restrict",
    )
    state = fields.Selection(STATES, required=True, default="waiting")
    outcome = fields.Selection(RESULTS)
    result_text = fields.Text("Result")
    attachment_ids = fields.Many2many("ir.attachment", string="Photos and files")
    participant_id = fields.Many2one("res.partner", "Participant", ondelete="restrict")
    section_id = fields.Many2one("gorod24.section", ondelete="restrict")
    reason = fields.Text()
    leading_id = fields.Many2one(
        "gorod24.question", "Leading question", ondelete="restrict"
    )
    line_ids = fields.One2many("gorod24.bulk.line", "job_id")
    line_count = fields.Integer("Questions", compute="_compute_counts")
    done_count = fields.Integer("Done", compute="_compute_counts")
    skipped_count = fields.Integer("Done before", compute="_compute_counts")
    error_count = fields.Integer("Not done", compute="_compute_counts")
    progress = fields.Float("Progress, %", compute="_compute_counts")
    finished_at = fields.Datetime()

    _open_idx = models.Index("(id) WHERE state != 'done'")

    @api.depends("work")
    def _compute_display_name(self):
        works = dict(self._fields["work"]._description_selection(self.env))
        for job in self:
            job.display_name = f"{works.get(job.work, '')} № {job.id}"

    @api.depends("line_ids.state")
    def _compute_counts(self):
        # sudo: counts only; who reads the job may know them
        counted = (
            self.env["gorod24.bulk.line"]
            .sudo()
            ._read_group([("job_id", "in", self.ids)], ["job_id", "state"], ["__count"])
        )
        counts = {(job.id, state): count for job, state, count in counted}
        for job in self:
            of = {
                state: counts.get((job.id, state), 0)
                for state in ("waiting", "done", "skipped", "error")
            }
            job.line_count = sum(of.values())
            job.done_count = of["done"]
            job.skipped_count = of["skipped"]
            job.error_count = of["error"]
            finished = job.line_count - of["waiting"]
            job.progress = 100 * finished / (job.line_count or 1)

    # Start -----------------------------------------------------------------------

    @api.model
    def _start(self, work, questions, **vals):
        """Put the questions on a new job and wake it. Operators' door.

        :param work: result, resend or join
        :param vals: what the work needs: outcome, result_text, attachment_ids (ids),
            participant_id, section_id, reason, leading_id
        :raises UserError: when something is missing: before anything is begun.
        """
        questions._check_operator()
        questions.check_access("read")
        if work == "result":
            targets = [(one.id, one.referral_id.id) for one in questions]
        else:
            targets = [(one.id, False) for one in questions]
        return self._create_job(work, targets, vals)

    @api.model
    def _start_result(self, referrals, outcome, result_text, attachment_ids=()):
        """Report one result for many referrals. Participants' door.

        :raises AccessError: when a referral is not the user's to work.
        """
        referrals.check_access("read")
        if not all(referral._may_work() for referral in referrals):
            raise AccessError(
                self.env._("Only members of the section work this request.")
            )
        # sudo: an officer reads no questions; only their ids are taken
        targets = [(one.question_id.id, one.id) for one in referrals.sudo()]
        return self._create_job(
            "result",
            targets,
            {
                "outcome": outcome,
                "result_text": result_text,
                "attachment_ids": list(attachment_ids),
            },
        )

    @api.model
    def _create_job(self, work, targets, vals):
        self._check_values(work, targets, vals)
        vals = dict(vals)
        files = vals.pop("attachment_ids", None) or []
        # sudo: nobody has a bare right to make jobs; the values are checked above
        job = self.sudo().create(
            {
                **vals,
                "work": work,
                "user_id": self.env.uid,
                "attachment_ids": [(6, 0, files)],
            }
        )
        self.env["gorod24.bulk.line"].sudo().create(
            [
                {"job_id": job.id, "question_id": question, "referral_id": referral}
                for question, referral in dict(targets).items()
            ]
        )
        job._wake()
        return job.sudo(False)

    def _check_values(self, work, targets, vals):
        """Refuse what would fail on every line."""
        if not targets:
            raise UserError(self.env._("Choose at least one question."))
        if len(targets) > MAX_LINES:
            raise UserError(
                self.env._("No more than %(count)s questions at once.", count=MAX_LINES)
            )
        if work == "result":
            referrals = self.env["gorod24.referral"]
            referrals._check_result(vals.get("result_text"), vals.get("outcome"))
        elif work == "resend":
            self.env["gorod24.question"]._check_participant(
                vals.get("participant_id"), vals.get("section_id")
            )
        elif work == "join":
            questions = self.env["gorod24.question"].browse([one for one, _ in targets])
            questions._check_leading("joined_notice", vals.get("leading_id"))
        else:
            raise UserError(self.env._("Choose what to do with the questions."))

    def _wake(self):
        # sudo: the job belongs to the system, whoever asks for it
        self.env.ref("gorod24_appeals.ir_cron_bulk").sudo()._trigger()

    def action_repeat(self):
        """Try again the lines that were not done; what is done stays done."""
        self.ensure_one()
        self.check_access("read")
        if not self.env.su and self.user_id != self.env.user:
            raise AccessError(self.env._("Only who asked for the work repeats it."))
        # sudo: see _create_job
        job = self.sudo()
        failed = job.line_ids.filtered(lambda line: line.state == "error")
        failed.write({"state": "waiting", "message": False, "attempts": 0})
        if failed:
            job.state = "waiting"
            job._wake()
        return True

    # Run -------------------------------------------------------------------------

    @api.model
    def _cron_run(self, limit=1000):
        """Do the waiting lines, oldest job first, one transaction each."""
        lines = self.env["gorod24.bulk.line"]
        waiting = [("state", "=", "waiting")]
        todo = lines.search(waiting, order="job_id, id", limit=limit)
        progress = self.env["ir.cron"]._commit_progress
        progress(remaining=lines.search_count(waiting))
        for line in todo:
            line._process()
            left = progress(1)
            if not left:
                break
        self._finish()
        progress()

    @api.model
    def _finish(self):
        """Mark the jobs that have no waiting line any more."""
        still_open = self.search([("state", "!=", "done")])
        busy = still_open.filtered(
            lambda job: "waiting" in job.line_ids.mapped("state")
        )
        (still_open - busy).write(
            {"state": "done", "finished_at": fields.Datetime.now()}
        )
