# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import PortalHttpCommon


@tagged("post_install", "-at_install")
class TestReopened(PortalHttpCommon):
    """A citizen who is not content is heard by the participant."""

    def setUp(self):
        super().setUp()
        self.referral.with_user(self.duty).action_done("Продули", "fixed")
        informing = self.question.informing_ids.with_user(self.operator)
        informing.record_attempt("reached", "no", note="Батареи снова ледяные")
        self.again = self.question.referral_id

    def _page(self, referral):
        self._login(self.duty)
        return self.url_open(f"/my/requests/{referral.id}").text

    def test_words_and_the_repeated_control_are_on_the_page(self):
        page = self._page(self.again)
        self.assertIn("Батареи снова ледяные", page)
        self.assertIn("Sent again: the citizen is not content", page)
        self.assertNotIn("Батареи снова ледяные", self._page(self.referral))

    def test_mark_is_in_the_journal(self):
        self._login(self.duty)
        page = self.url_open("/my/requests").text
        self.assertIn("Citizen not content", page)

    def test_words_need_the_agreement_as_the_first_words_do(self):
        self.agreement.field_ids = self._agreement_fields("address")
        self.assertNotIn("Батареи снова ледяные", self._page(self.again))
        with self.assertRaises(AccessError):
            self.again.with_user(self.duty).read(["reason"])


@tagged("post_install", "-at_install")
class TestTakenOver(PortalHttpCommon):
    """A question that had waited for another one comes to the participant."""

    def test_says_why_it_came_and_blames_nobody(self):
        main = self.question
        point = {"topic_id": main.topic_id.id, "text": "и нам", "join_id": main.id}
        person = {"person_name": "Петров Пётр", "number": "83852654321"}
        joined = self._register(questions=[point], **person).question_ids
        main.with_user(self.operator).action_withdraw("Больше не надо")
        self._login(self.duty)
        page = self.url_open(f"/my/requests/{joined.referral_id.id}").text
        self.assertIn("Why it came to you", page)
        self.assertIn(main.name, page)
        self.assertNotIn("the citizen is not content", page)
