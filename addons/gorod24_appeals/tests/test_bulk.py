# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from odoo.exceptions import AccessError, ConcurrencyError, UserError
from odoo.tests import tagged

from .common_flow import FlowCommon


@tagged("post_install", "-at_install")
class TestBulk(FlowCommon):
    """One work for many questions, safe to repeat and to kill."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator.lang = "en_US"
        cls.questions = cls.env["gorod24.question"].union(
            *(cls._register(cls).question_ids for _time in range(3))
        )
        cls.jobs = cls.env["gorod24.bulk.job"].with_user(cls.operator)

    def _run(self):
        for line in self.env["gorod24.bulk.line"].search([("state", "=", "waiting")]):
            line._process()
        self.env["gorod24.bulk.job"]._finish()

    def _start_result(self, questions=None, **vals):
        questions = self._as(self.operator, questions or self.questions)
        vals = {"outcome": "fixed", "result_text": "Стояк включён"} | vals
        job = self.jobs.with_context(lang="en_US")._start("result", questions, **vals)
        return job.sudo()

    def test_one_result_with_a_file_for_all(self):
        file = self.env["ir.attachment"].create({"name": "акт.txt", "raw": b"akt"})
        job = self._start_result(attachment_ids=file.ids)
        self.assertEqual((job.line_count, job.progress), (3, 0))
        self._run()
        self.assertEqual(self.questions.mapped("state"), ["informing"] * 3)
        self.assertRecordValues(
            job, [{"state": "done", "done_count": 3, "progress": 100}]
        )
        referrals = self.questions.referral_id
        self.assertEqual(set(referrals.mapped("done_by_id")), {self.operator})
        files = referrals.attachment_ids
        self.assertEqual(len(files), 3)
        self.assertEqual(set(files.mapped("res_id")), set(referrals.ids))

    def test_second_run_passes_over_what_is_done(self):
        self._start_result()
        self._run()
        results = self.questions.referral_id.mapped("done_at")
        again = self._start_result()
        self._run()
        self.assertEqual((again.skipped_count, again.error_count), (3, 0))
        first = again.line_ids[0]
        self.assertEqual(first.message, first.referral_id._already_message())
        self.assertEqual(self.questions.referral_id.mapped("done_at"), results)
        self.assertEqual(len(self.questions.informing_ids), 3)

    def test_killed_in_the_middle_it_goes_on(self):
        job = self._start_result()
        job.line_ids[0]._process()
        self.env["gorod24.bulk.job"]._finish()
        self.assertEqual((job.state, job.done_count), ("running", 1))
        with self.enter_registry_test_mode():
            self.env.ref("gorod24_appeals.ir_cron_bulk").method_direct_trigger()
        job.invalidate_recordset()
        self.assertEqual((job.state, job.done_count), ("done", 3))

    def test_a_line_that_fails_says_why_and_is_tried_again(self):
        bad = self.questions[0]
        self._as(self.operator, bad.referral_id).action_refuse("Не наш")
        refused = bad.referral_ids.filtered(lambda one: one.state == "refused")
        job = self._start_result()
        line = job.line_ids.filtered(lambda one: one.question_id == bad)
        line.referral_id = refused
        self._run()
        self.assertEqual((job.done_count, job.error_count), (2, 1))
        self.assertEqual(line.message, refused._already_message())
        line.referral_id = bad.referral_id
        job.with_user(self.operator).action_repeat()
        self._run()
        self.assertEqual((job.state, job.done_count), ("done", 3))

    def test_a_line_somebody_joins_in_that_moment_comes_again(self):
        job = self._start_result(self.questions[0])
        joined = ConcurrencyError("somebody has joined")
        model = self.env.registry["gorod24.question"]
        with patch.object(model, "_get_waiting", side_effect=joined):
            self._run()
        line = job.line_ids
        self.assertEqual((line.state, line.attempts), ("waiting", 1))
        self.assertEqual(self.questions[0].state, "sent", "nothing half-done stays")
        self._run()
        self.assertEqual(line.state, "done")

    def test_many_are_sent_to_one_participant(self):
        values = {"participant_id": self.third.id, "reason": "Одна авария"}
        questions = self._as(self.operator, self.questions)
        self.jobs._start("resend", questions, **values)
        self._run()
        self.assertEqual(self.questions.participant_id, self.third)
        job = self.jobs._start("resend", questions, **values).sudo()
        self._run()
        self.assertEqual(job.skipped_count, 3)
        self.assertEqual(len(self.questions.referral_ids), 6)

    def test_many_are_joined_to_one(self):
        leading = self.questions[0]
        joined = self._as(self.operator, self.questions[1:])
        job = self.jobs._start("join", joined, leading_id=leading.id).sudo()
        self._run()
        self.assertEqual(job.done_count, 2)
        self.assertEqual(leading.joined_ids, self.questions[1:])
        self.assertEqual(set(joined.mapped("outcome")), {"joined_notice"})
        self.assertEqual(leading.state, "sent")
        self._as(self.operator, leading.referral_id).action_done("Готово", "fixed")
        self.assertEqual(
            len(joined.sudo().informing_ids), 2, "everybody who joined is told"
        )

    def test_what_is_missing_is_said_before_anything_begins(self):
        with self.assertRaisesRegex(UserError, "Choose the outcome"):
            self._start_result(outcome=False)
        with self.assertRaisesRegex(UserError, "at least one"):
            self.jobs._start("result", self.env["gorod24.question"], outcome="fixed")
        questions = self._as(self.operator, self.questions)
        with self.assertRaisesRegex(UserError, "cannot repeat itself"):
            self.jobs._start("join", questions, leading_id=self.questions[0].id)
        self.assertFalse(self.env["gorod24.bulk.job"].search([]))

    def test_rights_are_those_of_the_asker_at_the_time_of_the_work(self):
        job = self._start_result()
        self.operator.group_ids = [(5,)]
        self._run()
        self.assertEqual(job.error_count, 3)
        self.assertEqual(set(self.questions.mapped("state")), {"sent"})

    def test_managers_and_officers_start_nothing(self):
        for user in (self.manager, self.duty):
            with self.assertRaises(AccessError):
                self._as(user, self.env["gorod24.bulk.job"])._start(
                    "result", self._as(user, self.questions), outcome="fixed"
                )
        stranger = self._as(self.other_duty, self.questions.referral_id)
        with self.assertRaises(AccessError):
            stranger.env["gorod24.bulk.job"]._start_result(stranger, "fixed", "Готово")

    def test_dialog_starts_the_job(self):
        wizard = (
            self.env["gorod24.bulk.start"]
            .with_user(self.operator)
            .with_context(
                active_model="gorod24.question", active_ids=self.questions.ids
            )
            .create({"work": "result", "outcome": "explained", "result_text": "Да"})
        )
        self.assertEqual(wizard.question_count, 3)
        self.assertIn("Пробные теплосети", wizard.summary)
        job = self.env["gorod24.bulk.job"].browse(wizard.action_start()["res_id"])
        self._run()
        self.assertEqual(job.done_count, 3)
        self.assertEqual(set(self.questions.mapped("outcome")), {"explained"})
