# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.modules.module import load_script
from odoo.tests import tagged
from odoo.tools import file_path

from .common import AppealsCommon


@tagged("post_install", "-at_install")
class TestCardRepeat(AppealsCommon):
    """The same trouble told again: marked, found while typing, joined."""

    def _neighbour(self, **values):
        vals = {"person_name": "Петров Пётр Петрович", "number": "83852654321"}
        return self._register(**(vals | values))

    def _join(self, main, **values):
        point = {"topic_id": main.topic_id.id, "text": "и у меня", "join_id": main.id}
        return self._neighbour(questions=[point], **values).question_ids

    def _done(self, question, text="Продули стояк"):
        self._as_duty(question).action_done(text, "fixed")

    def test_same_person_and_topic_is_repeated(self):
        first = self._register()
        partner = first.partner_id
        again = self._register(partner_id=partner.id)
        self.assertFalse(first.repeated)
        self.assertTrue(again.repeated and again.question_ids.repeated)
        self.assertEqual(again.question_ids.repeat_of_id, first.question_ids)
        other = self._register(self.pipe, partner_id=partner.id)
        self.assertFalse(other.repeated)

    def test_same_house_and_topic_by_anybody_is_a_recurrence(self):
        first = self._register()
        neighbour = self._neighbour()
        self.assertEqual((neighbour.repeated, neighbour.recurrence), (False, True))
        self.assertEqual(neighbour.question_ids.repeat_of_id, first.question_ids)
        elsewhere = self._neighbour(building_id=self.other_house.id, number="")
        self.assertFalse(elsewhere.recurrence)

    def test_of_two_questions_only_the_repeated_one_is_marked(self):
        person = {"partner_id": self._register().partner_id.id, "person_name": ""}
        appeal = self._register(self.heating, self.pipe, **person)
        again, new = appeal.question_ids.sorted("position")
        self.assertTrue(appeal.repeated)
        self.assertEqual((again.repeated, new.repeated), (True, False))
        found = self.env["gorod24.question"].search(
            [("appeal_id", "=", appeal.id), ("repeated", "=", True)]
        )
        self.assertEqual(found, again)
        self.assertEqual(found.referral_id.repeated, True)

    def test_marks_of_before_the_upgrade_go_to_the_right_questions(self):
        person = {"partner_id": self._register().partner_id.id, "person_name": ""}
        appeal = self._register(self.heating, self.pipe, **person)
        single = self._register(**person).question_ids
        again, new = appeal.question_ids.sorted("position")
        self.env.flush_all()
        self.env.cr.execute("UPDATE gorod24_question SET repeated = NULL")
        script = "gorod24_appeals/migrations/19.0.3.2.0/post-repeated.py"
        load_script(file_path(script), "post_repeated").migrate(
            self.env.cr, "19.0.3.0.0"
        )
        self.env.invalidate_all()
        self.assertTrue(again.repeated and single.repeated)
        self.assertFalse(new.repeated)

    def test_long_closed_question_counts_no_more(self):
        question = self._register().question_ids
        question._close(outcome="answered_in_call")
        self.assertTrue(self._neighbour().recurrence)
        days = {"gorod24.recurrence_days": "10"}
        question.closed_at = fields.Datetime.now() - timedelta(days=11)
        for name, value in days.items():
            self.env["ir.config_parameter"].set_param(name, value)
        self.env["gorod24.question"].search(
            [("id", "!=", question.id), ("building_id", "=", self.house.id)]
        ).building_id = self.other_house
        self.assertFalse(self._neighbour(number="").recurrence)

    def test_similar_names_what_is_open_and_why(self):
        question = self._register().question_ids
        found = self.card.similar(
            topic_id=self.heating.id, building_id=self.house.id, text=""
        )
        self.assertEqual(found["recurrence"]["id"], question.id)
        self.assertEqual(
            [(one["id"], one["why"]) for one in found["duplicates"]],
            [(question.id, "house")],
        )
        mine = self.card.similar(
            partner_id=question.partner_id.id, topic_id=self.heating.id
        )
        self.assertEqual(mine["repeat"]["id"], question.id)
        self.assertEqual(mine["duplicates"][0]["why"], "person")

    def test_similar_words_nearby_are_found_before_the_topic(self):
        point = {"topic_id": self.heating.id, "text": "не горит фонарь во дворе"}
        question = self._register(questions=[point]).question_ids
        found = self.card.similar(
            building_id=self.other_house.id, text="Фонари во дворе не горят"
        )
        self.assertEqual(
            [(one["id"], one["why"]) for one in found["duplicates"]],
            [(question.id, "words")],
        )
        self.assertFalse(
            self.card.similar(
                building_id=self.other_house.id, text="Прорвало трубу в подвале"
            )["duplicates"]
        )
        question._close(outcome="answered_in_call")
        self.assertFalse(
            self.card.similar(
                building_id=self.other_house.id, text="Фонари во дворе не горят"
            )["duplicates"]
        )

    def test_look_ups_are_a_few_queries(self):
        self._register()
        self.card.similar(topic_id=self.heating.id, building_id=self.house.id)
        self.env.invalidate_all()
        with self.assertQueryCount(25):
            self.card.similar(
                topic_id=self.heating.id, building_id=self.house.id, text="холодно"
            )

    def test_joined_contact_is_kept_and_told_the_result(self):
        main = self._register().question_ids
        joined = self._join(main)
        self.assertEqual((joined.state, joined.outcome), ("closed", "duplicate"))
        self.assertFalse(joined.referral_ids)
        self.assertEqual(joined.building_id, self.house)
        self.assertEqual((main.state, main.joined_count), ("sent", 1))
        self._done(main)
        self.assertEqual(len(main.informing_ids), 1)
        duty = joined.informing_ids
        self.assertEqual(duty.phone_e164, "+73852654321")
        self.assertEqual(duty.result_text, "Продули стояк")
        card = self.card.load("83852654321")
        self.assertEqual(card["to_inform"][0]["id"], duty.id)
        duty.with_user(self.operator).record_attempt("reached", "yes")
        self.assertEqual((duty.state, joined.state), ("done", "closed"))
        self.assertEqual(main.state, "informing")

    def test_joined_citizen_who_is_not_content_gets_an_own_referral(self):
        main = self._register().question_ids
        joined = self._join(main)
        self._done(main)
        joined.informing_ids.with_user(self.operator).record_attempt(
            "reached", "no", "холодно"
        )
        self.assertEqual(joined.state, "sent")
        self.assertEqual(joined.referral_id.participant_id, self.participant)
        self.assertEqual(main.state, "informing")

    def test_joining_a_joined_question_joins_the_main_one(self):
        main = self._register().question_ids
        second = self._join(main)
        third = self._join(second, number="83852111111", person_name="Сидоров")
        self.assertEqual(third.joined_to_id, main)

    def test_finished_question_cannot_be_joined(self):
        main = self._register().question_ids
        self._done(main)
        with self.assertRaisesRegex(UserError, main.name):
            self._join(main)

    def test_main_question_withdrawn_hands_its_place_over(self):
        main = self._register().question_ids
        second = self._join(main)
        third = self._join(main, number="83852111111", person_name="Сидоров")
        main._close(outcome="withdrawn")
        self.assertEqual(second.state, "sent")
        self.assertEqual(third.joined_to_id, second)
        self._done(second)
        self.assertEqual(len(third.informing_ids), 1)

    def test_main_question_answered_is_told_to_those_who_joined(self):
        main = self._register().question_ids
        second = self._join(main)
        main._close(outcome="answered_in_call", result_text="Дом снесён")
        self.assertEqual((second.state, second.outcome), ("closed", "duplicate"))
        self.assertEqual(second.informing_ids.result_text, "Дом снесён")

    def test_one_citizen_is_told_once(self):
        main = self._register().question_ids
        again = self._join(main, partner_id=main.partner_id.id, number="83852123456")
        self._done(main)
        self.assertEqual(len(main.informing_ids), 1)
        self.assertFalse(again.informing_ids)

    def test_operator_joins_a_question_by_hand(self):
        main, other = self._register().question_ids, self._neighbour().question_ids
        other.with_user(self.operator).action_close("duplicate", leading_id=main.id)
        self._done(main)
        self.assertEqual(other.informing_ids.phone_e164, "+73852654321")

    def test_result_returned_for_rework_is_not_told_to_those_who_joined(self):
        main = self._register().question_ids
        joined = self._join(main)
        self._done(main, "Не наше")
        first = joined.informing_ids
        main.action_rework("Не то")
        self.assertEqual(first.state, "cancelled")
        self._done(main, "Продули стояк")
        (first | joined.informing_ids).invalidate_recordset()
        duty = joined.informing_ids.filtered(lambda one: one.state == "due")
        self.assertEqual(duty.result_text, "Продули стояк")

    def test_operator_joins_no_finished_question(self):
        main, other = self._register().question_ids, self._neighbour().question_ids
        self._done(main)
        with self.assertRaisesRegex(UserError, main.name):
            other.with_user(self.operator).action_close("duplicate", leading_id=main.id)
        self.assertEqual(other.state, "sent")

    def test_joined_contact_is_not_closed_once_more(self):
        main = self._register().question_ids
        joined = self._join(main)
        self._done(main)
        with self.assertRaisesRegex(UserError, main.name):
            joined.with_user(self.operator).action_close("answered_in_call")
        self.assertEqual(joined.informing_ids.state, "due")

    def test_joined_citizen_who_withdraws_is_not_waited_for(self):
        main = self._register().question_ids
        joined = self._join(main)
        joined.with_user(self.operator).action_withdraw("Больше не надо")
        self.assertEqual(joined.outcome, "withdrawn")
        self.assertEqual(joined.result_text, "Больше не надо")
        self._done(main)
        self.assertFalse(joined.informing_ids)

    def test_who_joins_in_a_later_period_is_told_again(self):
        main, other = self._register().question_ids, self._neighbour().question_ids
        self._done(other, "Не греет ещё")
        other.informing_ids.with_user(self.operator).record_attempt(
            "reached", "no", "холодно"
        )
        self.assertEqual(other.period, 2)
        other.with_user(self.operator).action_close("duplicate", leading_id=main.id)
        self._done(main)
        duty = other.informing_ids.filtered(lambda one: one.state == "due")
        self.assertEqual(duty.result_text, "Продули стояк")

    def test_citizen_who_asks_to_be_told_later_is_told(self):
        main = self._register().question_ids
        main.with_user(self.operator).action_decline_informing()
        again = self._join(main, partner_id=main.partner_id.id, number="83852123456")
        self._done(main)
        self.assertFalse(main.informing_ids)
        self.assertEqual(again.informing_ids.state, "due")

    def test_joined_citizen_may_decline(self):
        main = self._register().question_ids
        joined, late = self._join(main), self._join(main, number="83852111111")
        joined.appeal_id.with_user(self.operator).inform_way = "none"
        self._done(main)
        self.assertFalse(joined.informing_ids)
        self.assertEqual(late.informing_ids.state, "due")
        late.with_user(self.operator).action_decline_informing()
        self.assertEqual(late.informing_ids.state, "declined")

    def test_similar_is_closed_to_others(self):
        with self.assertRaises(AccessError):
            self.card.with_user(self.manager).similar(topic_id=self.heating.id)

    def test_promised_result_is_on_the_card(self):
        question = self._register().question_ids
        [promise] = self.card.load("83852123456")["promises"]
        self.assertEqual(promise["kind"], "result")
        self.assertEqual(promise["question_id"], question.id)

    def test_promises_are_on_the_card(self):
        question = self._register().question_ids
        visit = fields.Datetime.now() + timedelta(days=1)
        self._as_duty(question).action_plan(visit)
        promises = self.card.load("83852123456")["promises"]
        self.assertEqual([one["kind"] for one in promises], ["visit"])
        self._done(question)
        call_back = fields.Datetime.now() + timedelta(hours=2)
        question.informing_ids.with_user(self.operator).record_attempt(
            "call_back", call_back_at=call_back
        )
        kinds = [one["kind"] for one in self.card.load("83852123456")["promises"]]
        self.assertIn("call_back", kinds)

    def test_history_tells_how_far_a_question_has_come(self):
        question = self._register().question_ids
        before = self.card.load("83852123456")["history"][0]["progress"]
        self._done(question)
        after = self.card.load("83852123456")["history"][0]["progress"]
        self.assertLess(before, after)

    def test_typical_card_is_a_limited_number_of_queries(self):
        self._register()
        self.env.invalidate_all()
        with self.assertQueryCount(60):
            self._register(uid="count-1")
