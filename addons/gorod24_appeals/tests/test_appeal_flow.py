# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import AppealsCommon


@tagged("post_install", "-at_install")
class TestAppealFlow(AppealsCommon):
    """The whole road of a question, from the card to the release from control."""

    def test_card_makes_appeal_question_referral_and_clocks(self):
        appeal = self._register()
        question = appeal.question_ids
        self.assertRecordValues(
            question,
            [
                {
                    "name": f"{appeal.number}/1",
                    "state": "sent",
                    "participant_id": self.participant.id,
                    "section_id": self.section.id,
                    "district_id": self.district.id,
                    "phone_e164": "+73852123456",
                }
            ],
        )
        self.assertEqual(
            sorted(question.clock_ids.mapped("kind")), ["acceptance", "execution"]
        )
        self.assertTrue(question.accept_due < question.execution_due)
        self.assertEqual(question.referral_id.execution_due, question.execution_due)
        self.assertEqual(appeal.state, "in_work")
        self.assertEqual(appeal.partner_id.building_id, self.house)
        self.assertIn("Опытная, 10", appeal.address_text)

    def test_result_is_told_and_the_question_closes(self):
        question = self._register().question_ids
        self._as_duty(question).action_accept()
        self.assertEqual(question.state, "accepted")
        self._as_duty(question).action_done("Батарею продули", "fixed")
        self.assertEqual(question.state, "informing")
        self.assertEqual(question.appeal_id.state, "to_inform")
        self.assertTrue(question.informing_due)

        informing = question.informing_ids.with_user(self.operator)
        informing.record_attempt("no_answer")
        self.assertEqual(question.state, "informing")
        informing.record_attempt("reached", "yes")
        self.assertEqual((question.state, question.outcome), ("closed", "fixed"))
        self.assertEqual(question.appeal_id.state, "closed")
        self.assertEqual(informing.attempt_count, 2)
        self.assertFalse(question.clock_ids.filtered(lambda c: c.state != "stopped"))

    def test_dissatisfied_citizen_opens_a_new_control_period(self):
        with freeze_time("2026-10-05 03:00:00"):
            question = self._register().question_ids
            first = question.referral_id
            self._as_duty(question).action_done("Сделано", "fixed")
        old_term = first.execution_due
        with freeze_time("2026-11-16 03:00:00"):
            question.informing_ids.with_user(self.operator).record_attempt(
                "reached", "no", note="по-прежнему холодно"
            )
        self.assertEqual(first.execution_due, old_term, "the past was rewritten")
        self.assertGreater(question.execution_due, old_term)
        self.assertEqual(question.state, "sent")
        self.assertNotEqual(question.referral_id, first)
        self.assertEqual((first.state, first.result_text), ("done", "Сделано"))
        self.assertEqual(
            len(question.clock_ids.filtered(lambda c: c.kind == "execution")), 2
        )

    def test_refused_question_returns_and_goes_to_another(self):
        question = self._register().question_ids
        start = question.execution_due
        self._as_duty(question).action_refuse("Не наш дом")
        self.assertEqual(question.state, "registered")
        self.assertEqual(question.appeal_id.state, "registered")
        question.with_user(self.operator).action_send(self.other_participant.id)
        self.assertEqual(question.referral_id.participant_id, self.other_participant)
        self.assertEqual(question.execution_due, start, "elapsed time must be kept")
        self.assertEqual(len(question.referral_ids), 2)

    def test_extended_term_reaches_the_journal_of_the_participant(self):
        question = self._register().question_ids
        later = question.execution_due + timedelta(days=5)
        question._clock_extend("execution", later, "Ждём деталь", "2026-11-01")
        self.assertEqual(question.execution_due, later)
        self.assertEqual(question.referral_id.execution_due, later)

    def test_second_officer_learns_who_was_first(self):
        question = self._register().question_ids
        self._as_duty(question).action_accept()
        with self.assertRaisesRegex(UserError, self.operator.login):
            self._as_duty(question).action_accept()

    def test_result_needs_words_and_outcome(self):
        referral = self._as_duty(self._register().question_ids)
        for text, outcome in (("  ", "fixed"), ("Сделано", "magic"), ("", "fixed")):
            with self.assertRaises(UserError):
                referral.action_done(text, outcome)
        self.assertEqual(referral.state, "sent")

    def test_reference_question_is_answered_in_the_call(self):
        question = self._register(self.reference).question_ids
        self.assertRecordValues(
            question,
            [{"state": "closed", "outcome": "answered_in_call", "referral_id": False}],
        )
        self.assertFalse(question.clock_ids)

    def test_emergency_has_shorter_terms(self):
        hot, emergency = self._register(self.heating, self.pipe).question_ids.sorted(
            "position"
        )
        self.assertTrue(emergency.emergency)
        self.assertLess(emergency.execution_due, hot.execution_due)
        self.assertTrue(hot.appeal_id.emergency)

    def test_question_without_responsible_is_kept(self):
        self.env["gorod24.competence"].search(
            [("participant_id", "=", self.participant.id)]
        ).active = False
        question = self._register().question_ids
        self.assertEqual(question.state, "registered")
        self.assertFalse(question.referral_id)

    def test_overdue_is_found(self):
        question = self._register().question_ids
        late = question.execution_due + timedelta(minutes=1)
        mine = [("id", "=", question.id), ("is_overdue", "=", True)]
        self.assertFalse(self.env["gorod24.question"].search(mine))
        with freeze_time(late):
            question.invalidate_recordset()
            self.assertTrue(question.is_overdue)
            self.assertEqual(self.env["gorod24.question"].search(mine), question)

    def test_anonymous_result_needs_no_informing(self):
        appeal = self._register(person_name="", number="anonymous")
        self.assertEqual(appeal.author_type, "anonymous")
        question = appeal.question_ids
        self._as_duty(question).action_done("Сделано", "fixed")
        self.assertEqual(question.state, "closed")

    def test_repeated_appeal_is_marked(self):
        first = self._register()
        second = self._register(partner_id=first.partner_id.id)
        self.assertFalse(first.repeated)
        self.assertTrue(second.repeated)
        self.assertEqual(second.partner_id, first.partner_id)
