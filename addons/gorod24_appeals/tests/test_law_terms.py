# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_flow import FlowCommon

DAY = timedelta(days=1)


@tagged("post_install", "-at_install")
class TestPapers(FlowCommon):
    """59-FZ, article 10, part 2: another body sends papers within 15 days."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.heating.regime_code = "R59"

    def _ask(self, question, **values):
        vals = {"addressee": "Росреестр", "subject": "Выписка о доме", **values}
        return self._as(self.operator, question).action_request_papers(**vals)

    def test_the_term_runs_from_the_request_and_the_papers_end_it(self):
        question = self._question(self.heating)
        due = question.execution_due
        request = self._ask(question, number="12-к")
        to_local = self.env["gorod24.clock"]._to_local
        today = to_local(fields.Datetime.now()).date()
        self.assertEqual(to_local(request.due).date(), today + 15 * DAY)
        self.assertIn("59-ФЗ", request.sudo().clock_ids.rule_id.legal_basis)
        request.action_received()
        self.assertEqual(request.state, "received")
        self.assertEqual(request.sudo().clock_ids.outcome, "met")
        self.assertEqual(question.execution_due, due, "his own term does not move")
        notes = question.event_ids.sorted("id").mapped("note")
        self.assertTrue(any("Росреестр" in (note or "") for note in notes))
        with self.assertRaisesRegex(UserError, "not waited for"):
            request.action_received()

    def test_several_bodies_are_asked_at_once(self):
        question = self._question(self.heating)
        first, second = self._ask(question), self._ask(question, addressee="ГИБДД")
        first.action_cancel()
        self.assertEqual(first.sudo().clock_ids.outcome, "excused")
        self.assertEqual(second.sudo().clock_ids.state, "running")

    def test_a_closed_question_waits_for_nothing(self):
        question = self._question(self.heating)
        request = self._ask(question)
        self._as(self.operator, question).action_withdraw("Передумал")
        self.assertEqual(request.state, "cancelled")
        self.assertEqual(request.sudo().clock_ids.state, "stopped")
        with self.assertRaisesRegex(UserError, "not worked any more"):
            self._ask(question)

    def test_a_regime_without_the_limit_gives_no_term(self):
        question = self._question(self.pipe)
        request = self._ask(question)
        self.assertFalse(request.due)
        self.assertFalse(request.sudo().clock_ids)

    def test_senseless_requests_are_refused(self):
        question = self._question(self.heating)
        today = self.env["gorod24.clock"]._get_today()
        for values in (
            {"addressee": " "},
            {"subject": ""},
            {"day": today + DAY},
            {"day": today - 30 * DAY},
            {"addressee": "х" * 501},
        ):
            with self.assertRaises(UserError):
                self._ask(question, **values)
        self.assertFalse(question.paper_request_ids)
        with self.assertRaises(AccessError):
            self._as(self.manager, question).action_request_papers("Кто", "Что")

    def test_not_received_in_time_whoever_asked_is_told(self):
        request = self._ask(self._question(self.heating))
        readers = request.sudo()._get_escalation_readers("supervisor")
        self.assertIn(self.operator.id, readers[request.id])
        self.assertIn(self.supervisor.id, readers[request.id])


@tagged("post_install", "-at_install")
class TestOralConsent(FlowCommon):
    """59-FZ, article 13: an oral answer when the citizen agrees, noted on the card."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.heating.regime_code = "R59-ORAL"

    def _answered(self, **point):
        return self._register(
            questions=[
                {
                    "topic_id": self.heating.id,
                    "text": "На приеме",
                    "answer_text": "Разъяснено",
                    **point,
                }
            ]
        ).question_ids

    def test_the_card_asks_for_it(self):
        self.assertTrue(self.card.preview(self.heating.id, self.house.id)["oral"])
        self.assertFalse(self.card.preview(self.pipe.id, self.house.id)["oral"])
        with self.assertRaisesRegex(UserError, "consent") as caught:
            self._answered()
        self.assertEqual(caught.exception.context["card_field"], "consent")
        question = self._answered(oral_consent=True)
        self.assertEqual(question.outcome, "answered_in_call")
        self.assertEqual(question.oral_consent_by_id, self.operator)
        self.assertTrue(question.oral_consent_at)

    def test_closing_by_an_oral_answer_needs_it(self):
        question = self._question(self.heating)
        mine = self._as(self.operator, question)
        with self.assertRaisesRegex(UserError, "consent"):
            mine.action_close("answered_in_call", "Ответили на приеме")
        self.assertEqual(question.state, "sent")
        mine.action_note_oral_consent()
        mine.action_close("answered_in_call", "Ответили на приеме")
        self.assertEqual(question.state, "closed")

    def test_the_dialog_notes_it_with_the_closing(self):
        question = self._question(self.heating)
        work = self.env["gorod24.question.work"].with_user(self.operator)
        dialog = work.create(
            {
                "question_id": question.id,
                "work": "close",
                "outcome": "answered_in_call",
                "oral_consent": True,
            }
        )
        self.assertTrue(dialog.lacks_consent)
        dialog.action_apply()
        self.assertTrue(question.oral_consent_at)
        self.assertEqual(question.state, "closed")

    def test_a_result_told_by_telephone_needs_it_too(self):
        question = self._question(self.heating)
        self._done(question)
        duty = self._as(self.operator, question.informing_ids)
        with self.assertRaisesRegex(UserError, "consent"):
            duty.record_attempt("reached", "yes")
        self.assertEqual(question.state, "informing")
        # answered in writing it needs none
        today = self.env["gorod24.clock"]._get_today()
        duty.action_told_in_writing("post", today)
        self.assertEqual(question.state, "closed")

    def test_other_regimes_know_no_consent(self):
        question = self._question(self.pipe)
        with self.assertRaisesRegex(UserError, "at a reception"):
            self._as(self.operator, question).action_note_oral_consent()


