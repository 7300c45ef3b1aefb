# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import HttpCase, tagged

from .test_card_details import DetailsCommon


@tagged("post_install", "-at_install")
class TestCardAdviceTour(DetailsCommon, HttpCase):
    """What an operator does with answers, services and the topic's questions."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gas = cls.reference.copy(
            {
                "name": "Пробный запах газа",
                "code": "T-4",
                "regime_code": "NAV",
                "urgency": "emergency",
                "danger": True,
                "stop_phrase": "Если пахнет газом: позвоните 104.",
            }
        )
        cls.service.topic_ids = cls.gas

    def _tour(self, name, person):
        self.start_tour("/odoo/card", name, login="test_operator", timeout=180)
        question = self.env["gorod24.question"].search(
            [("partner_id.name", "=", person)]
        )
        self.assertEqual(len(question), 1)
        return question

    def test_answer_is_read_with_the_keyboard_and_helps(self):
        question = self._tour("gorod24_appeals_card_answer", "Проверкин Пётр")
        self.assertEqual(question.answer_id, self.answer)
        self.assertEqual((question.state, question.helped), ("closed", "yes"))
        self.assertEqual(self.answer.helped_count, 1)

    def test_answer_that_does_not_help_is_followed_by_a_request(self):
        question = self._tour("gorod24_appeals_card_not_helped", "Проверкин Илья")
        self.assertEqual((question.state, question.helped), ("sent", "no"))
        self.assertEqual(question.participant_id, self.participant)

    def test_extra_questions_are_saved_and_the_house_is_asked_for(self):
        self.heating.required_place = "house"
        question = self._tour("gorod24_appeals_card_extra", "Проверкин Олег")
        self.assertEqual(question.building_id, self.house)
        lines = dict(question._get_extra_lines())
        self.assertEqual(lines["Номер опоры"], "15-Б")
        self.assertEqual(lines["Сколько не горит"], "3")
        self.assertEqual(lines["Где"], "Двор")
        self.assertIn("Висят провода", lines)

    def test_danger_is_said_first_and_the_service_told(self):
        question = self._tour("gorod24_appeals_card_danger", "Проверкин Глеб")
        self.assertEqual(question.navigator_id, self.service)
        self.assertEqual(question.outcome, "navigated")

    def test_complaint_names_the_organisation(self):
        question = self._tour("gorod24_appeals_card_complaint", "Проверкин Фома")
        self.assertEqual(question.complained_id, self.other_participant)
