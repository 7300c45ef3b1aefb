# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import TEXT, NoticeCommon

OTHER = {"person_name": "Петров Олег Ильич", "number": "83852123457"}


@tagged("post_install", "-at_install")
class TestNoticeJoined(NoticeCommon):
    """Callers about a notice: told, or waiting for its end."""

    def _due(self, question):
        return question.informing_ids.filtered(lambda duty: duty.state == "due")

    def test_told_question_is_settled_with_the_words_that_were_read(self):
        notice = self._notice()
        question = self._join(notice, waits=False)
        self.assertEqual(
            (question.state, question.outcome), ("closed", "joined_notice")
        )
        self.assertEqual(question.notice_id, notice)
        self.assertTrue(question.result_text.startswith(TEXT))
        self.assertFalse(question.referral_ids, "nobody is sent once more")
        self.assertEqual(question.place, self.house.display_name)
        self.assertEqual((notice.joined_count, notice.appeal_count), (1, 1))
        self.assertEqual(notice.waiting_count, 0)
        notice.action_finish(closing_text="Вода подана")
        self.assertFalse(question.informing_ids, "he was told all in the call")

    def test_waiting_citizen_is_told_when_it_is_over(self):
        notice = self._notice()
        question = self._join(notice)
        self.assertEqual(
            (question.state, question.outcome), ("closed", "joined_notice")
        )
        self.assertFalse(question.referral_ids)
        self.assertFalse(question.informing_ids)
        self.assertEqual(notice.waiting_count, 1)
        with self.assertRaisesRegex(UserError, "what they are told"):
            notice.action_finish()
        notice.action_finish(closing_text="Горячая вода подана в 18:40")
        duty = self._due(question)
        self.assertEqual(duty.phone_e164, "+73852123456")
        self.assertEqual(duty.result_text, "Горячая вода подана в 18:40")
        self.assertTrue(duty.due, "there is a term to tell him")
        self.assertEqual(notice.waiting_count, 0)
        duty.with_user(self.operator).record_attempt("reached", "yes")
        self.assertEqual((duty.state, question.state), ("done", "closed"))
        self.assertEqual(question.outcome, "joined_notice")

    def test_what_was_promised_is_kept_with_its_day(self):
        """«By 18:00» means nothing to those who read it three days later."""
        notice = self._notice(expected_at=self._hours(1))
        Notice = self.env["gorod24.notice"]
        day = Notice._say_moment(notice.due_at, self._hours(-99))
        self.assertIn(" on ", day)
        told, waits = self._join(notice, waits=False), self._join(notice, **OTHER)
        for question in (told, waits):
            self.assertIn(day, question.result_text)
        notice.action_finish(closing_text="Горячая вода подана")
        self.assertEqual(waits.result_text, "Горячая вода подана")
        closing = waits.event_ids.filtered(lambda event: event.kind == "closed")
        self.assertIn(f"{notice.number}: {TEXT}", closing.note)
        self.assertIn(day, closing.note)

    def test_still_not_put_right_goes_to_the_responsible(self):
        notice = self._notice()
        question = self._join(notice)
        notice.action_finish(closing_text="Вода подана")
        self._due(question).with_user(self.operator).record_attempt(
            "reached", "no", "В третьем подъезде воды нет"
        )
        self.assertEqual(question.state, "sent")
        self.assertEqual(question.participant_id, self.participant)
        self.assertIn("В третьем подъезде", question.referral_id.reason)

    def test_one_duty_for_one_citizen(self):
        notice = self._notice()
        first = self._join(notice)
        again = self._join(notice, partner_id=first.partner_id.id, person_name=False)
        other = self._join(notice, **OTHER)
        self.assertEqual(notice.joined_count, 3)
        notice.action_finish(closing_text="Вода подана")
        self.assertEqual(len(self._due(first) | self._due(again)), 1)
        self.assertEqual(len(self._due(other)), 1)

    def test_who_declined_is_not_rung(self):
        notice = self._notice()
        question = self._join(notice)
        question.with_user(self.operator).action_decline_informing("Сам увижу")
        self.assertEqual(notice.waiting_count, 0)
        notice.action_finish()
        self.assertFalse(self._due(question))

    def test_cancelled_notice_sends_the_questions_of_those_who_wait(self):
        notice = self._notice()
        question = self._join(notice)
        notice.with_user(self.supervisor).action_cancel("Адрес другой")
        self.assertEqual(question.state, "sent")
        self.assertEqual(question.participant_id, self.participant)
        self.assertIn("Адрес другой", question.referral_id.reason)
        self.assertEqual(question.referral_id.way, "first", "nobody is discontent")

    def test_told_in_the_call_is_settled_at_once_and_waiting_is_not(self):
        notice = self._notice()
        told, waiting = self._join(notice, waits=False), self._join(notice, **OTHER)
        self.assertTrue(told._is_settled_at_once())
        self.assertFalse(waiting._is_settled_at_once())
        notice.action_finish(closing_text="Вода подана")
        self.assertFalse(waiting._is_settled_at_once())

    def test_who_was_told_what_was_wrong_is_sent_as_well(self):
        """His trouble is real, and no one is on the way."""
        notice = self._notice()
        told = self._join(notice, waits=False)
        declined = self._join(notice, **OTHER)
        declined.with_user(self.operator).action_decline_informing("Сам увижу")
        cancelling = self._cancelling(notice)
        self.assertEqual((cancelling.told_count, cancelling.reopen_told), (1, True))
        cancelling.action_apply()
        self.assertEqual(set((told | declined).mapped("state")), {"sent"})
        self.assertIn("Адрес другой", told.referral_id.reason)
        self.assertFalse(told.outcome)

    def test_who_was_told_of_works_called_off_stays_settled(self):
        begin = {"planned_from": self._hours(3), "expected_at": self._hours(5)}
        notice = self._notice(type="planned", **begin)
        told = self._join(notice, waits=False)
        declined = self._join(notice, **OTHER)
        declined.with_user(self.operator).action_decline_informing("Сам увижу")
        cancelling = self._cancelling(notice)
        self.assertFalse(cancelling.reopen_told)
        cancelling.action_apply()
        self.assertEqual((told.state, told.outcome), ("closed", "joined_notice"))
        self.assertEqual(declined.state, "sent", "he had no answer")

    def _cancelling(self, notice):
        return (
            self.env["gorod24.notice.change"]
            .with_user(self.supervisor)
            .create(
                {"notice_id": notice.id, "change": "cancel", "reason": "Адрес другой"}
            )
        )

    def test_nobody_joins_a_notice_that_is_over(self):
        notice = self._notice()
        notice.action_finish()
        for waits in (True, False):
            with self.assertRaisesRegex(UserError, notice.number):
                self._join(notice, waits=waits)
        self.assertEqual(notice.joined_count, 0)

    def test_nobody_joins_a_notice_of_another_house(self):
        notice = self._notice()
        there = {"building_id": self.other_house.id}
        for waits in (True, False):
            with self.assertRaisesRegex(UserError, "not about this place"):
                self._join(notice, waits=waits, **there)
        point = {"topic_id": self.heating.id, "notice_id": notice.id}
        with self.assertRaisesRegex(UserError, "not about this place"):
            self._register(questions=[point | there])
        self.assertEqual(notice.joined_count, 0)
        self.assertTrue(self._register(questions=[point]), "the caller's own house")

    def test_nobody_waits_for_the_end_of_mere_information(self):
        notice = self._notice(type="information")
        with self.assertRaisesRegex(UserError, "no end to wait for"):
            self._join(notice)
        self.assertEqual(self._join(notice, waits=False).outcome, "joined_notice")

    def test_notice_and_question_are_not_joined_at_once(self):
        notice, main = self._notice(), self._register().question_ids
        with self.assertRaisesRegex(UserError, "not filled in properly"):
            self._register(
                questions=[
                    {
                        "topic_id": self.heating.id,
                        "notice_id": notice.id,
                        "join_id": main.id,
                    }
                ]
            )

    def test_one_card_holds_a_notice_and_an_ordinary_question(self):
        notice = self._notice()
        appeal = self._register(
            questions=[
                {"topic_id": self.heating.id, "text": "Вода", "notice_id": notice.id},
                {"topic_id": self.pipe.id, "text": "Течёт труба"},
            ]
        )
        told, sent = appeal.question_ids.sorted("position")
        self.assertEqual((told.state, sent.state), ("closed", "sent"))
        self.assertFalse(sent.notice_id)

    def test_waiting_question_is_no_question_to_join(self):
        notice = self._notice()
        question = self._join(notice)
        with self.assertRaisesRegex(UserError, notice.number):
            self._register(
                questions=[{"topic_id": self.heating.id, "join_id": question.id}]
            )
        with self.assertRaisesRegex(UserError, "closed already"):
            question.with_user(self.operator).with_context(lang="en_US").action_close(
                "answered_in_call", "Сказано"
            )

    def test_appeal_tells_the_citizen_what_follows(self):
        notice = self._notice()
        question = self._join(notice)
        words = question.with_context(lang="en_US")._get_acknowledgement()
        self.assertIn(TEXT, words)
        self.assertIn("We shall call you when it is over.", words)

    def test_buttons_open_the_callers(self):
        notice = self._notice()
        told, waiting = self._join(notice, waits=False), self._join(notice, **OTHER)
        Question = self.env["gorod24.question"].with_user(self.operator)
        found = Question.search(notice.action_open_questions()["domain"])
        self.assertEqual(found, told | waiting)
        only = notice.with_context(notice_waiting=True).action_open_questions()
        self.assertEqual(Question.search(only["domain"]), waiting)
        appeals = self.env["helpdesk.ticket"].with_user(self.operator)
        found = appeals.search(notice.action_open_appeals()["domain"])
        self.assertEqual(found, (told | waiting).appeal_id)

    def test_many_who_wait_are_put_on_the_list_by_a_few_queries(self):
        few, many = self._notice(), self._notice()
        for notice, count in ((few, 2), (many, 12)):
            for n in range(count):
                self._join(
                    notice,
                    person_name=f"Житель {notice.id} {n}",
                    number=f"+7385234{notice.id % 100:02d}{n:03d}",
                )
        spent = []
        for notice in (few, many):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            notice.action_finish(closing_text="Вода подана")
            self.env.flush_all()
            spent.append(self.env.cr.sql_log_count - before)
        self.assertEqual(
            len(many.sudo().question_ids.informing_ids.filtered("due")), 12
        )
        self.assertLess(spent[1], spent[0] * 2)
