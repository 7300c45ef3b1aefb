# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re
from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import AppealsCommon

# Noon of the service, UTC+7: citizens may be called.
NOON = datetime(2026, 10, 5, 5, 0)
NUMBER = "+73852123456"


class InformingCommon(AppealsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = new_test_user(
            cls.env,
            "test_second",
            name="Вторая Вера",
            groups="gorod24_appeals.group_operator",
        )
        cls.supervisor = new_test_user(
            cls.env, "test_supervisor", groups="gorod24_appeals.group_supervisor"
        )
        cls.Informing = cls.env["gorod24.informing"].with_user(cls.operator)

    def setUp(self):
        super().setUp()
        # Duties of other data would stand in the same queue.
        self.env["gorod24.informing"].search(
            [("state", "=", "due")]
        ).state = "cancelled"
        clock = freeze_time(NOON)
        self.time = clock.start()
        self.addCleanup(clock.stop)

    def _done(self, *topics, **values):
        """Register an appeal, report its results, and return the duties to tell."""
        questions = self._register(*topics, **values).question_ids
        for question in questions.filtered("referral_id"):
            self._as_duty(question).action_done("Батарею продули", "fixed")
        return questions.informing_ids.with_user(self.operator)


@tagged("post_install", "-at_install")
class TestInformingRule(InformingCommon):
    """When a citizen is called again, and when it is enough."""

    def test_missed_call_is_followed_by_a_later_one(self):
        duty = self._done()
        self.assertEqual(duty.next_at, NOON)
        duty.record_attempt("no_answer")
        self.assertEqual(duty.next_at, NOON + timedelta(hours=2))
        self.assertEqual(duty.state, "due")

    def test_busy_line_is_tried_soon(self):
        duty = self._done()
        duty.record_attempt("busy")
        self.assertEqual(duty.next_at, NOON + timedelta(minutes=15))

    def test_unreachable_by_rule_is_neither_fixed_nor_forgotten(self):
        duty = self._done()
        question = duty.question_id
        for hours in (0, 2, 2):
            self.time.tick(timedelta(hours=hours))
            if duty.state == "due":
                duty.record_attempt("no_answer")
        self.assertEqual(duty.state, "due", "three calls of one day are not enough")
        self.time.tick(timedelta(days=1))
        duty.record_attempt("no_answer")
        self.assertEqual(duty.state, "unreachable")
        self.assertEqual((question.state, question.outcome), ("closed", "unreachable"))
        self.assertEqual(question.referral_ids.outcome_claimed, "fixed")
        self.assertEqual(question.result_text, "Батарею продули")
        self.assertEqual(len(duty.attempt_ids), 4, "attempts are never overwritten")
        self.assertFalse(question.clock_ids.filtered(lambda c: c.state != "stopped"))

    def test_rule_is_the_citys_own(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("gorod24.informing_attempts", "1")
        parameters.set_param("gorod24.informing_days", "1")
        duty = self._done()
        duty.record_attempt("no_answer")
        self.assertEqual(duty.state, "unreachable")

    def test_promised_call_is_kept(self):
        duty = self._done()
        promised = NOON + timedelta(days=1, hours=2)
        duty.record_attempt("call_back", call_back_at=str(promised))
        self.assertEqual((duty.next_at, duty.call_back_at), (promised, promised))
        for wrong in ("2026-10-01 10:00:00", "завтра", "2027-10-01 10:00:00"):
            with self.assertRaises(UserError):
                duty.record_attempt("call_back", call_back_at=wrong)

    def test_wrong_number_leads_to_another_one(self):
        duty = self._done()
        phone = duty.partner_id.phone_ids
        duty.record_attempt("wrong_number")
        self.assertTrue(phone.wrong)
        self.assertEqual((duty.state, duty.needs_contact), ("due", True))
        self.assertFalse(duty.next_at)
        with self.assertRaises(UserError):
            duty.set_phone("не знаю")
        duty.set_phone("8 913 210-00-01")
        self.assertEqual(duty.phone_e164, "+79132100001")
        self.assertEqual(duty.next_at, NOON)
        self.assertIn("+79132100001", duty.partner_id._get_usable_numbers())

    def test_other_number_of_the_person_is_taken_at_once(self):
        duty = self._done()
        self.env["gorod24.phone"].create(
            {"e164": "+79132100002", "partner_id": duty.partner_id.id}
        )
        duty.record_attempt("wrong_number")
        self.assertEqual(duty.phone_e164, "+79132100002")
        self.assertFalse(duty.needs_contact)
        duty.record_attempt("no_answer")
        self.assertEqual(len(duty._missed_moments()), 1)

    def test_next_call_of_the_citizen_clears_the_wrong_mark(self):
        duty = self._done()
        duty.record_attempt("wrong_number")
        self._register(partner_id=duty.partner_id.id)
        self.assertFalse(duty.partner_id.phone_ids.wrong)

    def test_number_closed_to_calls_is_not_called(self):
        self._register().partner_id.phone_ids.do_not_call = True
        duty = self._done(partner_id=self._register().partner_id.id)
        person = self.env["gorod24.phone"].search([("do_not_call", "=", True)])
        duty = self._done(partner_id=person[:1].partner_id.id)
        self.assertTrue(duty.needs_contact)
        self.assertFalse(duty.next_at)

    def test_refusal_to_listen_ends_the_calls(self):
        duty = self._done()
        duty.record_attempt("refused")
        self.assertEqual(duty.state, "declined")
        self.assertEqual(duty.question_id.outcome, "fixed")
        self.assertEqual(duty.question_id.state, "closed")

    def test_only_a_supervisor_ends_before_the_rule_and_says_why(self):
        duty = self._done()
        duty.record_attempt("no_answer")
        with self.assertRaisesRegex(UserError, "supervisor|супервизор"):
            duty.action_give_up("Надоело")
        as_supervisor = duty.with_user(self.supervisor)
        with self.assertRaises(UserError):
            as_supervisor.action_give_up(" ")
        as_supervisor.action_give_up("Уехал из города")
        self.assertEqual(duty.state, "unreachable")
        self.assertEqual(duty.end_reason, "Уехал из города")
        self.assertEqual(duty.operator_id, self.supervisor)
        self.assertEqual(duty.question_id.outcome, "unreachable")

    def test_without_any_number_the_operator_may_end(self):
        duty = self._done()
        duty.record_attempt("wrong_number")
        duty.action_give_up()
        self.assertEqual(duty.question_id.outcome, "unreachable")

    def test_settings_refuse_a_senseless_rule(self):
        with self.assertRaises(UserError):
            self.env["res.config.settings"].create(
                {"gorod24_informing_attempts": 1, "gorod24_informing_days": 2}
            )


@tagged("post_install", "-at_install")
class TestInformingCall(InformingCommon):
    """Several results of one citizen in one call."""

    def setUp(self):
        super().setUp()
        self.duties = self._done(self.heating, self.pipe).sorted("id")
        self.first, self.other = self.duties

    def _record(self, disposition="reached", **values):
        everything = [{"id": duty.id, "satisfaction": "yes"} for duty in self.duties]
        items = values.pop("items", everything)
        return self.Informing.record_call(items, disposition, **values)

    def test_all_results_are_told_in_one_call(self):
        self._record(
            items=[
                {"id": self.first.id, "satisfaction": "yes"},
                {"id": self.other.id, "satisfaction": "no", "note": "опять течёт"},
            ]
        )
        self.assertEqual(self.duties.mapped("state"), ["done", "done"])
        self.assertEqual(self.first.question_id.state, "closed")
        reopened = self.other.question_id
        self.assertEqual((reopened.state, reopened.period), ("sent", 2))
        again = reopened.referral_id
        self.assertIn("опять течёт", again.reason)
        self.assertEqual((again.way, again.period), ("reopened", 2))
        self.assertEqual(reopened.appeal_id.satisfaction, "no")
        found = self.env["helpdesk.ticket"].search([("satisfaction", "=", "no")])
        self.assertIn(reopened.appeal_id, found)

    def test_result_not_told_stays_due(self):
        self._record(
            items=[
                {"id": self.first.id, "satisfaction": "partly"},
                {"id": self.other.id, "told": False},
            ],
            note="торопится",
        )
        self.assertEqual(self.duties.mapped("state"), ["done", "due"])
        self.assertFalse(self.other.attempt_ids.told)
        self.assertEqual(self.other.next_at, NOON + timedelta(hours=2))

    def test_call_without_answer_counts_for_every_question(self):
        self._record("no_answer")
        self.assertEqual(self.duties.mapped("attempt_count"), [1, 1])
        self.assertEqual(self.duties.mapped("state"), ["due", "due"])

    def test_call_sent_twice_is_recorded_once(self):
        answer = self._record("no_answer", call_uid="call-1")
        again = self._record("no_answer", call_uid="call-1")
        self.assertEqual(answer, again)
        self.assertEqual(self.duties.mapped("attempt_count"), [1, 1])

    def test_nothing_is_recorded_when_one_was_told_meanwhile(self):
        self.first.record_attempt("reached", "yes")
        with self.assertRaises(UserError):
            self._record()
        self.assertFalse(self.other.attempt_ids)

    def test_nonsense_is_refused(self):
        good = {"id": self.first.id}
        for items in ([], "all", [{"id": "1"}], [None], [good] * 101):
            with self.assertRaises(UserError):
                self._record(items=items)
        for items in ([{**good, "satisfaction": "happy"}], [{**good, "note": 5}]):
            with self.assertRaises(UserError):
                self._record(items=items)
        with self.assertRaises(UserError):
            self._record("telepathy")
        self.assertFalse(self.duties.attempt_ids)

    def test_manager_records_nothing(self):
        with self.assertRaises(AccessError):
            self.Informing.with_user(self.manager).record_call(
                [{"id": self.first.id}], "reached"
            )


@tagged("post_install", "-at_install")
class TestInformingDesk(InformingCommon):
    """Who is called next, and that nobody is called by two."""

    def setUp(self):
        super().setUp()
        self.desk = self.env["gorod24.informing.desk"].with_user(self.operator)
        self.other_desk = self.desk.with_user(self.second)

    def test_citizen_is_one_line_with_all_his_results(self):
        duties = self._done(self.heating, self.pipe)
        row = self.desk.queue()["rows"][0]
        self.assertEqual((row["phone"], row["count"]), (NUMBER, 2))
        card = self.desk.take()
        self.assertEqual(
            [item["id"] for item in card["items"]], duties.sorted("due").ids
        )
        self.assertEqual(card["items"][0]["result"], "Батарею продули")
        self.assertEqual(card["partner"]["name"], "Иванова Анна Петровна")

    def test_who_saw_the_citizen_to_be_told_is_logged(self):
        self._done()
        self.desk.take()
        appeal = self.Informing.search([("state", "=", "due")]).appeal_id
        log = self.env["gorod24.appeal.view"].search(
            [("appeal_id", "in", appeal.ids), ("source", "=", "informing")]
        )
        self.assertEqual(log.user_id, self.operator)
        self.assertEqual(log.appeal_id, appeal)

    def test_two_operators_never_have_one_citizen(self):
        self._done()
        self.assertTrue(self.desk.take())
        self.assertFalse(self.other_desk.take())
        row = self.other_desk.queue()["rows"][0]
        self.assertEqual((row["holder"], row["mine"]), (self.operator.name, False))
        with self.assertRaisesRegex(UserError, re.escape(self.operator.name)):
            self.other_desk.take(row["phone"], row["partner_id"])
        item = [{"id": self.Informing.search([("state", "=", "due")]).id}]
        with self.assertRaises(UserError):
            self.Informing.with_user(self.second).record_call(item, "reached")

    def test_lease_runs_out_and_is_given_back(self):
        self._done()
        self.desk.take()
        self.time.tick(timedelta(minutes=11))
        self.assertTrue(self.other_desk.take(), "who went away blocks nobody")
        self.assertFalse(self.desk.renew(NUMBER))
        self.other_desk.release(NUMBER)
        self.assertTrue(self.desk.take())

    def test_open_screen_keeps_the_citizen(self):
        self._done()
        self.desk.take()
        self.time.tick(timedelta(minutes=9))
        self.assertTrue(self.desk.renew(NUMBER))
        self.time.tick(timedelta(minutes=9))
        self.assertFalse(self.other_desk.take())

    def test_recording_the_call_gives_the_citizen_back(self):
        duty = self._done()
        self.desk.take()
        self.Informing.record_call([{"id": duty.id}], "busy")
        self.assertFalse(self.env["gorod24.informing.lease"]._holders([NUMBER]))
        self.assertFalse(self.desk.take(), "he is called again a quarter later")
        self.time.tick(timedelta(minutes=16))
        self.assertTrue(self.other_desk.take())

    def test_skipped_citizen_is_not_given_again(self):
        self._done()
        self._done(number="83852654321", person_name="Петров Пётр")
        first = self.desk.take()
        second = self.desk.take(skip=[first["phone"]])
        self.assertNotEqual(first["phone"], second["phone"])
        self.assertFalse(self.desk.take(skip=[first["phone"], second["phone"]]))

    def test_promised_call_comes_first(self):
        self._done()
        promised = self._done(number="83852654321", person_name="Петров Пётр")
        promised.record_attempt("call_back", call_back_at="2026-10-05 06:00:00")
        self.assertEqual(self.desk.queue()["rows"][0]["phone"], NUMBER)
        self.time.tick(timedelta(hours=1, minutes=1))
        self.assertEqual(self.desk.queue()["rows"][0]["phone"], "+73852654321")

    def test_wrong_numbers_stand_apart(self):
        duty = self._done()
        duty.record_attempt("wrong_number")
        queue = self.desk.queue()
        self.assertFalse(queue["rows"])
        row = queue["needs_contact"][0]
        card = self.desk.take(row["phone"], row["partner_id"])
        self.assertTrue(card["needs_contact"])

    def test_only_operators_call(self):
        for call in ("queue", "take", "release"):
            with self.assertRaises(AccessError):
                getattr(self.desk.with_user(self.manager), call)()


@tagged("post_install", "-at_install")
class TestInformWay(InformingCommon):
    """How the citizen wants to learn the result."""

    def test_no_informing_needed_closes_with_the_outcome_and_who_said_so(self):
        question = self._register(inform_way="none").question_ids
        self._as_duty(question).action_done("Продули", "fixed")
        self.assertFalse(question.informing_ids)
        self.assertEqual((question.state, question.outcome), ("closed", "fixed"))
        self.assertEqual(question.declined_by_id, self.operator)
        self.assertEqual(question.declined_at, NOON)

    def test_choice_is_taken_back(self):
        appeal = self._register(inform_way="none")
        appeal.with_user(self.operator).inform_way = "phone"
        self.assertFalse(appeal.question_ids.informing_declined)
        self._as_duty(appeal.question_ids).action_done("Продули", "fixed")
        self.assertEqual(appeal.question_ids.state, "informing")

    def test_choice_changed_later_ends_the_calls(self):
        duty = self._done()
        duty.appeal_id.with_user(self.operator).inform_way = "none"
        self.assertEqual(duty.state, "declined")
        self.assertEqual(duty.question_id.state, "closed")

    def test_choice_is_offered_in_the_next_card(self):
        duty = self._done(inform_way="email", inform_email="Anna@Example.org ")
        self.assertEqual(duty.appeal_id.inform_email, "anna@example.org")
        person = self.card.load(number=NUMBER)["persons"][0]
        self.assertEqual(person["inform_way"], "email")

    def test_wrong_choice_is_refused(self):
        for wrong in ({"inform_way": "pigeon"}, {"inform_email": 5}):
            with self.assertRaises(UserError):
                self._register(**wrong)
        with self.assertRaises(UserError):
            self._register(inform_way="email", inform_email="не почта")

    def test_letters_are_off_by_default(self):
        duty = self._done(inform_way="email", inform_email="anna@example.org")
        self.assertFalse(duty.letter_state)
        self.assertEqual(duty.next_at, NOON)
