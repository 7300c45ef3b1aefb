# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .test_informing import NOON, InformingCommon


@tagged("post_install", "-at_install")
class TestInformingWritten(InformingCommon):
    """Nobody whom we know is closed untold because he has no telephone."""

    def _reported(self, **values):
        values = {"number": "anonymous", **values}
        with freeze_time(NOON):
            question = self._register(**values).question_ids
            self._as_duty(question).action_done("Подключили", "explained")
        return question

    def test_without_a_telephone_the_citizen_waits_in_the_queue(self):
        for values in (
            {"inform_way": "email", "inform_email": "anna@example.org"},
            {"channel_id": self.env.ref("gorod24_appeals.channel_letter").id},
        ):
            with self.subTest(values=values):
                question = self._reported(**values)
                self.assertEqual(question.state, "informing")
                duty = question.informing_ids
                self.assertTrue(duty.needs_contact)
                self.assertTrue(duty.due)
                with self.assertRaisesRegex(UserError, "has to be told"):
                    question.with_user(self.operator).action_close()

    def test_organisations_without_a_number_are_lines_of_their_own(self):
        citizen = self._reported(number="83852123456")
        first, second = (
            self._reported(
                person_name="",
                author_type="organisation",
                organisation_name=name,
                channel_id=self.env.ref("gorod24_appeals.channel_letter").id,
            )
            for name in ("ООО «Луч»", "ТСЖ «Заря»")
        )
        many = self._reported(person_name="", author_type="collective", people_count=12)
        desk = self.env["gorod24.informing.desk"].with_user(self.operator)
        desk = desk.with_context(lang="en_US")
        rows = {
            row["appeal_id"]: row
            for row in desk.queue()["needs_contact"]
            if not row["partner_id"]
        }
        names = {
            first: "ООО «Луч»",
            second: "ТСЖ «Заря»",
            many: "Collective appeal, people: 12",
        }
        for question, name in names.items():
            row = rows[question.appeal_id.id]
            self.assertEqual((row["name"], row["count"]), (name, 1))
            card = desk.take(row["phone"], row["partner_id"], None, row["appeal_id"])
            self.assertEqual([one["name"] for one in card["items"]], [question.name])
            self.assertEqual(card["partner"]["name"], name)
            self.assertTrue(card["needs_contact"])
        self.assertFalse(self.env["gorod24.informing.lease"]._holders(["+73852123456"]))
        self.assertEqual(citizen.state, "informing")

    def test_declined_and_anonymous_close_at_once(self):
        self.assertEqual(self._reported(inform_way="none").state, "closed")
        self.assertEqual(self._reported(person_name="").state, "closed")

    def test_answer_by_post_fulfils_the_duty(self):
        question = self._reported()
        duty = question.informing_ids.with_user(self.operator)
        late = NOON + timedelta(days=20)
        with freeze_time(late):
            duty.action_told_in_writing("post", NOON.date(), " Исх. 125 ")
        self.assertRecordValues(
            duty, [{"state": "done", "operator_id": self.operator.id}]
        )
        self.assertEqual((question.state, question.outcome), ("closed", "explained"))
        attempt = duty.attempt_ids
        self.assertEqual(attempt.disposition, "post")
        self.assertEqual(attempt.note, f"{NOON:%d.%m.%Y}, Исх. 125")
        clock = question._clock_find("informing", [])
        self.assertEqual(clock.outcome, "met", "the letter left in time")
        with self.assertRaisesRegex(UserError, "informed already"):
            duty.action_told_in_writing("post", NOON.date())

    def test_bad_input_notes_nothing(self):
        question = self._reported()
        duty = question.informing_ids.with_user(self.operator)
        for way, day in (
            ("pigeon", NOON.date()),
            ("post", False),
            ("post", NOON.date() - timedelta(days=1)),
            ("post", NOON.date() + timedelta(days=1)),
        ):
            with (
                self.subTest(way=way, day=day),
                freeze_time(NOON),
                self.assertRaises(UserError),
            ):
                duty.action_told_in_writing(way, day)
        with self.assertRaises(AccessError):
            duty.with_user(self.manager).action_told_in_writing("post", NOON.date())
        self.assertFalse(duty.attempt_ids)
        self.assertEqual(question.state, "informing")
