# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_flow import FlowCommon


@tagged("post_install", "-at_install")
class TestClosing(FlowCommon):
    """Who may end the control of a question, with what, and why not; corrections."""

    def test_a_reported_result_closes_only_when_it_is_told(self):
        question = self._question()
        self._done(question, "explained")
        self.assertEqual(question.outcome, "explained")
        with self.assertRaisesRegex(UserError, "has to be told"):
            question._close()
        with self.assertRaisesRegex(UserError, "has to be told"):
            self._as(self.operator, question).action_close()
        self.assertEqual(question.state, "informing")
        question._close(outcome="unreachable")
        self.assertEqual((question.state, question.outcome), ("closed", "unreachable"))
        self.assertEqual(question.informing_ids.state, "cancelled")

    def test_four_outcomes_stay_apart(self):
        for outcome in ("fixed", "explained", "supported", "not_supported"):
            question = self._question()
            self._done(question, outcome)
            self.assertEqual(question.outcome, outcome)

    def test_a_result_is_not_claimed_for_a_participant(self):
        question = self._question()
        with self.assertRaisesRegex(UserError, "when the result is reported"):
            question._close(outcome="fixed")
        with self.assertRaisesRegex(UserError, "reported by the participant"):
            self._as(self.operator, question).action_close("fixed")
        with self.assertRaisesRegex(UserError, "without an outcome"):
            question._close()
        self.assertEqual((question.state, question.referral_id.state), ("sent", "sent"))

    def test_declined_informing_closes_when_the_result_comes(self):
        question = self._question()
        self._as(self.operator, question).action_decline_informing("Так сказал")
        self.assertEqual(question.declined_by_id, self.operator)
        self.assertTrue(question.declined_at)
        self._done(question)
        self.assertEqual((question.state, question.outcome), ("closed", "fixed"))
        self.assertFalse(question.informing_ids)

    def test_declined_at_registration(self):
        question = self._question(informing_declined=True)
        self.assertRecordValues(
            question,
            [{"informing_declined": True, "declined_by_id": self.operator.id}],
        )
        self._done(question)
        self.assertEqual(question.state, "closed")

    def test_declined_later_closes_what_waits_to_be_told(self):
        question = self._question()
        self._done(question)
        mine = self._as(self.operator, question)
        mine.action_decline_informing()
        self.assertEqual((question.state, question.outcome), ("closed", "fixed"))
        with self.assertRaisesRegex(UserError, "already"):
            mine.action_decline_informing()

    def test_withdrawn_question_stops_its_terms_and_its_referral(self):
        question = self._question()
        with self.assertRaisesRegex(UserError, "Write the reason"):
            self._as(self.operator, question).action_withdraw("")
        self._as(self.operator, question).action_withdraw("Сам починил")
        self.assertRecordValues(question, [{"state": "closed", "outcome": "withdrawn"}])
        self.assertEqual(set(question.clock_ids.mapped("state")), {"stopped"})
        referral = question.referral_id
        self.assertEqual((referral.state, referral.ending), ("withdrawn", "withdrawn"))
        self.assertIn("withdrawn", self._kinds(question))
        with self.assertRaisesRegex(UserError, "already in the state"):
            self._as(self.operator, question).action_withdraw("Ещё раз")

    def test_duplicate_names_its_leading_question(self):
        first, second = self._question(), self._question()
        mine = self._as(self.operator, second)
        with self.assertRaisesRegex(UserError, "Choose the question"):
            mine.action_close("duplicate")
        with self.assertRaisesRegex(UserError, "cannot repeat itself"):
            mine.action_close("duplicate", leading_id=second.id)
        mine.action_close("duplicate", leading_id=first.id)
        self.assertEqual((second.state, second.leading_id), ("closed", first))
        self.assertEqual(second.referral_id.ending, "closed")
        with self.assertRaisesRegex(UserError, "cannot repeat itself"):
            self._as(self.operator, first).action_close(
                "duplicate", leading_id=second.id
            )
        self.assertEqual(first.state, "sent")

    def test_corrected_text_keeps_the_former_one(self):
        question = self._question()
        before = question.text
        mine = self._as(self.operator, question)
        with self.assertRaisesRegex(UserError, "Write what the citizen said"):
            mine.action_correct_text("  ")
        mine.action_correct_text("Холодно во всём подъезде")
        self.assertEqual(question.text, "Холодно во всём подъезде")
        self.assertIn(
            before, question.event_ids.filtered(lambda event: event.kind == "text").note
        )
        mine.action_correct_text("Холодно во всём подъезде")
        self.assertEqual(self._kinds(question).count("text"), 1)

    def test_corrected_topic_counts_anew_from_the_same_start(self):
        question = self._question()
        start = question.clock_ids.filtered(lambda c: c.kind == "execution").start
        due = question.execution_due
        route = self._as(self.operator, question).action_correct_topic(self.pipe.id)
        self.assertLess(question.execution_due, due)
        self.assertTrue(question.emergency)
        self.assertTrue(question.regime_id.is_emergency)
        clock = question.clock_ids.filtered(lambda c: c.kind == "execution")
        self.assertEqual((len(clock), clock.start), (1, start))
        self.assertEqual(question.appeal_id.category_id, self.pipe)
        self.assertEqual(route["participant_id"], self.participant.id)
        self.assertFalse(route["changed"])
        note = question.event_ids.filtered(lambda event: event.kind == "topic").note
        self.assertIn("Пробный холод", note)
        self._as(self.operator, question).action_correct_topic(self.heating.id)
        self.assertEqual((question.execution_due, question.emergency), (due, False))

    def test_corrected_topic_offers_another_participant(self):
        self.env["gorod24.competence"].create(
            {
                "topic_id": self.pipe.id,
                "address_id": self.street.id,
                "building_ids": [(6, 0, self.house.ids)],
                "participant_id": self.third.id,
                "section_id": self.third_section.id,
            }
        )
        question = self._question()
        wizard = self._as(self.operator, self.env["gorod24.question.work"]).create(
            {"question_id": question.id, "work": "topic", "topic_id": self.pipe.id}
        )
        self.assertEqual(wizard.action_apply()["res_id"], wizard.id)
        self.assertIn("Пробная дирекция", wizard.proposal)
        self.assertEqual(question.participant_id, self.participant, "only offered")
        wizard.action_send_proposed()
        self.assertEqual(question.participant_id, self.third)

    def test_closed_question_is_not_corrected(self):
        question = self._question()
        mine = self._as(self.operator, question)
        mine.action_withdraw("Сам починил")
        with self.assertRaisesRegex(UserError, "is closed"):
            mine.action_correct_text("Иначе")
        with self.assertRaisesRegex(UserError, "is closed"):
            mine.action_correct_topic(self.pipe.id)

    def test_history_is_only_added_to(self):
        event = self._question().event_ids[:1]
        with self.assertRaises(AccessError):
            event.note = "переписано"
        with self.assertRaises(AccessError):
            self._as(self.operator, event).unlink()
        with self.assertRaises(AccessError):
            self._as(self.operator, self.env[event._name]).create(
                {"question_id": event.question_id.id, "kind": "note"}
            )

    def test_readers_change_nothing(self):
        question = self._question()
        for user in (self.manager, self.duty):
            mine = self._as(user, question)
            for call in (
                lambda mine=mine: mine.action_resend(self.third.id),
                lambda mine=mine: mine.action_add_co(self.third.id),
                lambda mine=mine: mine.action_withdraw("Нет"),
                lambda mine=mine: mine.action_close("answered_in_call"),
                lambda mine=mine: mine.action_rework("Нет"),
                lambda mine=mine: mine.action_reopen("Нет"),
                lambda mine=mine: mine.action_decline_informing(),
                lambda mine=mine: mine.action_correct_text("Нет"),
                lambda mine=mine: mine.action_correct_topic(self.pipe.id),
                lambda mine=mine: mine.appeal_id.action_convert("complaint", "Дом"),
            ):
                with self.assertRaises(AccessError):
                    call()
        self.assertEqual(question.state, "sent")