@tagged("post_install", "-at_install")
class TestRating(FlowCommon):
    """Resolution 1802: the answer is rated and may be considered again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.heating.regime_code = "POS"

    def _answered(self):
        question = self._question(self.heating)
        self._done(question, "explained", "Разъяснено")
        return question

    def test_a_rating_is_noted_and_nothing_else_happens(self):
        question = self._answered()
        self._as(self.operator, question).action_rate(4, "Быстро")
        self.assertEqual((question.answer_rating, question.rated_words), (4, "Быстро"))
        self.assertEqual(question.state, "informing")

    def test_repeat_consideration_begins_a_new_control_period(self):
        question = self._answered()
        first = question.referral_id
        mine = self._as(self.operator, question)
        with self.assertRaises(UserError):
            mine.action_rate(1, " ", again=True)
        mine.action_rate(1, "Ответ не по вопросу", again=True)
        self.assertEqual((question.state, question.period), ("sent", 2))
        self.assertEqual(first.result_text, "Разъяснено")
        self.assertEqual(question.referral_id.way, "reopened")
        self.assertIn("Ответ не по вопросу", question.referral_id.reason)
        self.assertEqual(set(question.informing_ids.mapped("state")), {"cancelled"})
        running = question.clock_ids.filtered(lambda one: one.state == "running")
        self.assertIn("execution", running.mapped("kind"))

    def test_senseless_ratings_are_refused(self):
        question = self._question(self.heating)
        mine = self._as(self.operator, question)
        with self.assertRaisesRegex(UserError, "no answer to rate"):
            mine.action_rate(5)
        self._done(question)
        for rating in (0, 6, "5", True, None):
            with self.assertRaises(UserError):
                mine.action_rate(rating)
        other = self._question(self.pipe)
        self._done(other)
        with self.assertRaisesRegex(UserError, "platform"):
            self._as(self.operator, other).action_rate(5)
        self.assertFalse(question.answer_rating)
