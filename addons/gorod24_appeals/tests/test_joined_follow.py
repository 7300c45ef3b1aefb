# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from .common_flow import FlowCommon


@tagged("post_install", "-at_install")
class TestJoinedFollow(FlowCommon):
    """Those who joined a question belong to whoever works it in the end."""

    def setUp(self):
        super().setUp()
        self.main = self._question()
        self.joined = self._join()

    def _join(self):
        point = {"topic_id": self.heating.id, "text": "и нам", "join_id": self.main.id}
        return self._question(
            person_name="Петров Пётр", number="83852654321", questions=[point]
        )

    def _tell(self, satisfaction, note=""):
        duty = self._as(self.operator, self.joined.informing_ids)
        duty.record_attempt("reached", satisfaction, note)

    def test_who_did_it_is_named_and_gets_what_is_not_fixed(self):
        self._refuse(self.main)
        self.assertEqual(self.main.participant_id, self.other_participant)
        self._done(self.main)
        self.assertEqual(self.joined.participant_id, self.other_participant)
        duty = self.joined.informing_ids
        self.assertEqual(duty.participant_id, self.other_participant)
        self._tell("no", "Холодно")
        self.assertRecordValues(
            self.joined.referral_id,
            [
                {
                    "participant_id": self.other_participant.id,
                    "section_id": self.other_section.id,
                    "way": "reopened",
                }
            ],
        )

    def test_reopened_before_the_result_it_goes_where_the_work_is(self):
        self._refuse(self.main)
        self._as(self.operator, self.joined).action_reopen("У нас прорвало ещё раз")
        self.assertEqual(self._receivers(self.joined), self.other_participant)

    def test_who_takes_the_place_of_a_withdrawn_one_is_sent_where_it_was(self):
        late = self._join()
        self._refuse(self.main)
        self._as(self.operator, self.main).action_withdraw("Больше не надо")
        self.assertEqual(self._receivers(self.joined), self.other_participant)
        self.assertEqual(self.joined.referral_id.way, "first", "nobody is discontent")
        self.assertEqual(late.joined_to_id, self.joined)

    def test_opened_again_it_is_waited_for_itself(self):
        self._done(self.main)
        self._tell("no", "Холодно")
        self.main._close(outcome="unreachable")
        appeal = self.joined.appeal_id.with_context(lang="en_US")
        self.assertIn("Result before", appeal.acknowledgement)
        self.assertIn("We shall tell you the result", appeal.acknowledgement)
