# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields, http
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import PortalHttpCommon, picture


@tagged("post_install", "-at_install")
class TestFlowHttp(PortalHttpCommon):
    """Rework, co-executors, re-planning and one result for many, as officers see it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.root = cls.env["gorod24.question"].with_context(lang="en_US")
        cls.supervised = cls.root.browse(cls.question.id)

    def _page(self, referral=None, user=None):
        self._login(user or self.duty)
        return self.url_open(self._url(referral=referral))

    def _co(self):
        return self.supervised.action_add_co(
            self.other_participant.id, self.foreign_section.id, "Откройте колодец"
        )

    def test_rework_shows_the_reason_and_the_own_former_result(self):
        self.referral.action_done("Первый ответ без фото", "fixed")
        self.supervised.action_rework("Приложите фото подъезда")
        page = self._page(self.question.referral_id)
        self.assertEqual(page.status_code, 200)
        self.assertIn("Returned for rework", page.text)
        self.assertIn("Приложите фото подъезда", page.text)
        self.assertIn("Первый ответ без фото", page.text)
        journal = self.url_open("/my/requests?tab=new").text
        self.assertIn("Rework", journal)

    def test_coexecutor_sees_its_task_and_not_the_text_of_the_others(self):
        co = self._co()
        page = self._page(co, self.foreigner)
        self.assertIn("Откройте колодец", page.text)
        self.assertIn("Co-executor", page.text)
        self.assertIn("Пробные теплосети", page.text)
        self._post(
            "done", {"result_text": "Колодец открыт", "outcome": "fixed"}, referral=co
        )
        self.assertEqual(co.state, "done")
        self.assertEqual(self.question.state, "sent")
        main = self._page()
        self.assertIn("Колодец открыт", main.text)
        self.referral.action_done("Текст ответственного", "fixed")
        self.assertNotIn("Текст ответственного", self._page(co, self.foreigner).text)

    def test_taken_away_request_says_why_and_takes_no_work(self):
        self.supervised.action_resend(
            self.other_participant.id, self.foreign_section.id, "Дом передан"
        )
        page = self._page()
        self.assertIn("Nothing more is expected of you", page.text)
        self.assertIn("Дом передан", page.text)
        answer = self._post("accept")
        self.assertEqual(answer.status_code, 422)
        self.assertIn("sent the request to another participant", answer.text)
        self.assertEqual(self._page(self.question.referral_id).status_code, 404)

    def test_withdrawal_by_the_citizen_keeps_his_words_from_the_participant(self):
        self.supervised.action_withdraw("Сосед помирил")
        page = self._page()
        self.assertIn("The citizen has withdrawn the request", page.text)
        self.assertNotIn("Сосед помирил", page.text)

    def test_letter_says_that_nothing_more_is_expected(self):
        self.section.email = "duty@example.org"
        self.referral.notify_pending = False
        self.supervised.action_withdraw("Сам починил")
        with self.enter_registry_test_mode():
            self.env.ref("gorod24_portal.ir_cron_letter").method_direct_trigger()
        mail = self.env["mail.mail"].search([("email_to", "=", "duty@example.org")])
        self.assertEqual(len(mail), 1)
        self.assertIn("nothing more is expected", mail.subject)
        self.assertNotIn("Иванова", mail.body_html)
        self.assertFalse(self.referral.withdrawal_pending)

    def test_replanned_visit_shows_the_former_promise(self):
        now = fields.Datetime.now()
        self.referral.action_plan(now + timedelta(days=1), "первая бригада")
        self.referral.action_plan(now + timedelta(days=2), "вторая бригада")
        page = self._page()
        self.assertIn("How the visit was planned", page.text)
        self.assertIn("первая бригада", page.text)

    # One result for many ----------------------------------------------------------

    def _post_bulk(self, referrals, user=None, **data):
        self._login(user or self.duty)
        return self.url_open(
            "/my/requests/bulk/done",
            data={
                "csrf_token": http.Request.csrf_token(self),
                "ids": referrals.ids,
                "result_text": "Стояк включён",
                "outcome": "fixed",
                **data,
            },
            files=[("files", ("a.jpg", picture(), "image/jpeg"))],
            allow_redirects=False,
        )

    def _jobs(self):
        return self.env["gorod24.bulk.job"].search([])

    def test_several_requests_get_one_result(self):
        second = self._register(self.heating).question_ids.referral_id
        both = self.referral | second
        self._login(self.duty)
        query = "&".join(f"ids={one.id}" for one in both)
        page = self.url_open(f"/my/requests/bulk?{query}")
        for one in both:
            self.assertIn(one.question_id.name, page.text)
        answer = self._post_bulk(both)
        self.assertEqual(answer.status_code, 303, answer.text)
        job = self._jobs()
        self.assertEqual((job.user_id, job.line_count), (self.duty, 2))
        for line in job.line_ids:
            line._process()
        job._finish()
        self.assertEqual(set(both.mapped("state")), {"done"})
        self.assertEqual(len(both.attachment_ids), 2)
        page = self.url_open(f"/my/requests/bulk/{job.id}")
        self.assertIn("Done: <b", page.text)
        self.assertEqual(page.status_code, 200)
        file = second.attachment_ids
        self.assertEqual(
            self.url_open(self._url(f"files/{file.id}", second)).status_code, 200
        )

    def test_bulk_takes_only_the_own_requests_and_shows_only_the_own_work(self):
        answer = self._post_bulk(self.referral, user=self.foreigner)
        self.assertEqual(answer.status_code, 422)
        self.assertFalse(self._jobs())
        self._post_bulk(self.referral)
        job = self._jobs()
        self._login(self.foreigner)
        self.assertEqual(self.url_open(f"/my/requests/bulk/{job.id}").status_code, 404)
        self._login(self.citizen)
        self.assertEqual(self.url_open("/my/requests/bulk").status_code, 404)
        self.authenticate(None, None)
        page = self.url_open("/my/requests/bulk")
        self.assertIn("/web/login", page.url)

    def test_bulk_without_an_outcome_begins_nothing(self):
        answer = self._post_bulk(self.referral, outcome="")
        self.assertEqual(answer.status_code, 422)
        self.assertIn("Choose the outcome.", answer.text)
        self.assertIn("Стояк включён", answer.text, "what was typed is lost")
        self.assertFalse(self._jobs())

    def test_finished_requests_are_left_out(self):
        self.referral.action_done("Готово", "fixed")
        self._login(self.duty)
        page = self.url_open(f"/my/requests/bulk?ids={self.referral.id}")
        self.assertIn("Choose requests in the journal first", page.text)

    # Rights ------------------------------------------------------------------------

    def test_officers_read_neither_history_nor_jobs(self):
        for model in (
            "gorod24.question.event",
            "gorod24.bulk.job",
            "gorod24.bulk.line",
            "gorod24.referral.plan",
        ):
            for user in (self.duty, self.foreigner, self.citizen):
                with self.assertRaises(AccessError):
                    self.env[model].with_user(user).search([])

    def test_who_works_what(self):
        co = self._co()
        allowed = {
            self.duty: self.referral,
            self.head: self.referral,
            self.foreigner: co,
            self.foreign_head: co,
        }
        for user in (*allowed, self.neighbour, self.former, self.citizen):
            for referral in self.referral | co:
                mine = referral.with_user(user)
                if allowed.get(user) == referral:
                    self.assertTrue(mine._may_work())
                    continue
                with self.assertRaises(AccessError):
                    mine.action_plan(fields.Datetime.now() + timedelta(days=1))
                with self.assertRaises(AccessError):
                    mine.action_done("Чужое", "fixed")
                with self.assertRaises(AccessError):
                    mine.action_release("Чужое")
