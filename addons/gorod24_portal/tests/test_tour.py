# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from .common import PortalHttpCommon


@tagged("post_install", "-at_install")
class TestPhoneTour(PortalHttpCommon):
    browser_size = "390x844"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._speak_russian()

    def test_accept_and_report_with_photos(self):
        self.start_tour(
            "/my/requests", "gorod24_portal_phone", login=self.duty.login, timeout=120
        )
        self.assertEqual(self.referral.state, "done")
        self.assertEqual(self.referral.outcome_claimed, "fixed")
        self.assertEqual(self.referral.done_by_id, self.duty)
        self.assertEqual(len(self.referral.attachment_ids), 2)
        self.assertEqual(self.question.state, "informing")

    def test_one_result_for_all_that_are_chosen(self):
        second = self._register(self.heating).question_ids.referral_id
        self.start_tour(
            "/my/requests", "gorod24_portal_bulk", login=self.duty.login, timeout=120
        )
        job = self.env["gorod24.bulk.job"].search([])
        self.assertEqual(job.line_ids.referral_id, self.referral | second)
        self.assertEqual(
            (job.outcome, job.result_text, job.user_id),
            ("fixed", "Стояк включён", self.duty),
        )
