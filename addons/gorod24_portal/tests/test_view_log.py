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
