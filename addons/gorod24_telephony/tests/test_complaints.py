# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What users of other products complain about (cisco.md §11), one test each.

Repeated and left-over pop-ups are in ``test_screen_pop`` and in the browser's tests of
the tabs, spellings of numbers in ``gorod24_appeals/tests_unit/test_phone_number``.
"""

from odoo.tests import tagged

from .common import E164, NUMBER, TelephonyCommon


@tagged("post_install", "-at_install")
class TestComplaints(TelephonyCommon):
    def test_caller_without_a_name_is_recognised(self):
        partner = self.env["res.partner"].create({"name": False, "type": "other"})
        self.env["gorod24.phone"].create({"e164": E164, "partner_id": partner.id})
        call = self.feed(self.event("ringing"))
        card = self.card.load(call_id=call.id)
        self.assertEqual([one["id"] for one in card["persons"]], [partner.id])
        self.assertEqual(call.partner_id, partner)

    def test_person_is_listed_once_whatever_numbers_he_has(self):
        partner = self.env["res.partner"].create({"name": "Одна"})
        self.env["gorod24.phone"].create(
            [
                {"e164": E164, "partner_id": partner.id},
                {"e164": "+79132345678", "partner_id": partner.id},
            ]
        )
        persons = self.card.load(number=NUMBER)["persons"]
        self.assertEqual([one["id"] for one in persons], [partner.id])

    def test_call_knows_the_person_made_in_it(self):
        call = self.feed(self.event("ringing", 0), self.event("answered", 5))
        appeal = self._register(call_id=call.id, number=NUMBER)
        self.assertEqual(call.partner_id, appeal.partner_id)
        # The next call finds him: no second person is made of the same number.
        again = self.feed(self.event("ringing", 60, "d2"))
        self.assertEqual(again.partner_id, appeal.partner_id)

    def test_queue_call_is_missed_once_not_by_every_operator(self):
        call = self.feed(
            self.event("ringing", 0),
            self.event("ended", 10, end_reason="no_answer"),
            self.event("ringing", 11, agent=2),
            self.event("ended", 20, agent=2, end_reason="no_answer"),
            self.event("ended", 21, agent=0, end_reason="abandoned"),
        )
        missed = self.env["gorod24.call"].search(
            [("number_e164", "=", E164), ("result", "=", "missed")]
        )
        self.assertEqual(missed, call)
        self.assertEqual(len(call.leg_ids), 2)

    def test_call_is_of_the_operator_never_of_the_administrator(self):
        call = self.feed(*self.plain_call())
        self.assertEqual(call.user_id, self.operator)
        nobody = self.feed(
            self.event("ringing", 0, "d9", agent=0),
            self.event("ended", 9, "d9", agent=0),
        )
        self.assertFalse(nobody.user_id)

    def test_recordings_of_a_transferred_call_name_who_spoke(self):
        call = self.feed(
            self.event("ringing", 0),
            self.event("answered", 5),
            self.event("answered", 30, agent=2),
            self.event("ended", 31, end_reason="transferred"),
            self.event("ended", 60, agent=2),
        )
        first = self.record(recording_id="R-1", second=5, duration=25)
        second = self.record(
            recording_id="R-2", second=31, duration=28, agent_extension="t2831"
        )
        self.assertEqual((first | second).call_id, call)
        self.assertEqual(first.user_id, self.operator)
        self.assertEqual(second.user_id, self.operator2)

    def test_leg_name_leads_to_the_call_not_to_a_second_one(self):
        call = self.feed(*self.plain_call())
        leg_name = {"system": "test", "kind": "refci", "value": "26528012"}
        same = self.event("ended", 65)
        same["refs"].append(leg_name)
        self.assertEqual(self.feed(same), call)
        recording = self.record(refs={"near_refci": "26528012"})
        self.assertEqual((recording.call_id, recording.tier), (call, 1))
