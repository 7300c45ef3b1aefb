# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_flow import FlowCommon

# 23.11.2026 10:15 in Barnaul, a Monday
NOW = datetime(2026, 11, 23, 3, 15)
# 08.12.2026 23:59:59: fifteen days of the hotline
HOT_END = datetime(2026, 12, 8, 16, 59, 59)


class AtWorkCommon(FlowCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.written = cls.heating.copy(
            {"name": "Пробное письмо", "code": "T-4", "regime_code": "R59"}
        )

    def _open(self, question):
        return {
            clock.kind: clock
            for clock in question.sudo().clock_ids
            if clock.state != "stopped"
        }

    def _clock(self, question, kind):
        return question.sudo().clock_ids.filtered(lambda clock: clock.kind == kind)

    def _correct(self, question, topic):
        self._as(self.operator, question).action_correct_topic(topic.id)


@tagged("post_install", "-at_install")
class TestAlwaysTimed(AtWorkCommon):
    """A question at work always has its terms."""

    def test_a_slip_in_the_topic_costs_no_term(self):
        with freeze_time(NOW):
            question = self._question(self.heating)
        with freeze_time(NOW + timedelta(hours=1)):
            self._correct(question, self.reference)
            self.assertEqual(question.execution_due, HOT_END)
            self._correct(question, self.heating)
        self.assertEqual(set(self._open(question)), {"acceptance", "execution"})
        self.assertEqual(question.execution_due, HOT_END)

    def test_a_reference_question_sent_by_hand_falls_due(self):
        with freeze_time(NOW):
            question = self._question(self.reference)
            self.assertEqual(question.state, "closed")
        with freeze_time(NOW + timedelta(days=1)):
            self._as(self.operator, question).action_reopen("Не помогло")
            self.assertEqual(
                self._open(question)["execution"].start, NOW + timedelta(1)
            )
            if question.state == "registered":
                self._as(self.operator, question).action_send(self.participant.id)
        self.assertEqual(set(self._open(question)), {"acceptance", "execution"})
        self.assertEqual(question.regime_id.code, "HOT")

    def test_a_reference_question_converted_has_thirty_days(self):
        with freeze_time(NOW):
            appeal = self._register(self.reference)
            question = appeal.question_ids
            self._as(self.operator, question).action_reopen("Не помогло")
            self._as(self.operator, appeal).action_convert("complaint", "Опытная, 10")
        self.assertEqual(question.regime_id.code, "R59")
        clock = self._open(question)["execution"]
        self.assertEqual(clock.regime_id.code, "R59")
        self.assertEqual(question.execution_due, clock.target)

    def test_an_accepted_question_becomes_an_emergency(self):
        with freeze_time(NOW):
            question = self._question(self.heating)
            self._as_duty(question).action_accept()
            self._correct(question, self.pipe)
        terms = self._open(question)
        self.assertEqual(set(terms), {"execution", "localisation", "planned_time"})
        self.assertEqual(terms["localisation"].target, NOW + timedelta(minutes=30))
        self.assertEqual(question.execution_due, NOW + timedelta(days=3))

    def test_a_closed_question_has_no_term(self):
        question = self._question(self.pipe)
        self._as(self.operator, question).action_withdraw("Сам починил")
        self.assertFalse(self._open(question))

    def test_a_converted_question_is_forwarded_in_time(self):
        with freeze_time(NOW):
            appeal = self._register(self.heating)
            self._as(self.operator, appeal).action_convert("complaint", "Опытная, 10")
        terms = self._open(appeal.question_ids)
        self.assertEqual(set(terms), {"acceptance", "execution", "forwarding"})

    def test_pauses_survive_a_passing_regime(self):
        with freeze_time(NOW):
            question = self._question(self.pipe)
            self._as(self.operator, question).action_pause_term(
                "localisation", "Нет доступа"
            )
        with freeze_time(NOW + timedelta(minutes=10)):
            self._as(self.operator, question).action_resume_term("localisation")
            self._correct(question, self.heating)
            self.assertNotIn("localisation", self._open(question))
            self._correct(question, self.pipe)
        self.assertEqual(
            self._open(question)["localisation"].target, NOW + timedelta(minutes=40)
        )


@tagged("post_install", "-at_install")
class TestMissStays(AtWorkCommon):
    """Nobody but a supervisor excuses a missed term."""

    def test_a_longer_regime_excuses_nothing(self):
        with freeze_time(NOW):
            question = self._question(self.heating)
        with freeze_time(HOT_END + timedelta(days=2)):
            self._correct(question, self.written)
            clock = self._open(question)["execution"]
            self.assertGreater(clock.target, HOT_END + timedelta(days=2))
            self._done(question)
        self.assertEqual(clock.outcome, "missed")

    def test_a_supervisor_excuses_the_earlier_end(self):
        with freeze_time(NOW):
            question = self._question(self.heating)
        with freeze_time(HOT_END + timedelta(days=2)):
            self._correct(question, self.written)
            clock = self._open(question)["execution"]
            self._as(self.supervisor, question).action_excuse_term(clock.id, "Паводок")
            self._done(question)
        self.assertEqual(clock.outcome, "met")

    def test_a_regime_without_the_term_excuses_no_miss(self):
        with freeze_time(NOW):
            question = self._question(self.pipe)
        with freeze_time(NOW + timedelta(hours=1)):
            self._correct(question, self.heating)
        clock = self._clock(question, "localisation")
        self.assertEqual((clock.outcome, clock.excuse), ("missed", False))

    def test_a_passed_term_is_not_extended(self):
        with freeze_time(NOW):
            question = self._question(self.heating)
        mine = self._as(self.operator, question)
        with freeze_time(HOT_END + timedelta(days=1)):
            for day in ("2026-12-20", "2026-12-09"):
                with self.assertRaisesRegex(UserError, "has passed already"):
                    mine.action_extend_term("execution", day, "Ждём", "2026-12-08")
        self.assertEqual(question.execution_due, HOT_END)

    def test_the_citizen_is_told_within_the_term(self):
        with freeze_time(NOW):
            question = self._question(self.heating)
            clock = self._open(question)["execution"]
            with self.assertRaisesRegex(UserError, "within the term"):
                question._clock_extend(
                    "execution",
                    HOT_END + timedelta(days=5),
                    "Ждём",
                    (HOT_END + timedelta(days=1)).date(),
                )
        self.assertEqual(clock.target, HOT_END)


@tagged("post_install", "-at_install")
class TestRework(AtWorkCommon):
    """A rejected result meets nothing and gives no new term."""

    def _rework(self, question):
        self._as(self.supervisor, question).action_rework("Ничего не сделано")

    def test_the_term_goes_on(self):
        with freeze_time(NOW):
            question = self._question(self.heating)
        with freeze_time(NOW + timedelta(days=10)):
            self._done(question)
            self.assertEqual(self._clock(question, "execution").outcome, "met")
        with freeze_time(NOW + timedelta(days=11)):
            self._rework(question)
        clock = self._clock(question, "execution")
        self.assertEqual((clock.state, clock.outcome), ("running", False))
        self.assertEqual(clock.target, HOT_END)
        self.assertEqual(question.execution_due, HOT_END)
        self.assertEqual(question.referral_id.execution_due, HOT_END)
        self.assertIn("acceptance", self._open(question))

    def test_late_after_rework_is_late(self):
        with freeze_time(NOW):
            question = self._question(self.heating)
        with freeze_time(NOW + timedelta(days=14)):
            self._done(question)
            self._rework(question)
        with freeze_time(HOT_END + timedelta(hours=1)):
            self.assertTrue(question.is_overdue)
            self._done(question)
        self.assertEqual(self._clock(question, "execution").outcome, "missed")

    def test_the_citizen_who_comes_back_opens_a_new_term(self):
        with freeze_time(NOW):
            question = self._question(self.heating)
            self._done(question)
            question.informing_ids.record_attempt("reached", "yes")
        with freeze_time(NOW + timedelta(days=10)):
            self._as(self.operator, question).action_reopen("Снова холодно")
        clocks = self._clock(question, "execution").sorted("id")
        self.assertEqual(clocks.mapped("state"), ["stopped", "running"])
        self.assertEqual(clocks[0].outcome, "met")
        self.assertEqual(question.execution_due, HOT_END + timedelta(days=10))


@tagged("post_install", "-at_install")
class TestFamilies(AtWorkCommon):
    """The town's own copy is used wherever the law's regime would be."""

    def _copy(self, code, **vals):
        regimes = self.env["gorod24.regime"]
        copy = regimes.browse(regimes._by_code(code).action_make_copy()["res_id"])
        copy.write(vals)
        return copy

    def test_conversion_goes_by_an_approved_copy(self):
        copy = self._copy("R59", approval="Постановление 1")
        appeal = self._register(self.heating)
        self._as(self.operator, appeal).action_convert("complaint", "Опытная, 10")
        self.assertEqual(appeal.question_ids.regime_id, copy)

    def test_a_copy_nobody_put_in_force_is_not_used(self):
        self._copy("R59")
        self.assertEqual(self.env["gorod24.regime"]._of_family("written").code, "R59")

    def test_an_email_starts_no_written_term_of_a_copy(self):
        copy = self._copy("R59")
        hot = self._copy("HOT")
        hot._set_default()
        self.written.regime_code = copy.code
        email = self.env["helpdesk.ticket.channel"].search(
            [("starts_written", "=", False)], limit=1
        )
        self.assertTrue(email)
        question = self._question(self.written, channel_id=email.id)
        self.assertEqual(question.regime_id, hot)

    def test_a_copy_of_the_reference_regime_is_settled_in_the_call(self):
        regimes = self.env["gorod24.regime"]
        own = regimes._by_code("INFO").copy({"code": "INFO-9", "name": "Справки"})
        self.reference.regime_code = own.code
        question = self._question(self.reference)
        self.assertEqual(
            (question.state, question.outcome), ("closed", "answered_in_call")
        )

    def test_an_emergency_in_the_street_has_the_norms_of_the_town(self):
        point = {"topic_id": self.heating.id, "text": "Яма", "emergency": True}
        street = self._question(
            building_id=False, address_id=self.street.id, questions=[point]
        )
        self.assertEqual(street.regime_id.code, "EMRG-CITY")
        house = self._question(questions=[dict(point, text="Прорыв")])
        self.assertEqual(house.regime_id.code, "EMRG")

    def test_a_regime_out_of_force_times_nothing_new(self):
        copy = self._copy("HOT")
        self.heating.regime_code = copy.code
        self.assertEqual(self._question(self.heating).regime_id, copy)
        copy.valid_to = "2026-01-01"
        self.assertEqual(self._question(self.heating).regime_id.code, "HOT")
        regimes = self.env["gorod24.regime"]
        regimes._by_code("EMRG").valid_to = "2026-01-01"
        self.assertNotEqual(
            regimes._for_topic(self.heating, emergency=True).code, "EMRG"
        )


@tagged("post_install", "-at_install")
class TestHolders(AtWorkCommon):
    def test_who_refused_has_not_accepted(self):
        question = self._question(self.heating)
        self._as_duty(question).action_accept()
        self.assertTrue(question.accepted_at)
        self._refuse(question)
        self.assertFalse(question.accepted_at)

    def test_a_co_executor_made_responsible_holds_it_once(self):
        question = self._question(self.heating)
        mine = self._as(self.operator, question)
        mine.action_add_co(self.other_participant.id)
        self.env["gorod24.competence"].search([]).active = False
        self._refuse(question)
        mine.action_send(self.other_participant.id)
        held = question.referral_ids.filtered(
            lambda one: one.participant_id == self.other_participant
        )
        self.assertEqual(
            held.sorted("id").mapped(lambda one: (one.role, one.state)),
            [("co", "withdrawn"), ("main", "sent")],
        )

    def test_a_co_executor_has_to_accept_in_time(self):
        with freeze_time(NOW):
            question = self._question(self.heating)
            self._as(self.operator, question).action_add_co(self.other_participant.id)
        asked = question.referral_ids.filtered(lambda one: one.role == "co")
        self.assertEqual(asked.accept_due, question.accept_due)

    def test_no_letter_about_what_was_done_meanwhile(self):
        with freeze_time(NOW):
            question = self._question(self.heating)
        clock = self._open(question)["acceptance"]
        step = self.env["gorod24.escalation.step"].search(
            [("kind", "=", "acceptance"), ("regime_id", "=", False)], limit=1
        )
        letters = self.env["gorod24.escalation.letter"]
        letters._add(step, {self.supervisor.id: clock.ids})
        self._as_duty(question).action_accept()
        before = self.env["mail.message"].search_count([])
        letter = letters.search([("state", "=", "due")])
        letter._send()
        self.assertEqual(letter.state, "sent")
        self.assertEqual(self.env["mail.message"].search_count([]), before)

    def test_the_ladder_of_the_law_as_shipped(self):
        """The hotline tells the planned time; a street is as urgent as a house."""
        steps = self.env["gorod24.escalation.step"]
        told = steps.search([("kind", "=", "planned_time"), ("regime_id", "=", False)])
        self.assertEqual(set(told.mapped("role")), {"supervisor"})
        regimes = self.env["gorod24.regime"]
        for kind in ("acceptance", "execution"):
            house, street = (
                steps._get_rungs(regimes._by_code(code).id, kind)
                for code in ("EMRG", "EMRG-CITY")
            )
            self.assertEqual(
                [(rung.moment, rung.delay, rung.role) for rung in street],
                [(rung.moment, rung.delay, rung.role) for rung in house],
            )
