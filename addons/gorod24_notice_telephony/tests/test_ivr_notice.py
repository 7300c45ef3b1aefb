# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.gorod24_notice.tests.common import NoticeCommon

NUMBER = "83852123456"


@tagged("post_install", "-at_install")
class TestIvrNotice(NoticeCommon):
    """What the voice menu reads to a known caller."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ivr = cls.env["gorod24.ivr"].with_context(lang="en_US")

    def setUp(self):
        super().setUp()
        partner = self._register(number=NUMBER).partner_id
        partner.building_id = self.house

    def _said(self):
        return self.ivr._look_up(NUMBER)["notice"]

    def test_one_sentence_and_the_term(self):
        self._notice()
        said = self._said()
        self.assertTrue(said.startswith("Отключена горячая вода. It is expected"), said)
        self.assertNotIn("Бригада", said)
        # Nobody who holds the telephone hears where the person lives.
        self.assertNotIn(self.street.name, said)

    def test_the_nearest_notice_is_read(self):
        self._notice(
            {"kind": "city", "address_id": self.city.id}, text="В городе нет газа."
        )
        self.assertIn("нет газа", self._said())
        self._notice()
        self.assertIn("горячая вода", self._said())

    def test_what_will_be_and_mere_news_are_left_to_the_operator(self):
        self._notice(
            type="planned", planned_from=self._hours(3), expected_at=self._hours(5)
        )
        self._notice(type="information", text="Прививки бесплатно.")
        self.assertEqual(self._said(), "")

    def test_passed_term_is_not_promised_again(self):
        notice = self._notice()
        notice.sudo().expected_at = self._hours(-1)
        self.assertIn("has passed", self._said())
        notice.action_finish()
        self.assertEqual(self._said(), "")

    def test_it_costs_the_menu_one_query(self):
        self.ivr._look_up(NUMBER)
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.ivr._look_up(NUMBER)
        bare = self.env.cr.sql_log_count - before
        self._notice()
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(bare):
            self.assertTrue(self.ivr._look_up(NUMBER)["notice"])
        self.assertLessEqual(bare, 17)

    def test_who_waits_for_the_end_is_not_told_that_his_appeal_is_closed(self):
        notice = self._notice()
        own = {"person_name": "Петров Олег", "number": "83852123457"}
        first = self._join(notice, **own)
        own = {"partner_id": first.partner_id.id, "number": own["number"]}
        again = self._join(notice, **own, person_name=False)

        def said():
            look_up = self.ivr._look_up
            numbers = (first.appeal_id.number, again.appeal_id.number)
            answers = [look_up(own["number"], number) for number in numbers]
            return {answer["appeal"]["sentence"] for answer in answers}

        self.assertEqual(said(), {"Your appeal is being worked on."})
        notice.action_finish(closing_text="Вода подана")
        call = "There is an answer to your appeal, we shall call you."
        self.assertEqual(said(), {call})
        duty = (first | again).informing_ids
        duty.with_user(self.operator).record_attempt("reached", "yes")
        self.assertEqual(said(), {"Your appeal is closed."})
        told = self._join(self._notice(), waits=False, **own, person_name=False)
        self.assertEqual(told._get_state_to_citizen(), "closed")
