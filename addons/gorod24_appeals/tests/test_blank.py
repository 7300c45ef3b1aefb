# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import base64
import io
from datetime import timedelta

from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .test_informing import NOON, InformingCommon


@tagged("post_install", "-at_install")
class TestBlank(InformingCommon):
    """Sheets on paper: numbered, entered with the true time, none of them lost."""

    def setUp(self):
        super().setUp()
        self.batch = self.env["gorod24.blank.batch"].with_user(self.operator)._issue(3)
        self.blank = self.batch.blank_ids[0]
        self.spoken_at = NOON - timedelta(hours=9)

    def _shown(self, topic):
        """{kind: when it is due} of the card before it is saved."""
        shown = self.card.preview(
            topic.id, self.house.id, contact_at=self.spoken_at.isoformat()
        )
        return {term["kind"]: term["target"] for term in shown["due"]}

    def _enter(self, **values):
        paper = {
            "blank_serial": self.blank.serial,
            "contact_at": self.spoken_at.isoformat() + "Z",
            "taken_by_id": self.second.id,
        }
        return self._register(**paper | values)

    def test_sheets_of_two_batches_are_numbered_on(self):
        other = self.batch._issue(2)
        self.assertEqual(other.first_number, self.batch.last_number + 1)
        for count in (0, -1, 201):
            with self.assertRaises(UserError):
                self.batch._issue(count)

    def test_printed_sheets_have_their_numbers_and_the_fields_of_the_card(self):
        file = io.BytesIO(base64.b64decode(self.batch.with_context(bin_size=False).pdf))
        pages = PdfReader(file).pages
        self.assertEqual(len(pages), 3)
        labels = self.batch._get_labels()
        for page, blank in zip(pages, self.batch.blank_ids, strict=True):
            text = page.extract_text()
            self.assertIn(blank.serial, text)
            rows = labels.rows + labels.question_rows + labels.footer
            for label in (label for row in rows for label, _share in row):
                self.assertIn(label, text)

    def test_terms_run_from_the_conversation_acceptance_from_the_entry(self):
        appeal = self._enter()
        question = appeal.question_ids
        self.assertRecordValues(
            appeal,
            [
                {
                    "registered_at": self.spoken_at,
                    "entered_at": NOON,
                    "entered_by_id": self.operator.id,
                    "user_id": self.second.id,
                }
            ],
        )
        starts = {clock.kind: clock.start for clock in question.clock_ids}
        self.assertEqual(starts, {"acceptance": NOON, "execution": self.spoken_at})
        self.assertEqual(question.registered_at, self.spoken_at)
        self.assertEqual(question.referral_id.sent_at, NOON)
        self.assertEqual(question.operator_id, self.second)

    def test_sheet_is_entered_once(self):
        appeal = self._enter()
        self.assertEqual((self.blank.state, self.blank.appeal_id), ("entered", appeal))
        with self.assertRaisesRegex(UserError, appeal.number):
            self._enter()
        self.assertEqual(self.batch.entered_count, 1)
        self.assertEqual(self.batch.issued_count, 2)

    def test_card_sent_twice_makes_one_appeal(self):
        first = self._enter(uid="paper-card-1")
        self.assertEqual(self._enter(uid="paper-card-1"), first)

    def test_terms_are_shown_before_saving_as_they_will_be(self):
        due = self._shown(self.heating)
        question = self._enter().question_ids
        for clock in question.clock_ids:
            self.assertEqual(due[clock.kind], f"{clock.target.isoformat()}Z")
        with self.assertRaises(UserError):
            self.card.preview(self.heating.id, self.house.id, contact_at="вчера")

    def test_limits_of_topic_and_service_count_from_the_conversation(self):
        self.pipe.outage_service = "electricity"
        regime = self.env["gorod24.regime"]._for_topic(self.pipe)
        rule = regime._for_sending().rule_ids.filtered(
            lambda rule: rule.kind == "execution"
        )[:1]
        rule.copy({"topic_ids": self.pipe.ids, "amount": rule.amount * 2})
        due = self._shown(self.pipe)
        topic = {"topic_id": self.pipe.id, "text": "Нет света"}
        question = self._enter(questions=[topic]).question_ids
        saved = {
            clock.kind: f"{clock.target.isoformat()}Z" for clock in question.clock_ids
        }
        self.assertIn("restoration", saved)
        self.assertEqual(due, saved)

    def test_answer_given_on_paper_is_closed_at_that_time(self):
        question = {
            "topic_id": self.reference.id,
            "text": "Где дом быта",
            "answer_text": "Опытная, 1",
        }
        appeal = self._enter(questions=[question])
        self.assertEqual(appeal.question_ids.closed_at, self.spoken_at)

    def test_wrong_time_and_wrong_sheet_are_refused(self):
        printed = self.blank.serial
        slip = printed[:-1] + str((int(printed[-1]) + 1) % 10)
        wrong = [
            {"contact_at": (NOON + timedelta(hours=1)).isoformat()},
            {"contact_at": (NOON - timedelta(days=15)).isoformat()},
            {"contact_at": "вчера"},
            {"contact_at": False},
            {"taken_by_id": self.manager.id},
            {"taken_by_id": "x"},
            {"blank_serial": slip},
            {"blank_serial": 5},
        ]
        for values in wrong:
            with self.subTest(values=values), self.assertRaises(UserError):
                self._enter(**values)
        self.assertEqual(self.blank.state, "issued")

    def test_time_is_not_moved_without_a_sheet(self):
        appeal = self._enter(blank_serial=False)
        self.assertEqual(appeal.registered_at, NOON)
        self.assertFalse(appeal.entered_at)

    def test_window_opens_the_card_with_the_sheet(self):
        window = self.env["gorod24.blank.entry"].with_user(self.operator)
        entry = window.create(
            {
                "serial": self.blank.serial.replace("-", " "),
                "contact_at": self.spoken_at,
                "taken_by_id": self.second.id,
            }
        )
        params = entry.action_open_card()["params"]
        self.assertEqual(params["paper"]["blank_serial"], self.blank.serial)
        self.assertEqual(params["paper"]["taken_by"], "Вторая Вера")
        entry.contact_at = NOON + timedelta(hours=1)
        with self.assertRaises(UserError):
            entry.action_open_card()

    def test_only_supervisors_write_sheets_off(self):
        with self.assertRaises(AccessError):
            self.blank.action_write_off("lost", "Не нашли")
        blank = self.blank.with_user(self.supervisor)
        with self.assertRaises(UserError):
            blank.action_write_off("lost", " ")
        blank.action_write_off("spoiled", "Пролит чай")
        with self.assertRaisesRegex(UserError, "Пролит чай"):
            self._enter()
        self.assertEqual(self.batch.written_off_count, 1)

    def test_sheets_are_changed_by_methods_only(self):
        for user in (self.operator, self.supervisor):
            for record in (self.blank.with_user(user), self.batch.with_user(user)):
                for operation in ("write", "create", "unlink"):
                    self.assertFalse(record.has_access(operation))
        self.assertFalse(self.blank.with_user(self.duty).has_access("read"))
