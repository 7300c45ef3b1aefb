# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import HttpCase, tagged

from .common_flow import FlowCommon


@tagged("post_install", "-at_install")
class TestQuestionFlowTour(FlowCommon, HttpCase):
    def test_operator_works_a_question_on_its_form(self):
        question = self._question()
        self.start_tour(
            f"/odoo/questions/{question.id}",
            "gorod24_appeals_question_flow",
            login="test_operator",
            timeout=180,
        )
        question.invalidate_recordset()
        self.assertRecordValues(
            question.referral_ids.sorted("id"),
            [
                {"participant_id": who.id, "role": role, "ending": ending}
                for who, role, ending in (
                    (self.participant, "main", "resent"),
                    (self.other_participant, "main", "withdrawn"),
                    (self.third, "co", "withdrawn"),
                )
            ],
        )
        self.assertEqual((question.state, question.outcome), ("closed", "withdrawn"))
