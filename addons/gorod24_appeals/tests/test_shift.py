# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .test_informing import NOON, InformingCommon


@tagged("post_install", "-at_install")
class TestShift(InformingCommon):
    """What one shift leaves to the next."""

    def setUp(self):
        super().setUp()
        self.shift = self.env["gorod24.shift.handover"].with_user(self.operator)
        self.next_shift = self.shift.with_user(self.second)

    def _block(self, key):
        blocks = {block["key"]: block for block in self.shift.page()["blocks"]}
        return blocks.get(key, {"rows": [], "count": 0})

    def _numbers(self, key):
        return [row["number"] for row in self._block(key)["rows"]]

    def test_open_emergency_shows_the_time_left(self):
        question = self._register(self.pipe).question_ids
        (row,) = [
            row
            for row in self._block("emergency")["rows"]
            if row["number"] == question.name
        ]
        left = (question.accept_due - NOON).total_seconds() // 60
        self.assertEqual(row["left_minutes"], left)
        self._as_duty(question).action_done("Заварили", "fixed")
        question.informing_ids.with_user(self.operator).record_attempt("reached", "yes")
        self.assertNotIn(question.name, self._numbers("emergency"))

    def _minutes(self, key, question):
        rows = self._block(key)["rows"]
        return next(row["left_minutes"] for row in rows if row["id"] == question.id)

    def test_an_emergency_shows_the_term_that_runs_now(self):
        self.pipe.outage_service = "cold_water"
        question = self._register(self.pipe).question_ids
        later = self._register(self.pipe).question_ids
        self._as_duty(question).action_accept()
        self._as_duty(later).action_accept()
        self.assertEqual(self._minutes("emergency", question), 30, "localisation")
        question.action_localised("Перекрыли")
        later.action_localised("Перекрыли")
        self.assertEqual(self._minutes("emergency", question), 240, "no water")
        self.time.tick(timedelta(hours=5))
        self._as_duty(later).action_done("Дали воду", "fixed")
        self.assertGreater(question.execution_due, NOON + timedelta(days=2))
        self.assertEqual(self._minutes("emergency", question), -60)
        self.assertEqual(self._minutes("overdue", question), -60)
        self.assertNotIn(question.name, self._numbers("due_today"))
        # reported: now the citizen has to be told, and nothing is late
        left = (later.informing_due - NOON).total_seconds() // 60 - 300
        self.assertEqual(self._minutes("emergency", later), left)
        self.assertNotIn(later.name, self._numbers("overdue"))
        numbers = self._numbers("emergency")
        self.assertLess(numbers.index(question.name), numbers.index(later.name))

    def test_a_service_that_has_to_be_restored_today_is_due_today(self):
        self.pipe.outage_service = "cold_water"
        question = self._register(self.pipe).question_ids
        self._as_duty(question).action_accept()
        question.action_localised("Перекрыли")
        self.assertEqual(self._minutes("due_today", question), 240)

    def test_overdue_work_nobody_answers_for_is_not_forgotten(self):
        question = self._register().question_ids
        self._as_duty(question).action_refuse("Не наше")
        self.assertEqual(question.state, "registered")
        self.time.move_to(question.execution_due + timedelta(minutes=1))
        self.assertIn(question.name, self._numbers("overdue"))

    def test_figures_agree_with_the_lists_they_open(self):
        for accepted in (True, False):
            question = self._register().question_ids
            if accepted:
                self._as_duty(question).action_accept()
        self._register(self.pipe)
        self.time.move_to(question.execution_due + timedelta(minutes=1))
        questions = self.env["gorod24.question"]
        late = questions
        for block in self.shift.page()["blocks"]:
            found = self.env[block["model"]].search(block["domain"])
            self.assertEqual(len(found), block["count"], block["key"])
            if block["key"] in ("overdue", "unaccepted"):
                self.assertFalse(found & late, "in one of the two only")
                late |= found
        at_work = [("state", "in", ("registered", "sent", "accepted"))]
        self.assertEqual(late, questions.search([("is_overdue", "=", True), *at_work]))

    def test_in_the_evening_the_page_looks_to_the_morning(self):
        duty = self._done()
        work = self._register().question_ids
        self._as_duty(work).action_accept()
        visited = self._register().question_ids
        # 3:00, 6:00 and 8:30 of the next morning, by the service's clock
        work.execution_due = NOON + timedelta(hours=15)
        self._as_duty(visited).action_plan(NOON + timedelta(hours=18))
        duty.record_attempt("call_back", call_back_at=NOON + timedelta(hours=20.5))
        keys = ("due_today", "visits", "promises")
        expected = [work.name, visited.name, duty.question_id.name]
        for hours, shown in ((0, False), (8, True)):
            self.time.move_to(NOON + timedelta(hours=hours))
            for key, number in zip(keys, expected, strict=True):
                self.assertEqual(number in self._numbers(key), shown, key)

    def test_late_work_and_late_acceptance_stand_apart(self):
        new = self._register().question_ids
        taken = self._register().question_ids
        self._as_duty(taken).action_accept()
        self.assertNotIn(new.name, self._numbers("unaccepted"))
        self.time.move_to(taken.execution_due + timedelta(minutes=1))
        self.assertIn(new.name, self._numbers("unaccepted"))
        self.assertIn(taken.name, self._numbers("overdue"))
        self.assertNotIn(taken.name, self._numbers("unaccepted"))

    def test_promises_are_kept_in_sight(self):
        visited = self._register().question_ids
        self._as_duty(visited).action_plan(NOON + timedelta(hours=3))
        later = self._register().question_ids
        self._as_duty(later).action_plan(NOON + timedelta(days=3))
        self.assertIn(visited.name, self._numbers("visits"))
        self.assertNotIn(later.name, self._numbers("visits"))
        duty = self._done()
        duty.record_attempt("call_back", call_back_at=NOON + timedelta(hours=4))
        self.assertIn(duty.question_id.name, self._numbers("promises"))
        self.assertNotIn(duty.question_id.name, self._numbers("inform"))

    def test_empty_boxes_are_not_shown(self):
        for block in self.shift.page()["blocks"]:
            self.assertTrue(block["rows"], block["key"])

    def test_shift_is_handed_over_and_accepted_once(self):
        self._register(self.pipe)
        handed = self.shift.hand_over(" Позвонить на Опытную, 10 ")
        self.assertEqual(handed["text"], "Позвонить на Опытную, 10")
        self.assertFalse(handed["can_take"])
        with self.assertRaises(UserError):
            self.shift.take(handed["id"])
        self.assertTrue(self.next_shift.page()["previous"]["can_take"])
        self.time.tick(timedelta(minutes=5))
        taken = self.next_shift.take(handed["id"])
        self.assertEqual(taken["taken_by"], "Вторая Вера")
        with self.assertRaisesRegex(UserError, "Вторая Вера"):
            self.next_shift.take(handed["id"])
        record = self.shift.browse(handed["id"])
        self.assertGreaterEqual(record.counts["emergency"], 1)
        self.assertEqual(record.taken_at, NOON + timedelta(minutes=5))

    def test_log_is_written_by_the_page_only(self):
        handed = self.shift.browse(self.shift.hand_over("Всё спокойно")["id"])
        for user in (self.operator, self.supervisor):
            with self.assertRaises(AccessError):
                handed.with_user(user).write({"text": "Ничего не было"})
            with self.assertRaises(AccessError):
                handed.with_user(user).unlink()
        for call in (self.shift.page, self.shift.hand_over):
            with self.assertRaises(AccessError):
                getattr(self.shift.with_user(self.manager), call.__name__)()
