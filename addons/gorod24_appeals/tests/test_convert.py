# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_flow import FlowCommon


@tagged("post_install", "-at_install")
class TestConvert(FlowCommon):
    """A telephone contact becomes a written appeal under 59-FZ."""

    def _convert(self, appeal, kind="complaint", address="ул. Опытная, 10", email=""):
        self._as(self.operator, appeal).action_convert(kind, address, email)

    def test_terms_count_from_registration_and_the_number_stays(self):
        with freeze_time("2026-10-05 03:00:00"):
            appeal = self._register()
        number, question = appeal.number, appeal.question_ids
        hot = question.execution_due
        with freeze_time("2026-10-08 03:00:00"):
            self._convert(appeal)
        self.assertEqual((appeal.number, appeal.kind), (number, "complaint"))
        self.assertEqual(appeal.converted_by_id, self.operator)
        self.assertEqual(question.regime_id.code, "R59")
        clock = question.clock_ids.filtered(lambda c: c.kind == "execution")
        self.assertEqual(len(clock), 1)
        self.assertEqual(clock.start, question.registered_at)
        self.assertGreater(question.execution_due, hot)
        self.assertLessEqual(
            question.execution_due, question.registered_at + timedelta(days=31)
        )
        self.assertEqual(question.referral_id.execution_due, question.execution_due)
        self.assertIn("converted", self._kinds(question))
        with self.assertRaisesRegex(UserError, "written one already: test_operator"):
            self._convert(appeal)

    def test_closed_before_and_opened_again_comes_under_the_law(self):
        appeal = self._register(self.heating, self.heating)
        first, second = appeal.question_ids.sorted("position")
        self._done(first)
        first._close(outcome="unreachable")
        self._convert(appeal)
        self.assertEqual(first.regime_id.code, "HOT")
        self._as(self.operator, first).action_reopen("Не исправлено")
        self.assertEqual(first.regime_id, second.regime_id)
        running = first.clock_ids.filtered(lambda one: one.state == "running")
        self.assertIn("forwarding", running.mapped("kind"))
        self.assertEqual(running.regime_id, second.regime_id)
        self.assertIn("converted", self._kinds(first))

    def test_an_emergency_opened_again_keeps_its_own_terms(self):
        appeal = self._register(self.pipe, self.heating)
        burst = appeal.question_ids.sorted("position")[0]
        self._done(burst)
        burst._close(outcome="unreachable")
        self._convert(appeal)
        self._as(self.operator, burst).action_reopen("Опять течёт")
        self.assertEqual(burst.regime_id.code, "EMRG")

    def test_sent_later_is_still_timed_from_the_registration(self):
        self.env["gorod24.competence"].search([]).active = False
        with freeze_time("2026-10-05 03:00:00"):
            appeal = self._register()
        with freeze_time("2026-10-06 03:00:00"):
            self._convert(appeal)
        with freeze_time("2026-10-09 03:00:00"):
            self._as(self.operator, appeal.question_ids).action_send(self.third.id)
        clock = appeal.question_ids._clock_find("execution", [])
        self.assertEqual(clock.start, appeal.registered_at)

    def test_the_law_asks_for_a_name_and_an_address(self):
        anonymous = self._register(person_name="", number="anonymous")
        with self.assertRaisesRegex(UserError, "surname and first name"):
            self._convert(anonymous)
        appeal = self._register()
        with self.assertRaisesRegex(UserError, "postal or e-mail address"):
            self._convert(appeal, address=" ")
        with self.assertRaisesRegex(UserError, "no e-mail address"):
            self._convert(appeal, address="", email="не почта")
        with self.assertRaisesRegex(UserError, "Choose the kind"):
            self._convert(appeal, kind="gratitude")
        self.assertFalse(appeal.converted_at)
        self._convert(appeal, address="", email="Anna@Example.org")
        self.assertEqual(appeal.answer_email, "anna@example.org")

    def test_author_without_a_telephone_is_answered_all_the_same(self):
        appeal = self._register(number="anonymous")
        self._convert(appeal)
        question = appeal.question_ids
        self._as_duty(question).action_done("Починили", "fixed")
        self.assertEqual(question.state, "informing")
        self.assertTrue(question.informing_ids.needs_contact)

    def test_letter_on_an_ordinary_topic_reminds_of_the_conversion(self):
        letter = self.env.ref("gorod24_appeals.channel_letter").id
        question = {"topic_id": self.heating.id, "text": "Холодно"}
        values = {
            "person_name": "Иванова Анна Петровна",
            "number": "83852123456",
            "building_id": self.house.id,
            "questions": [question],
        }
        saved = self.card.register({**values, "channel_id": letter})
        self.assertTrue(saved["may_be_written"])
        appeal = self.env["helpdesk.ticket"].browse(saved["appeal_id"])
        self._convert(appeal)
        self.assertFalse(appeal.may_be_written)
        self.assertFalse(self.card.register(values)["may_be_written"], "a call")

    def test_conversion_is_not_written_past_its_method(self):
        appeal = self._register()
        with self.assertRaises(AccessError):
            self._as(self.operator, appeal).converted_at = "2026-10-05 03:00:00"
        person = self._as(self.operator, appeal.partner_id)
        with self.assertRaises(AccessError):
            person.merged_into_id = self._as(self.operator, self.env.user.partner_id)

    def test_closed_appeal_has_nothing_to_consider(self):
        appeal = self._register(self.reference)
        with self.assertRaisesRegex(UserError, "nothing to consider"):
            self._convert(appeal)

    def test_emergency_keeps_its_shorter_terms(self):
        appeal = self._register(self.heating, self.pipe)
        hot, emergency = appeal.question_ids.sorted("position")
        due = emergency.execution_due
        self._convert(appeal)
        self.assertEqual(hot.regime_id.code, "R59")
        self.assertTrue(emergency.regime_id.is_emergency)
        self.assertEqual(emergency.execution_due, due)
        self._as(self.operator, hot).action_correct_topic(self.reference.id)
        self.assertEqual(hot.regime_id.code, "R59", "a written appeal stays one")
