# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_flow import FlowCommon

# 23.11.2026 10:15 and 23:00 in Barnaul
NOW = datetime(2026, 11, 23, 3, 15)
NIGHT = datetime(2026, 11, 23, 16, 0)
HOUR = timedelta(hours=1)


@tagged("post_install", "-at_install")
class TestPlanTold(FlowCommon):
    """The participant plans, the hotline tells it: resolution 416, p. 13."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("gorod24.timezone", "Asia/Barnaul")
        cls.desk = cls.env["gorod24.informing.desk"].with_user(cls.operator)

    def _planned(self, now=NOW, **values):
        with freeze_time(now):
            question = self._question(self.pipe, **values)
            referral = self._as_duty(question)
            referral.action_accept()
            referral.action_plan(now + HOUR, "Бригада Петрова")
        return question

    def _clock(self, question):
        return question.clock_ids.filtered(lambda one: one.kind == "planned_time")

    def _duty(self, question):
        return question.informing_ids.filtered(lambda one: one.purpose == "plan")

    def test_the_desk_gets_the_duty_and_telling_stops_the_term(self):
        question = self._planned()
        duty = self._duty(question)
        self.assertEqual(duty.due, NOW + timedelta(minutes=30))
        with freeze_time(NOW + timedelta(minutes=5)):
            card = self.desk.take(phone=duty.phone_e164, partner_id=duty.partner_id.id)
            item = next(one for one in card["items"] if one["id"] == duty.id)
            self.assertEqual(item["purpose"], "plan")
            self.assertIn("11:15", item["result"])
            self.assertIn("Бригада Петрова", item["result"])
            self._as(self.operator, duty).record_attempt("reached", "yes")
        self.assertEqual(duty.state, "done")
        self.assertEqual(self._clock(question).outcome, "met")
        self.assertEqual(question.state, "accepted")
        self.assertFalse(question.satisfaction)

    def test_a_second_plan_makes_no_second_duty_and_is_what_is_told(self):
        question = self._planned()
        with freeze_time(NOW + timedelta(minutes=1)):
            self._as_duty(question).action_plan(NOW + 3 * HOUR)
        duty = self._duty(question)
        self.assertEqual(len(duty), 1)
        self.assertIn("13:15", duty._get_told_text())

    def test_a_visit_moved_after_the_telling_is_told_anew(self):
        question = self._planned()
        first = self._duty(question)
        with freeze_time(NOW + timedelta(minutes=5)):
            self._as(self.operator, first).record_attempt("reached")
            self._as_duty(question).action_plan(NOW + HOUR, "та же бригада")
            self.assertEqual(self._duty(question), first, "the same time is told")
        moved = NOW + timedelta(minutes=10)
        with freeze_time(moved):
            self._as_duty(question).action_plan(NOW + 4 * HOUR)
            duty = self._duty(question) - first
            self.assertEqual(duty.due, moved + timedelta(minutes=30))
            card = self.desk.take(phone=duty.phone_e164, partner_id=duty.partner_id.id)
            self.assertIn("14:15", card["items"][0]["result"])
            self.assertTrue(self._as_duty(question).sudo()._may_tell_plan())
            self._as(self.operator, duty).record_attempt("reached")
            # back to the first time: he was told another one since
            self._as_duty(question).action_plan(NOW + HOUR)
            self.assertEqual(self._duty(question).mapped("state").count("due"), 1)
            self._as_duty(question).action_plan_told()
        self.assertNotIn("due", self._duty(question).mapped("state"))
        self.assertEqual(self._clock(question).outcome, "met")
        self.assertIn(self.participant.name, question.event_ids.sorted("id")[-1:].note)

    def test_another_participants_time_is_told_after_a_resend(self):
        question = self._planned()
        with freeze_time(NOW + timedelta(minutes=5)):
            self._as_duty(question).action_plan_told()
            self._as(self.operator, question).action_resend(self.third.id)
            self._as_duty(question).action_accept()
            self._as_duty(question).action_plan(NOW + 4 * HOUR)
        duty = self._duty(question).filtered(lambda one: one.state == "due")
        self.assertIn("14:15", duty._get_told_text())

    def test_at_night_he_is_rung_all_the_same(self):
        question = self._planned(NIGHT)
        with freeze_time(NIGHT):
            phones = [row["phone"] for row in self.desk.queue()["rows"]]
        # the crew is on its way: he comes before everybody whose term passed long ago
        self.assertEqual(phones[0], question.phone_e164)

    def test_not_reached_the_question_goes_on_and_he_is_tried_again(self):
        question = self._planned()
        duty = self._duty(question)
        for minute in (1, 2, 3, 4):
            with freeze_time(NOW + timedelta(minutes=minute)):
                self._as(self.operator, duty).record_attempt("no_answer")
        self.assertEqual((duty.state, question.state), ("due", "accepted"))
        self.assertEqual(duty.next_at, NOW + timedelta(minutes=9))
        self.assertEqual(self._clock(question).state, "running")
        with freeze_time(NOW + timedelta(minutes=10)):
            self._as(self.operator, duty).record_attempt("refused")
        self.assertEqual((duty.state, question.state), ("declined", "accepted"))

    def test_the_participant_told_it_himself(self):
        question = self._planned()
        with freeze_time(NOW + timedelta(minutes=2)):
            self._as_duty(question).action_plan_told()
            self.assertEqual(self._duty(question).state, "done")
            self.assertEqual(self._clock(question).outcome, "met")
            note = question.event_ids.sorted("id")[-1:].note
            self.assertIn(self.participant.name, note)
            with self.assertRaisesRegex(UserError, "no planned time"):
                self._as_duty(question).action_plan_told()

    def test_nothing_to_tell_before_the_plan(self):
        question = self._question(self.pipe)
        self._as_duty(question).action_accept()
        with self.assertRaisesRegex(UserError, "plan the visit first"):
            self._as_duty(question).action_plan_told()

    def test_the_operators_button_takes_it_from_the_desk(self):
        question = self._planned()
        with freeze_time(NOW + timedelta(minutes=2)):
            self._as(self.operator, question).action_term_met("planned_time")
        self.assertEqual(self._duty(question).state, "done")

    def test_the_result_takes_its_place(self):
        question = self._planned()
        with freeze_time(NOW + timedelta(minutes=20)):
            self._done(question)
        self.assertEqual(self._duty(question).state, "cancelled")
        result = question.informing_ids - self._duty(question)
        self.assertEqual((result.state, result.purpose), ("due", "result"))
        with freeze_time(NOW + timedelta(minutes=30)):
            self._as(self.operator, result).record_attempt("reached", "yes")
        self.assertEqual(question.state, "closed")

    def test_an_ordinary_visit_is_no_duty(self):
        question = self._question(self.heating)
        self._as_duty(question).action_plan(datetime.now() + HOUR)
        self.assertFalse(question.informing_ids)

    def test_who_cannot_be_told_is_owed_no_planned_time(self):
        for values in (
            {"author_type": "anonymous", "person_name": ""},
            {"number": ""},
            {"informing_declined": True},
            {"inform_way": "none"},
        ):
            question = self._planned(**values)
            self.assertFalse(self._clock(question), values)
            self.assertFalse(question.informing_ids, values)
            self.assertTrue(question.localise_due, values)
            with freeze_time(NOW + 3 * HOUR):
                self._done(question)
            self.assertFalse(self._clock(question), values)

    def test_who_declines_takes_the_duty_and_the_blame_away(self):
        question, late = self._planned(), self._planned()
        with freeze_time(NOW + timedelta(minutes=10)):
            self._as(self.operator, question).action_decline_informing("Не надо")
        with freeze_time(NOW + timedelta(minutes=40)):
            self._as(self.operator, late).action_decline_informing("Не надо")
        self.assertEqual(self._duty(question).state, "declined")
        clock = self._clock(question)
        self.assertEqual((clock.state, clock.outcome), ("stopped", "excused"))
        self.assertIn("need not be informed", clock.excuse)
        self.assertEqual(question.state, "accepted")
        self.assertEqual(self._clock(late).outcome, "missed", "it had passed already")

    def test_the_ladder_warns_the_one_who_has_to_act(self):
        steps = self.env["gorod24.escalation.step"]
        steps.search([]).write({"active": False})
        steps.create(
            [
                {"kind": "planned_time", "moment": moment, "role": "supervisor"}
                for moment in ("warning", "breach")
            ]
        )
        self.env["gorod24.clock"].search([("attend_at", "!=", False)]).write(
            {"attend_at": False}
        )
        planned = self._planned()
        with freeze_time(NOW):
            bare = self._question(self.pipe)
            self._as_duty(bare).action_accept()
        letters = self._sweep(NOW + timedelta(minutes=16))
        to_duty = self._to(letters, self.duty)
        self.assertIn(bare.name, to_duty.body)
        self.assertNotIn(planned.name, to_duty.body)
        to_hotline = self._to(letters, self.supervisor)
        self.assertIn(planned.name, to_hotline.body)
        self.assertNotIn(bare.name, to_hotline.body)
        late = self._to(self._sweep(NOW + timedelta(minutes=31)), self.supervisor)
        self.assertIn(bare.name, late.body)
        self.assertIn(planned.name, late.body)

    def _to(self, letters, user):
        return letters.filtered(lambda one: user.partner_id in one.partner_ids)
