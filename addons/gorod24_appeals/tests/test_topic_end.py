# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import AppealsCommon


@tagged("post_install", "-at_install")
class TestTopicEnd(AppealsCommon):
    def _question(self, **values):
        return self.env["gorod24.question"].create(
            {
                "topic_id": self.heating.id,
                "name": "Проба",
                "position": 1,
                "text": "Холодно",
                "appeal_id": self.env["helpdesk.ticket"]
                .create({"name": "Проба", "description": "-"})
                .id,
                **values,
            }
        )

    def test_open_questions_are_counted(self):
        self.assertEqual(self.heating._count_open_uses(), 0)
        question = self._question()
        self.assertEqual(self.heating._count_open_uses(), 1)
        wizard = self.env["gorod24.topic.archive"].create({"topic_id": self.heating.id})
        with self.assertRaises(UserError):
            wizard.action_apply()
        question.state = "closed"
        self.assertEqual(self.heating._count_open_uses(), 0)

    def test_topic_of_a_closed_question_is_not_deleted(self):
        self._question(state="closed")
        with self.assertRaisesRegex(UserError, "Archive"):
            self.heating.unlink()

    def test_regime_is_chosen_by_code(self):
        regimes = self.env["gorod24.regime"]
        self.assertEqual(self.heating.regime_id, regimes._by_code("HOT"))
        self.heating.regime_id = regimes._by_code("EMRG")
        self.assertEqual(self.heating.regime_code, "EMRG")
        self.heating.regime_id = False
        self.assertFalse(self.heating.regime_code)
        topics = self.env["helpdesk.ticket.category"]
        found = topics.search([("regime_id", "=", regimes._by_code("EMRG").id)])
        self.assertIn(self.pipe, found)
        self.assertNotIn(self.heating, found)
        self.assertIn(self.heating, topics.search([("regime_id", "=", False)]))
