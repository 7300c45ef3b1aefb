# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from .common_flow import FlowCommon


@tagged("post_install", "-at_install")
class TestReopenReceiver(FlowCommon):
    """A question opened again long after: whoever had it may be there no more."""

    def setUp(self):
        super().setUp()
        self.question = self._question()
        self._done(self.question)
        self.question._close(outcome="unreachable")

    def _reopen(self, question=None):
        question = question or self.question
        self._as(self.operator, question).action_reopen("Гражданин перезвонил")
        return question

    def _assert_with(self, participant, section):
        self.assertRecordValues(
            self.question.referral_id,
            [
                {
                    "participant_id": participant.id,
                    "section_id": section.id,
                    "way": "reopened",
                    "state": "sent",
                }
            ],
        )

    def test_an_archived_organisation_is_replaced_by_the_rules(self):
        self.participant.action_archive()
        self._reopen()
        self._assert_with(self.other_participant, self.other_section)

    def test_with_nobody_by_the_rules_the_supervisor_decides(self):
        self.participant.action_archive()
        self.env["gorod24.competence"].search([]).active = False
        self._reopen()
        self.assertEqual(self.question.state, "registered")
        self.assertFalse(self.question.participant_id)
        self.assertTrue(self.question.decision_since)

    def test_an_archived_section_leaves_it_with_the_organisation(self):
        self.env["gorod24.competence"].search([]).active = False
        new = self.section.create(
            {"name": "Новый участок", "participant_id": self.participant.id}
        )
        self.section.action_archive()
        self._reopen()
        self._assert_with(self.participant, new)

    def test_whoever_works_gets_it_again(self):
        self.env["gorod24.competence"].search([]).active = False
        self._reopen()
        self._assert_with(self.participant, self.section)

    def test_a_complaint_that_joined_a_question_goes_past_the_one_it_is_about(self):
        main = self._question()
        point = {
            "topic_id": self.heating.id,
            "text": "Жалоба",
            "join_id": main.id,
            "complained_id": self.participant.id,
        }
        joined = self._question(number="83852654321", questions=[point])
        self._done(main)
        self._reopen(joined)
        self.assertEqual(self._receivers(joined), self.other_participant)
