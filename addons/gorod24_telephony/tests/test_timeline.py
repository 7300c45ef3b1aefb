# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from .common import TelephonyCommon


@tagged("post_install", "-at_install")
class TestTimelineCalls(TelephonyCommon):
    def setUp(self):
        super().setUp()
        self.call = self.feed(*self.plain_call())
        self.appeal = self._register(call_id=self.call.id)

    def _entries(self, user, kinds):
        timeline = self.env["gorod24.timeline"].with_user(user)
        page = timeline.page("helpdesk.ticket", self.appeal.id, kinds=kinds)
        return page["entries"]

    def _record(self):
        return self.env["gorod24.recording"].create(
            {
                "name": "rec/1",
                "recorder": "rec",
                "recording_ref": "1",
                "sha256": "0" * 64,
                "started_at": self.call.started_at,
                "duration": 67,
                "call_id": self.call.id,
                "state": "matched",
                "attachment_id": self.env["ir.attachment"]
                .create({"name": "a.wav", "raw": b"RIFF"})
                .id,
            }
        )

    def test_call_and_its_recording_are_in_the_course(self):
        recording = self._record()
        sound, call = self._entries(self.operator, ["call"])
        self.assertEqual(sound["link"]["id"], recording.id)
        self.assertIn("1:07", sound["title"])
        self.assertIn("+7 3852 12-34-56", call["title"])
        self.assertEqual(call["author"], self.operator.name)
        self.assertIn(str(call["link"]["id"]), str(self.call.id))

    def test_call_made_to_inform_is_told_too(self):
        question = self.appeal.question_ids
        self._as_duty(question).action_done("Готово", "fixed")
        told = self.feed(*self.plain_call(dialog="d2"))
        told.informing_id = question.informing_ids
        entries = self._entries(self.operator, ["call"])
        self.assertEqual(
            {entry["link"]["id"] for entry in entries}, {self.call.id, told.id}
        )

    def test_who_listened_is_for_the_supervisor(self):
        Access = self.env["gorod24.recording.access"]
        Access._log(self._record(), self.operator2, "127.0.0.1")
        titles = [entry["author"] for entry in self._entries(self.supervisor, ["view"])]
        self.assertIn(self.operator2.name, titles)
        self.assertFalse(self._entries(self.operator, ["view"]))

    def test_printed_card_lists_the_calls(self):
        (call,) = self.appeal._get_paper_calls()
        self.assertIn("+7 3852 12-34-56", call["what"])
        self.assertEqual(call["operator"], self.operator.name)

    def test_merged_appeals_have_the_calls_of_both_and_back(self):
        other_call = self.feed(*self.plain_call(dialog="d3"))
        other = self._register(
            call_id=other_call.id, partner_id=self.appeal.partner_id.id
        )
        merge = (
            self.env["gorod24.merge"]
            .with_user(self.supervisor)
            ._merge(self.appeal, other)
        )
        self.env.invalidate_all()
        self.assertEqual(self.appeal.call_ids, self.call | other_call)
        self.assertFalse(other.call_ids)
        merge.action_undo()
        self.env.invalidate_all()
        self.assertEqual(other.call_ids, other_call)
        self.assertEqual(self.appeal.call_ids, self.call)
