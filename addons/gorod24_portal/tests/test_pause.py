# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from .common import PortalHttpCommon


@tagged("post_install", "-at_install")
class TestPause(PortalHttpCommon):
    """A term that stands still is no term that is not there."""

    def setUp(self):
        super().setUp()
        self._referrals(self.duty).browse(self.referral.id).action_accept()
        self.question.with_user(self.operator).action_pause_term(
            "execution", "Ждём доступа в подвал"
        )

    def _row(self):
        return self._referrals(self.duty).browse(self.referral.id)._get_portal_rows()[0]

    def test_officer_sees_the_pause_and_why(self):
        row = self._row()
        self.assertFalse(row["due"])
        self.assertEqual(row["pause"]["reason"], "Ждём доступа в подвал")
        self._login(self.duty)
        journal = self.url_open("/my/requests?tab=work").text
        self.assertIn("The term stands still", journal)
        page = self.url_open(self._url()).text
        for words in ("The term stands still since", "Ждём доступа в подвал"):
            self.assertIn(words, page)
        lines = list(self._referrals(self.duty).search([])._get_portal_sheet_rows())
        mine = next(line for line in lines if line["number"] == self.question.name)
        self.assertIn("stands still since", mine["due"])

    def test_nothing_of_it_is_left_when_the_term_runs_again(self):
        self.question.with_user(self.operator).action_resume_term("execution")
        row = self._row()
        self.assertFalse(row["pause"])
        self.assertTrue(row["due"])

    def test_pause_of_a_request_that_is_over_is_not_told(self):
        self._referrals(self.duty).browse(self.referral.id).action_done("Да", "fixed")
        self.assertFalse(self._row()["pause"])
