# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import HttpCase, tagged

from .common import AppealsCommon


@tagged("post_install", "-at_install")
class TestCardTour(AppealsCommon, HttpCase):
    def test_operator_fills_the_card_and_registers(self):
        self.start_tour("/odoo/card", "gorod24_appeals_card", login="test_operator")
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
