# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import AppealsCommon

# 23.11.2026 10:15 in Barnaul, a Monday
NOW = datetime(2026, 11, 23, 3, 15)


class TermsCommon(AppealsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.supervisor = new_test_user(
            cls.env, "terms_supervisor", groups="gorod24_appeals.group_supervisor"
        )
        cls.written = cls.env["helpdesk.ticket.category"].create(
            {
                "name": "Пробный письменный вопрос",
                "code": "T-4",
                "classifier_id": cls.heating.classifier_id.id,
                "regime_code": "R59",
                "is_topic": True,
                "parent_id": cls.heating.parent_id.id,
            }
        )

    def _question(self, *topics, **values):
        return self._register(*topics, **values).question_ids.with_user(self.operator)

    def _clocks(self, question, kind):
        return question.sudo().clock_ids.filtered(lambda clock: clock.kind == kind)


@tagged("post_install", "-at_install")
class TestTermsOfLife(TermsCommon):
    def test_damage_in_a_house_has_its_norms(self):
        with freeze_time(NOW):
            question = self._question(self.pipe)
        ends = {term["kind"]: term["target"] for term in question._terms_for_card()}
        self.assertEqual(ends["localisation"], "2026-11-23T03:45:00Z")
        self.assertEqual(ends["planned_time"], "2026-11-23T03:45:00Z")
        self.assertEqual(ends["execution"], "2026-11-26T03:15:00Z")

    def test_what_is_done_is_marked_by_the_operator(self):
        question = self._question(self.pipe)
        question.action_term_met("planned_time")
        clock = self._clocks(question, "planned_time")
        self.assertEqual(clock.outcome, "met")
        with self.assertRaisesRegex(UserError, "no such term"):
            question.action_term_met("planned_time")
        with self.assertRaises(UserError):
            question.action_term_met("execution")

    def test_the_result_ends_the_terms_of_an_emergency(self):
        question = self._question(self.pipe)
        self._as_duty(question).action_done("Заменили трубу", "fixed")
        kinds = {term["kind"] for term in question._terms_for_card()}
        self.assertEqual(kinds, {"informing"})

    def test_a_written_appeal_is_forwarded_within_seven_days(self):
        with freeze_time(NOW):
            question = self._question(self.written)
            clock = self._clocks(question, "forwarding")
            # 30.11.2026 23:59:59 in Barnaul
            self.assertEqual(clock.target, datetime(2026, 11, 30, 16, 59, 59))
            self._as_duty(question).action_accept()
        self.assertEqual(clock.outcome, "met")

    def test_a_question_nobody_answers_for_is_timed_too(self):
        self.env["gorod24.competence"].search([]).active = False
        with freeze_time(NOW):
            question = self._question(self.heating)
        self.assertEqual(question.state, "registered")
        self.assertEqual(question.execution_due, datetime(2026, 12, 8, 16, 59, 59))
        with freeze_time(NOW + timedelta(days=2)):
            question.action_send(self.participant.id)
        self.assertEqual(question.execution_due, datetime(2026, 12, 8, 16, 59, 59))
        self.assertEqual(len(self._clocks(question, "execution")), 1)

    def test_execution_from_the_acceptance_waits_for_it(self):
        regime = self.env["gorod24.regime"].create(
            {
                "code": "T-CHAIN",
                "name": "T-CHAIN",
                "rule_ids": [
                    Command.create(
                        {"kind": "acceptance", "base": "minutes", "amount": 60}
                    ),
                    Command.create(
                        {
                            "kind": "execution",
                            "base": "minutes",
                            "amount": 90,
                            "start_from": "previous",
                        }
                    ),
                ],
            }
        )
        self.heating.regime_code = regime.code
        with freeze_time(NOW):
            question = self._question(self.heating)
        self.assertFalse(self._clocks(question, "execution"))
        accepted = NOW + timedelta(minutes=20)
        with freeze_time(accepted):
            self._as_duty(question).action_accept()
        self.assertEqual(
            self._clocks(question, "execution").target, accepted + timedelta(minutes=90)
        )
        self.assertEqual(question.execution_due, accepted + timedelta(minutes=90))


@tagged("post_install", "-at_install")
class TestTermWork(TermsCommon):
    def test_pause_and_resume(self):
        with freeze_time(NOW):
            question = self._question(self.heating)
            before = question.execution_due
            question.action_pause_term("execution", "Ждём документы")
            term = question._terms_for_card()[-1]
            self.assertEqual(term["state"], "paused")
            with self.assertRaisesRegex(UserError, "paused already"):
                question.action_pause_term("execution", "Ещё раз")
        with freeze_time(NOW + timedelta(hours=5)):
            question.action_resume_term("execution")
        self.assertEqual(question.execution_due, before + timedelta(hours=5))
        notes = question.sudo().event_ids.filtered(lambda one: one.kind == "term")
        self.assertEqual(len(notes), 2)
        self.assertIn("Ждём документы", notes[-1].note)

    def test_a_pause_needs_a_reason(self):
        question = self._question(self.heating)
        with self.assertRaisesRegex(UserError, "reason"):
            question.action_pause_term("execution", " ")
        self.assertEqual(self._clocks(question, "execution").state, "running")

    def test_a_passed_term_is_not_hidden_by_a_pause(self):
        with freeze_time(NOW):
            question = self._question(self.heating)
        with freeze_time(question.execution_due):
            with self.assertRaisesRegex(UserError, "has passed already"):
                question.action_pause_term("execution", "Нет людей")
        self.assertEqual(self._clocks(question, "execution").state, "running")

    def test_extension_of_a_written_appeal(self):
        with freeze_time(NOW):
            question = self._question(self.written)
            due = self._clocks(question, "execution")._to_local(question.execution_due)
            day = due.date() + timedelta(days=31)
            with self.assertRaisesRegex(UserError, "30 days at most"):
                question.action_extend_term("execution", day, "Запрос", NOW.date())
            day = due.date() + timedelta(days=30)
            with self.assertRaisesRegex(UserError, "only with notice"):
                question.action_extend_term("execution", day, "Запрос")
            with self.assertRaisesRegex(UserError, "a day to come"):
                question.action_extend_term("execution", day, "Запрос", day)
            question.action_extend_term("execution", day, "Запрос", NOW.date())
        clock = self._clocks(question, "execution")
        self.assertEqual(clock._to_local(clock.target).date(), day)
        self.assertEqual(question.referral_id.execution_due, clock.target)
        history = question.get_terms()["terms"]
        extended = next(term for term in history if term["kind"] == "execution")
        self.assertIn("Запрос", " ".join(extended["history"]))

    def test_a_passed_term_is_not_extended(self):
        with freeze_time(NOW):
            question = self._question(self.written)
        due = question.execution_due
        with freeze_time(due):
            day = due.date() + timedelta(days=10)
            with self.assertRaisesRegex(UserError, "only before its end"):
                question.action_extend_term("execution", day, "Запрос", due.date())
            term = question._terms_for_card()[-1]
            self.assertEqual(term["kind"], "execution")
            self.assertFalse({"extend", "pause"} & set(term["actions"]))
        self.assertEqual(question.execution_due, due)

    def test_only_a_supervisor_excuses_and_only_a_miss(self):
        with freeze_time(NOW):
            question = self._question(self.heating)
        clock = self._clocks(question, "acceptance")
        with self.assertRaises(AccessError):
            question.action_excuse_term(clock.id, "Паводок")
        theirs = question.with_user(self.supervisor)
        with freeze_time(NOW), self.assertRaisesRegex(UserError, "not missed"):
            theirs.action_excuse_term(clock.id, "Паводок")
        with freeze_time(NOW + timedelta(days=10)):
            self._as_duty(question).action_accept()
            self.assertEqual(clock.outcome, "missed")
            theirs.action_excuse_term(clock.id, "Паводок")
        self.assertRecordValues(
            clock, [{"outcome": "excused", "excused_by_id": self.supervisor.id}]
        )

    def test_a_term_of_another_question_is_not_excused(self):
        one, two = self._question(self.heating), self._question(self.heating)
        clock = self._clocks(two, "acceptance")
        clock.target = NOW
        with self.assertRaises(UserError):
            one.with_user(self.supervisor).action_excuse_term(clock.id, "Паводок")

    def test_managers_do_not_touch_terms(self):
        question = self._question(self.heating).with_user(self.manager)
        self.assertTrue(question.get_terms()["terms"])
        for work in (
            lambda: question.action_pause_term("execution", "Нет"),
            lambda: question.action_resume_term("execution"),
            lambda: question.action_term_met("planned_time"),
            lambda: question.action_localised("Перекрыли"),
            lambda: question.action_forward_outside("Кому", NOW.date()),
        ):
            with self.assertRaises(AccessError):
                work()

    def test_what_the_panel_offers(self):
        found = self._question(self.pipe).get_terms()
        self.assertEqual(found["rights"], {"operator": True, "supervisor": False})
        offered = {term["kind"]: term["actions"] for term in found["terms"]}
        self.assertEqual(offered["localisation"], ["pause", "localised"])
        self.assertEqual(offered["execution"], ["pause"])
        execution = next(t for t in found["terms"] if t["kind"] == "execution")
        self.assertIn("416", execution["basis"])
        self.assertTrue(execution["explanation"])
        self.assertFalse(execution["warn"])


@tagged("post_install", "-at_install")
class TestForwarding(TermsCommon):
    def test_forwarded_and_told(self):
        with freeze_time(NOW):
            question = self._question(self.written)
        with freeze_time(NOW + timedelta(days=3)):
            question.action_forward_outside(
                "Росреестр", "2026-11-25", number="12-н", notice_date="2026-11-26"
            )
        self.assertRecordValues(
            question, [{"state": "closed", "outcome": "forwarded_outside"}]
        )
        self.assertIn("Росреестр", question.result_text)
        clock = self._clocks(question, "forwarding")
        # met by the day of the letter
        self.assertEqual(clock.stop, datetime(2026, 11, 25, 16, 59, 59))
        self.assertFalse(question._terms_for_card())
        self.assertTrue(any("12-н" in (e.note or "") for e in question.event_ids))
        self.assertEqual(question.referral_ids.mapped("state"), ["withdrawn"])

    def test_not_told_yet_is_on_the_list_to_inform(self):
        question = self._question(self.written)
        today = question._get_service_day(fields.Datetime.now())
        question.action_forward_outside("Росреестр", today)
        self.assertEqual(question.state, "informing")
        self.assertEqual(question.outcome, "forwarded_outside")
        informing = question.informing_ids
        informing.record_attempt("reached", "yes")
        self.assertRecordValues(
            question, [{"state": "closed", "outcome": "forwarded_outside"}]
        )

    def test_late_forwarding_is_seen(self):
        with freeze_time(NOW):
            question = self._question(self.written)
        with freeze_time(NOW + timedelta(days=9)):
            question.action_forward_outside("Росреестр", "2026-12-01")
        self.assertEqual(self._clocks(question, "forwarding").outcome, "missed")

    def test_wrong_dates_and_no_addressee_are_refused(self):
        with freeze_time(NOW):
            question = self._question(self.written)
            for day in ("2026-11-22", "2026-11-24", False):
                with self.assertRaisesRegex(UserError, "date of the letter"):
                    question.action_forward_outside("Росреестр", day)
            with self.assertRaisesRegex(UserError, "to whom"):
                question.action_forward_outside(" ", "2026-11-23")
        self.assertEqual(question.state, "sent")
        self.assertFalse(question.forwarding_ids)

    def test_forwarded_once(self):
        question = self._question(self.written)
        today = question._get_service_day(fields.Datetime.now())
        question.action_forward_outside("Росреестр", today, notice_date=today)
        with self.assertRaisesRegex(UserError, "not at work"):
            question.action_forward_outside("Росреестр", today)
        with self.assertRaises(AccessError):
            question.forwarding_ids.sudo().write({"addressee": "Другой"})


@tagged("post_install", "-at_install")
class TestRegimeTopics(TermsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.curator = new_test_user(
            cls.env, "terms_curator", groups="gorod24_appeals.group_curator"
        )
        cls.hotline = cls.env["gorod24.regime"]._by_code("HOT")
        action = cls.hotline.with_user(cls.curator).action_make_copy()
        cls.copy = cls.env["gorod24.regime"].browse(action["res_id"])

    def _move(self, **values):
        values = {"from_id": self.hotline.id, "to_id": self.copy.id, **values}
        return self.env["gorod24.regime.move"].with_user(self.curator).create(values)

    def test_counts_are_shown_and_open_questions_keep_their_terms(self):
        question = self._question(self.heating)
        move = self._move()
        topics = self.env["helpdesk.ticket.category"].search(
            [("regime_code", "=", "HOT")]
        )
        self.assertEqual(move.topic_count, len(topics))
        self.assertGreaterEqual(move.open_count, 1)
        move.action_move()
        self.assertEqual(set(topics.mapped("regime_code")), {self.copy.code})
        self.assertEqual(question.regime_id, self.hotline)
        self.assertEqual(self._question(self.heating).regime_id, self.copy)
        self.assertEqual(self.copy.topic_count, len(topics))

    def test_topics_without_a_regime_follow_when_wanted(self):
        self.heating.regime_code = False
        regimes = self.env["gorod24.regime"]
        self._move(as_default=False).action_move()
        self.assertEqual(regimes._for_topic(self.heating), self.hotline)
        self._move(from_id=self.copy.id, to_id=self.hotline.id).action_move()
        self._move().action_move()
        self.assertEqual(regimes._for_topic(self.heating), self.copy)

    def test_operators_move_no_topics(self):
        with self.assertRaises(AccessError):
            self._move().with_user(self.operator).action_move()


@tagged("post_install", "-at_install")
class TestCalendarHealth(TermsCommon):
    def _count(self, code):
        health = self.env["gorod24.reference.health"]
        rows = {row["code"]: row["count"] for row in health.get_report()}
        return rows[code]

    @freeze_time("2026-11-28 05:00:00")
    def test_next_year_is_missed_in_the_autumn(self):
        calendars = self.env["gorod24.production.calendar"]
        calendars.search([]).unlink()
        calendars.create({"year": 2026, "source": "decree"})
        self.assertEqual(self._count("calendar_missing"), 1)
        following = calendars.create({"year": 2027})
        self.assertEqual(self._count("calendar_missing"), 0)
        self.assertEqual(self._count("calendar_unchecked"), 1)
        following.action_confirm()
        self.assertEqual(self._count("calendar_unchecked"), 0)
        self.assertEqual(following.checked_by_id, self.env.user)

    def test_topics_of_a_regime_out_of_force_are_found(self):
        before = self._count("topic_regime_ended")
        self.heating.regime_code = "T-GONE"
        self.assertEqual(self._count("topic_regime_ended"), before + 1)
