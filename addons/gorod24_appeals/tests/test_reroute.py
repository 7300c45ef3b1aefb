# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.modules.module import load_script
from odoo.tests import tagged
from odoo.tools import file_path

from .common_flow import FlowCommon


@tagged("post_install", "-at_install")
class TestReroute(FlowCommon):
    """Where a question goes when the first participant does not take it."""

    def test_refused_question_goes_to_the_next_by_the_rules(self):
        question = self._question()
        due = question.execution_due
        self.assertEqual(question.participant_id, self.participant)
        self._refuse(question)
        self.assertRecordValues(
            question,
            [
                {
                    "state": "sent",
                    "participant_id": self.other_participant.id,
                    "section_id": self.other_section.id,
                    "execution_due": due,
                    "decision_since": False,
                }
            ],
        )
        self.assertRecordValues(
            question.referral_ids.sorted("id"),
            [
                {"state": "refused", "way": "first", "refusal_reason": "Не наш дом"},
                {"state": "sent", "way": "next", "refusal_reason": False},
            ],
        )
        self.assertEqual(self._kinds(question)[-2:], ["refused", "sent"])
        self.assertIn("Не наш дом", question.event_ids.sorted("id")[-2].note)

    def test_whom_nobody_answers_for_the_supervisor_finds_somebody_for(self):
        self.env["gorod24.competence"].search([]).active = False
        question = self._question()
        self.assertEqual(question.state, "registered")
        self.assertTrue(question.decision_since and question.decision_reason)
        told = self.env["mail.message"].search([("subject", "like", question.name)])
        self.assertIn(self.supervisor.partner_id, told.partner_ids)
        self._as(self.supervisor, question).action_send(self.third.id)
        self.assertFalse(question.decision_since)

    def test_upgrade_brings_the_forgotten_ones_to_the_queue(self):
        self.env["gorod24.competence"].search([]).active = False
        forgotten, refused = self._question(), self._question()
        forgotten.decision_since = forgotten.decision_reason = False
        asked = refused.decision_since
        self.env.flush_all()
        path = file_path("gorod24_appeals/migrations/19.0.3.3.0/post-decision.py")
        load_script(path, "post_decision").migrate(self.env.cr, "19.0.3.2.0")
        self.env.invalidate_all()
        self.assertEqual(forgotten.decision_since, forgotten.registered_at)
        self.assertTrue(forgotten.decision_reason)
        self.assertEqual(refused.decision_since, asked)

    def test_upgrade_takes_the_refused_ones_from_who_refused(self):
        self.env["ir.config_parameter"].set_param("gorod24.refusal_limit", "0")
        refused, at_work = self._question(), self._question()
        self._refuse(refused)
        refused.write(
            {"participant_id": self.participant.id, "section_id": self.section.id}
        )
        self.env.flush_all()
        path = file_path("gorod24_appeals/migrations/19.0.3.4.0/post-left.py")
        load_script(path, "post_left").migrate(self.env.cr, "19.0.3.3.0")
        self.env.invalidate_all()
        self.assertFalse(refused.participant_id | refused.section_id.participant_id)
        self.assertEqual(at_work.participant_id, self.participant)

    def test_sent_again_the_reason_of_the_choice_stays(self):
        question = self._question()
        why = question.route_reason
        self.assertTrue(why)
        self._as_duty(question).action_done("Да", "fixed")
        self._as(self.supervisor, question).action_rework("Нет фотографии")
        self.assertEqual(question.route_reason, why)
        self.assertEqual(question.referral_id.reason, "Нет фотографии")

    def test_after_the_limit_the_supervisor_decides_and_is_told_once(self):
        self.env["ir.config_parameter"].set_param("gorod24.refusal_limit", "1")
        question = self._question()
        self._refuse(question)
        told = [("subject", "like", question.name)]
        self.assertFalse(self.env["mail.message"].search_count(told))
        self._refuse(question)
        self.assertEqual(question.state, "registered")
        self.assertTrue(question.decision_since)
        messages = self.env["mail.message"].search(told)
        self.assertIn(self.supervisor.partner_id, messages.partner_ids)
        question._ask_supervisor("Ещё раз")
        self.assertEqual(self.env["mail.message"].search(told), messages)
        self._as(self.supervisor, question).action_send(self.third.id)
        self.assertFalse(question.decision_since, "decided: out of the queue")

    def test_left_to_the_supervisor_it_is_with_nobody(self):
        """Its letters go to who alone can act; the citizen is told the truth."""
        self.env["ir.config_parameter"].set_param("gorod24.refusal_limit", "0")
        question = self._question()
        due = question.execution_due
        self._refuse(question)
        self.assertRecordValues(
            question,
            [
                {
                    "state": "registered",
                    "participant_id": False,
                    "section_id": False,
                    "person_id": False,
                    "execution_due": due,
                }
            ],
        )
        self.assertEqual(self._receivers(question), self.participant)
        supervisors = question._get_supervisors().ids
        for role in ("duty", "responsible", "head"):
            readers = question._get_escalation_readers(role)
            self.assertEqual(readers, {question.id: supervisors})
        told = question.appeal_id.with_context(lang="en_US").acknowledgement
        self.assertIn("The supervisor of the hotline will choose", told)
        self.assertNotIn(self.participant.name, told)

    def test_whoever_refused_is_not_asked_again_in_this_period(self):
        self.env["ir.config_parameter"].set_param("gorod24.refusal_limit", "9")
        question = self._question()
        for _time in range(3):
            self._refuse(question)
        self.assertEqual(
            self._receivers(question),
            self.participant | self.other_participant | self.third,
        )
        self.assertEqual(question.state, "registered")
        self.assertIn("nobody else", question.decision_reason)

    def test_a_complaint_never_goes_to_the_one_complained_about(self):
        appeal = self._register(
            questions=[
                {
                    "topic_id": self.heating.id,
                    "text": "Жалоба",
                    "complained_id": self.other_participant.id,
                }
            ]
        )
        question = appeal.question_ids
        self._refuse(question)
        self.assertEqual(question.participant_id, self.third)
        mine = self._as(self.operator, question)
        for send in (mine.action_resend, mine.action_add_co):
            with self.assertRaisesRegex(UserError, "complaint is about"):
                send(self.other_participant.id)
        self.assertNotIn(self.other_participant, self._receivers(question))

    def test_resent_question_leaves_the_first_referral_in_the_history(self):
        with freeze_time("2026-10-05 03:00:00"):
            question = self._question()
            first = question.referral_id
            self._as(self.operator, first).action_accept()
        with freeze_time("2026-10-05 05:05:00"):
            self._as(self.operator, question).action_resend(
                self.third.id, self.third_section.id, "Дом передан дирекции"
            )
        self.assertRecordValues(
            first,
            [
                {
                    "state": "withdrawn",
                    "ending": "resent",
                    "ended_by_id": self.operator.id,
                    "held_seconds": 2 * 3600 + 300,
                }
            ],
        )
        second = question.referral_id
        self.assertEqual((second.way, second.previous_id), ("resent", first))
        self.assertEqual((question.state, question.accepted_at), ("sent", False))
        running = question.clock_ids.filtered(lambda clock: clock.state == "running")
        self.assertEqual(sorted(running.mapped("kind")), ["acceptance", "execution"])
        self.assertIn("resent", self._kinds(question))
        with freeze_time("2026-10-06 05:05:00"):
            question.invalidate_recordset()
            self.assertEqual(
                question.holders_text.splitlines(),
                [
                    "Пробные теплосети – 2 h 5 min",
                    "Пробная дирекция – 1 d 0 h, holds it now",
                ],
            )

    def test_sent_without_a_section_goes_to_the_default_one(self):
        question = self._question()
        mine = self._as(self.operator, question)
        mine.action_resend(self.other_participant.id)
        self.assertEqual(question.section_id, self.other_section)
        self.assertEqual(question.referral_id.section_id, self.other_section)
        co = mine.action_add_co(self.third.id)
        self.assertEqual(co.section_id, self.third_section)

    def test_resending_to_the_same_or_a_finished_one_says_why_not(self):
        question = self._question()
        mine = self._as(self.operator, question)
        with self.assertRaisesRegex(UserError, "is with Пробные теплосети already"):
            mine.action_resend(self.participant.id, self.section.id)
        self._done(question)
        with self.assertRaisesRegex(UserError, "Possible now"):
            mine.action_resend(self.third.id)
        self.assertEqual(len(question.referral_ids), 1)

    def test_coexecutor_reports_but_does_not_finish_the_question(self):
        question = self._question()
        co = self._as(self.operator, question).action_add_co(
            self.other_participant.id, self.other_section.id, "Откройте колодец"
        )
        self.assertEqual((co.role, co.execution_due), ("co", question.execution_due))
        co.action_done("Колодец открыт", "fixed")
        self.assertEqual(question.state, "sent")
        self.assertFalse(question.outcome)
        self.assertEqual(co.result_text, "Колодец открыт")
        self._done(question)
        self.assertEqual(question.state, "informing")
        self.assertEqual((co.state, co.result_text), ("done", "Колодец открыт"))

    def test_open_coexecutor_is_let_go_when_the_responsible_one_reports(self):
        question = self._question()
        mine = self._as(self.operator, question)
        co = mine.action_add_co(self.other_participant.id)
        with self.assertRaisesRegex(UserError, "already"):
            mine.action_add_co(self.other_participant.id)
        later = question.execution_due + timedelta(days=3)
        question._clock_extend("execution", later, "Деталь", fields.Date.today())
        self.assertEqual(co.execution_due, question.execution_due)
        self._done(question)
        self.assertEqual((co.state, co.ending), ("withdrawn", "finished"))
        with self.assertRaises(UserError):
            co.action_done("Поздно", "fixed")

    def test_coexecutor_who_refuses_or_is_released_changes_nothing_else(self):
        question = self._question()
        mine = self._as(self.operator, question)
        one = mine.action_add_co(self.other_participant.id)
        two = mine.action_add_co(self.third.id)
        one.action_refuse("Не наше")
        two.action_release("Обойдёмся")
        self.assertEqual((question.state, one.state), ("sent", "refused"))
        self.assertEqual((two.state, two.ending), ("withdrawn", "released"))
        with self.assertRaisesRegex(UserError, "replaced, not released"):
            self._as(self.operator, question.referral_id).action_release()
        self.assertEqual(len(question.referral_ids), 3)

    def test_planned_visits_are_kept(self):
        referral = self._as(self.operator, self._question().referral_id)
        now = fields.Datetime.now()
        for days in (1, 3):
            referral.action_plan(now + timedelta(days=days), f"бригада {days}")
        self.assertEqual(referral.visit_note, "бригада 3")
        self.assertEqual(
            referral.plan_ids.sorted("id").mapped("note"), ["бригада 1", "бригада 3"]
        )
        with self.assertRaises(AccessError):
            referral.sudo().plan_ids[0].note = "переписано"
        self.assertEqual(self._kinds(referral.question_id).count("planned"), 2)

    def test_rework_keeps_the_old_result_and_is_not_for_everybody(self):
        question = self._question()
        self._done(question, text="Первый результат")
        first = question.referral_id
        with self.assertRaises(AccessError):
            self._as(self.operator, question).action_rework("Фото нет")
        boss = self._as(self.supervisor, question)
        with self.assertRaisesRegex(UserError, "Write the reason"):
            boss.action_rework(" ")
        boss.action_rework("Фото нет")
        second = question.referral_id
        self.assertRecordValues(
            first, [{"state": "done", "result_text": "Первый результат"}]
        )
        self.assertRecordValues(
            second,
            [
                {
                    "way": "rework",
                    "reason": "Фото нет",
                    "participant_id": first.participant_id.id,
                    "previous_id": first.id,
                    "period": 2,
                }
            ],
        )
        self.assertEqual(question.informing_ids.state, "cancelled")
        self.assertEqual((question.state, question.outcome), ("sent", False))
        with self.assertRaisesRegex(UserError, "no result to return"):
            boss.action_rework("Ещё раз")
        self.assertIn("rework", self._kinds(question))

    def test_reopened_question_is_a_new_period_and_asks_all_again(self):
        question = self._question()
        self._refuse(question)
        self._done(question)
        question._close(outcome="unreachable")
        self._as(self.operator, question).action_reopen("Гражданин перезвонил")
        self.assertEqual((question.state, question.period), ("sent", 2))
        self._refuse(question)
        self.assertEqual(
            question.participant_id, self.participant, "refused in the old period only"
        )
