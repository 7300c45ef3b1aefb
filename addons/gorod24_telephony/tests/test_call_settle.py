# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import E164, NUMBER, TelephonyCommon


@tagged("post_install", "-at_install")
class TestCallSettle(TelephonyCommon):
    def asked(self, user):
        calls = self.env["gorod24.call"].with_user(user).unsettled()
        return [one["call_id"] for one in calls]

    def test_every_talk_asks_for_its_appeal(self):
        call = self.feed(self.event("ringing", 0), self.event("answered", 5))
        self.assertFalse(call.card_due)
        self.bus_messages(self.operator, "gorod24_telephony.settle")
        self.feed(self.event("ended", 60))
        self.assertTrue(call.card_due)
        (told,) = self.bus_messages(self.operator, "gorod24_telephony.settle")
        self.assertEqual((told["call_id"], told["due"]), (call.id, True))
        self.assertEqual(self.asked(self.operator), [call.id])
        self.assertEqual(self.asked(self.operator2), [])
        self._register(call_id=call.id)
        self.assertFalse(call.card_due)
        self.assertEqual(self.asked(self.operator), [])
        last = self.bus_messages(self.operator, "gorod24_telephony.settle")[-1]
        self.assertFalse(last["due"])

    def test_missed_and_outgoing_calls_ask_for_nothing(self):
        missed = self.feed(self.event("ringing", 0), self.event("ended", 9))
        out = self.feed(
            *(
                self.event(kind, second, "d2", remote_number="89132345678")
                for kind, second in (("dialing", 0), ("answered", 5), ("ended", 9))
            )
        )
        self.assertFalse(missed.card_due or out.card_due)

    def test_reason_for_no_card(self):
        call = self.feed(*self.plain_call())
        mine = call.with_user(self.operator)
        with self.assertRaisesRegex(UserError, "Choose why"):
            mine._settle_without("nonsense")
        with self.assertRaisesRegex(UserError, "in words"):
            mine._settle_without("other", "  ")
        with self.assertRaises(AccessError):
            call.with_user(self.operator2)._settle_without("prank")
        with self.assertRaises(AccessError):
            call.with_user(self.manager)._settle_without("prank")
        mine._settle_without("silence", "дышали в трубку")
        self.assertRecordValues(
            call,
            [
                {
                    "card_due": False,
                    "profile": "no_card",
                    "no_card_reason": "silence",
                    "no_card_by_id": self.operator.id,
                }
            ],
        )

    def test_follow_up_names_the_appeal_and_opens_the_recording_there(self):
        appeal = self._register(number=NUMBER)
        call = self.feed(*self.plain_call())
        recording = self.record()
        wizard = (
            self.env["gorod24.call.settle"]
            .with_user(self.operator)
            .create({"call_id": call.id, "reason": "follow_up"})
        )
        self.assertIn(appeal, wizard.near_ids)
        with self.assertRaisesRegex(UserError, "Name the appeal"):
            wizard.action_no_card()
        wizard.appeal_id = appeal
        wizard.action_no_card()
        self.assertEqual((call.appeal_ids, call.profile), (appeal, "reference"))
        self.assertIn(recording, appeal.recording_ids)

    def test_supervisor_links_any_call(self):
        call = self.feed(*self.plain_call())
        appeal = self._register(number=NUMBER).with_user(self.supervisor)
        appeal.with_context(gorod24_call_id=call.id).action_link_call()
        self.assertEqual(call.appeal_ids, appeal)

    def test_ledger_names_the_likely_appeal(self):
        call = self.feed(*self.plain_call())
        mine = call.with_user(self.operator)
        with self.assertRaisesRegex(UserError, "no appeal fits"):
            mine.action_link_likely()
        appeal = self._register(number=NUMBER)
        other = self._register(number="89132345678")
        # Same number and operator beats the same operator alone.
        mine.invalidate_recordset()
        self.assertEqual(mine.likely_appeal_id, appeal)
        self.assertEqual(appeal.likely_call_id, call)
        mine.action_link_likely()
        self.assertEqual(call.appeal_ids, appeal)
        # An appeal with its call is nobody else's match.
        call.invalidate_recordset()
        self.assertEqual(call.likely_appeal_id, other)

    def test_appeal_of_another_day_is_not_likely(self):
        call = self.feed(*self.plain_call())
        appeal = self._register(number=NUMBER)
        appeal.registered_at -= timedelta(days=1)
        self.env.flush_all()
        self.assertFalse(call.likely_appeal_id)

    def test_appeal_finds_its_call(self):
        call = self.feed(*self.plain_call())
        appeal = self._register(number=NUMBER).with_user(self.operator)
        appeal.action_link_likely_call()
        self.assertEqual(call.appeal_ids.ids, appeal.ids)

    def test_second_card_does_not_make_the_call_lighter(self):
        """A burst pipe, and then, by the way, where to pay."""
        call = self.feed(*self.plain_call())
        self._register(number=NUMBER, call_id=call.id)
        self.assertEqual(call.profile, "appeal")
        reference = self._reference()
        self._register(number=NUMBER, call_id=call.id, questions=reference)
        self.assertEqual((len(call.appeal_ids), call.profile), (2, "appeal"))

    def test_second_card_makes_the_call_weightier(self):
        call = self.feed(*self.plain_call())
        self._register(number=NUMBER, call_id=call.id, questions=self._reference())
        self.assertEqual(call.profile, "reference")
        self._register(number=NUMBER, call_id=call.id)
        self.assertEqual(call.profile, "appeal")

    def _reference(self):
        """What the operator answered at once."""
        question = {"topic_id": self.heating.id, "text": "Где платить?"}
        return [dict(question, answer_text="В кассе или через банк")]

    def _join(self, left, right):
        """Events tell that the dialogs are one call; return it."""
        gcid = {"system": "test", "kind": "gcid", "value": f"{left}/{right}"}
        for dialog in (left, right):
            news = self.event("updated", 60, dialog)
            news["refs"].append(gcid)
            call = self.feed(news)
        return call

    def test_calls_that_turn_out_to_be_one_keep_the_kind_and_the_work(self):
        """Each operator's telephone had a name of its own for it."""
        first = self.feed(
            self.event("ringing", 0, "one"),
            self.event("ended", 12, "one", end_reason="no_answer"),
        )
        second = self.feed(*self.plain_call(dialog="two", agent=2))
        burst = [{"topic_id": self.heating.id, "text": "Прорыв", "emergency": True}]
        appeal = self._register(number=NUMBER, call_id=second.id, questions=burst)
        second._link_appeal(appeal)
        second.work_seconds = 40
        first.work_seconds = 2
        self.assertEqual((first.profile, second.profile), (False, "emergency"))
        self.assertEqual(self._join("one", "two"), first)
        self.assertEqual((first.profile, first.work_seconds), ("emergency", 42))
        self.assertEqual(first.appeal_ids, appeal)

    def test_two_halves_of_a_missed_call_are_one_call_to_ring_back(self):
        for dialog, agent in (("one", 1), ("two", 2)):
            self.feed(
                self.event("ringing", 0, dialog, agent=agent),
                self.event("ended", 12, dialog, agent=agent, end_reason="no_answer"),
            )
        duty = self.env["gorod24.callback"].search([("number_e164", "=", E164)])
        self.assertEqual(duty.call_count, 2)
        call = self._join("one", "two")
        self.assertEqual((duty.call_ids, duty.call_count), (call, 1))

    def test_calls_that_turn_out_to_be_one_keep_the_reason(self):
        gcid = {"system": "test", "kind": "gcid", "value": "1/77"}
        left = self.feed(*self.plain_call(dialog="left"))
        right = self.feed(self.event("ended", 65, "right", refs=[gcid]))
        left.with_user(self.operator)._settle_without("prank")
        both = self.event("answered", 5, "left")
        both["refs"].append(gcid)
        self.feed(both)
        kept = (left | right).exists()
        self.assertEqual((len(kept), kept.no_card_reason), (1, "prank"))
        self.assertFalse(kept.card_due)
