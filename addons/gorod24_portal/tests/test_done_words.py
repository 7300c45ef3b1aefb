# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from .common import PortalHttpCommon


@tagged("post_install", "-at_install")
class TestDoneWords(PortalHttpCommon):
    """What the officer is told after his result is what will happen."""

    def _report(self, referral, user):
        self._referrals(user).browse(referral.id).action_accept()
        self._login(user)
        form = {"outcome": "fixed", "result_text": "Сделали"}
        answer = self._post("done", form, referral=referral)
        return self.url_open(answer.headers["Location"]).text

    def test_citizen_will_be_told(self):
        page = self._report(self.referral, self.duty)
        self.assertIn("The hotline will tell the citizen.", page)

    def test_nobody_is_told_of_an_anonymous_appeal(self):
        appeal = self._register(person_name="", number="", author_type="anonymous")
        page = self._report(appeal.question_ids.referral_id, self.duty)
        self.assertIn("There is nobody to tell", page)
        self.assertNotIn("The hotline will tell the citizen.", page)

    def test_part_of_a_co_executor_closes_nothing(self):
        self.question.with_user(self.operator).action_add_co(
            self.other_participant.id, self.foreign_section.id, "Открыть щитовую"
        )
        part = self.question.referral_ids.filtered(lambda one: one.role == "co")
        page = self._report(part, self.foreigner)
        self.assertIn("your part is noted", page)
        self.assertNotIn("The hotline will tell the citizen.", page)

    def test_phone_of_the_city_is_written_as_its_people_say_it(self):
        self._login(self.duty)
        self.assertIn("+7 3852 12-34-56", self.url_open(self._url()).text)
