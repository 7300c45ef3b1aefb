# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import HttpCase, new_test_user, tagged

from .common import AppealsCommon


@tagged("post_install", "-at_install")
class TestCardTour(AppealsCommon, HttpCase):
    def test_operator_fills_the_card_and_registers(self):
        self.start_tour(
            "/odoo/card", "gorod24_appeals_card", login="test_operator", timeout=180
        )
        question = self.env["gorod24.question"].search(
            [("partner_id.name", "=", "Проверкин Иван")]
        )
        self.assertEqual(len(question), 1)
        self.assertEqual(question.topic_id, self.heating)
        self.assertEqual(question.building_id, self.house)
        self.assertEqual(question.participant_id, self.participant)
        self.assertEqual(question.state, "sent")
        self.assertEqual(question.appeal_id.flat, "7")
        self.assertEqual(question.appeal_id.phone_e164, "+73852209999")

    def test_paper_blank_is_entered_with_the_keyboard(self):
        """The dialog it begins with must not take the keys of the card with it."""
        new_test_user(
            self.env, "blank_chief", groups="gorod24_appeals.group_supervisor"
        )
        batch = self.env["gorod24.blank.batch"].with_user(self.operator)._issue(1)
        self.start_tour(
            "/odoo/card",
            "gorod24_appeals_blank_entry",
            login="blank_chief",
            timeout=180,
        )
        self.assertEqual(batch.blank_ids.state, "entered")
        question = batch.blank_ids.appeal_id.question_ids
        self.assertEqual(question.partner_id.name, "Бланкова Ирина")
        self.assertLess(question.registered_at, question.appeal_id.entered_at)
