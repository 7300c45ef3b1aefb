# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from .common import PortalHttpCommon


@tagged("post_install", "-at_install")
class TestViewLog(PortalHttpCommon):
    def test_page_of_a_request_is_noted_and_tells_nothing_of_it(self):
        appeal = self._register()
        referral = appeal.question_ids.referral_id
        self._login(self.duty)
        page = self.url_open(self._url(referral=referral))
        self.assertEqual(page.status_code, 200)
        views = self.env["gorod24.appeal.view"].search([("appeal_id", "=", appeal.id)])
        self.assertEqual((views.user_id, views.source), (self.duty, "portal"))
        self.assertNotIn("gorod24.timeline", page.text)
        self.assertNotIn(self.operator.name, page.text)

    def test_a_page_of_the_journal_is_one_line_of_the_log(self):
        appeals = self._register() | self._register()
        before = self.env["gorod24.appeal.view"].search([])
        self._login(self.duty)
        for _turn in range(2):
            self.assertEqual(self.url_open("/my/requests").status_code, 200)
        view = self.env["gorod24.appeal.view"].search([]) - before
        self.assertEqual(
            (view.user_id, view.source, view.model),
            (self.duty, "portal", "gorod24.referral"),
        )
        self.assertGreaterEqual(view.row_count, 2)
        self.assertLessEqual(appeals.partner_id, view.citizen_ids)
