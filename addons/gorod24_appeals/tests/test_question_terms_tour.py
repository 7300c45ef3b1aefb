# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import HttpCase, tagged

from .common import AppealsCommon


@tagged("post_install", "-at_install")
class TestQuestionTermsTour(AppealsCommon, HttpCase):
    def test_operator_pauses_and_resumes_a_term(self):
        question = self._register(self.heating).question_ids
        self.start_tour(
            f"/odoo/questions/{question.id}",
            "gorod24_appeals_question_terms",
            login="test_operator",
            timeout=180,
        )
        clock = question.clock_ids.filtered(lambda one: one.kind == "execution")
        self.assertEqual(clock.state, "running")
        self.assertEqual(clock.pause_ids.reason, "Ждём документы")
        self.assertTrue(clock.pause_ids.date_to)
        self.assertEqual(clock.pause_ids.author_id, self.operator)
