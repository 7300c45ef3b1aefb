# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import TelephonyCommon


@tagged("post_install", "-at_install")
class TestCallQuality(TelephonyCommon):
    def heard(self, key="q1", dialog="d1", begin=0, end=65, agent=1, **quality):
        """The JSON of a measurement of one telephone."""
        start = (self.t0 + timedelta(seconds=begin)).isoformat()
        return {
            **self.event("quality", end, dialog=dialog),
            "event_id": f"heard-{key}",
            "started_at": f"{start}Z",
            "agent": {"extension": f"t28{29 + agent}"},
            "quality": quality or {"mos": 4.2, "packets_received": 990},
        }

    def found(self, key="q1"):
        return self.env["gorod24.call.quality"].search(
            [("event_id", "=", f"heard-{key}")]
        )

    def tell(self, *events):
        return [
            status
            for status, _error in self.env["gorod24.call.event"]._accept_all(events)
        ]

    def test_figures_reach_the_leg_and_its_operator(self):
        call = self.feed(*self.plain_call())
        told = self.heard(
            mos=2.5, jitter_ms=44, latency_ms=9, packets_lost=10, packets_received=990
        )
        self.assertEqual(self.tell(told), ["accepted"])
        row = self.found()
        self.assertEqual(row.call_id, call)
        self.assertEqual(row.leg_id, call.leg_ids)
        self.assertEqual(row.user_id, self.operator)
        self.assertEqual((row.mos, row.jitter_ms, row.loss_percent), (2.5, 44, 1.0))
        self.assertEqual((row.fault, call.bad_line), ("mos", True))
        # The same again, also when the journal has forgotten it: nothing new.
        self.assertEqual(self.tell(told), ["duplicate"])
        Event = self.env["gorod24.call.event"]
        Event.search([("event_id", "=", told["event_id"])]).unlink()
        self.assertEqual(self.tell(told), ["accepted"])
        self.assertEqual(call.quality_ids, row)

    def test_figures_change_nothing_of_the_call(self):
        call = self.feed(*self.plain_call())
        before = call.read(["state", "talk_seconds", "ended_at", "leg_ids", "ref_ids"])
        self.tell(self.heard(end=5000, mos=4.0))
        self.assertEqual(
            call.read(["state", "talk_seconds", "ended_at", "leg_ids", "ref_ids"]),
            before,
        )

    def test_figures_before_their_call_wait_for_it(self):
        self.tell(self.heard(packets_sent=2000, packets_received=0))
        row = self.found()
        self.assertFalse(row.call_id)
        call = self.feed(*self.plain_call())
        self.assertEqual((row.call_id, row.leg_id), (call, call.leg_ids))
        self.assertEqual((row.fault, call.bad_line), ("silence", True))

    def test_each_leg_has_its_own_after_a_transfer(self):
        first = self.plain_call()
        first[-1]["end_reason"] = "transferred"
        call = self.feed(
            *first,
            self.event("answered", 66, agent=2),
            self.event("ended", 120, agent=2),
        )
        self.tell(
            self.heard("a", mos=4.2),
            self.heard("b", begin=66, end=120, agent=2, mos=3.0),
            self.heard("c", begin=66, end=120, agent=2, mos=4.0, side="far"),
        )
        by_user = {leg.user_id: leg for leg in call.leg_ids}
        self.assertEqual(self.found("a").leg_id, by_user[self.operator])
        self.assertEqual(self.found("b").leg_id, by_user[self.operator2])
        self.assertEqual(self.found("c").leg_id, by_user[self.operator2])
        self.assertEqual(self.found("c").side, "far")

    def test_name_used_again_weeks_later_is_another_call(self):
        call = self.feed(*self.plain_call())
        week = 7 * 24 * 3600
        self.tell(self.heard(begin=-week, end=60 - week))
        self.assertFalse(self.found().call_id)
        self.assertFalse(call.quality_ids)

    def test_calls_that_turn_out_to_be_one_keep_their_figures(self):
        one = self.feed(*self.plain_call())
        other = self.feed(*self.plain_call(dialog="d2"))
        if one == other:
            self.fail("the two must not be one yet")
        self.tell(self.heard("a"), self.heard("b", dialog="d2"))
        kept = (one | other)._merge()
        self.assertEqual(kept.quality_ids, self.found("a") | self.found("b"))

    def test_limits_are_the_administrators(self):
        self.feed(*self.plain_call())
        settings = self.env["gorod24.telephony.settings"].create({})
        self.assertEqual((settings.quality_mos, settings.quality_jitter), (3.6, 30))
        settings.quality_mos = 4.5
        settings.action_save()
        self.tell(self.heard(mos=4.4))
        self.assertEqual(self.found().fault, "mos")

    def test_lines_of_calls_are_for_supervisors(self):
        call = self.feed(*self.plain_call())
        self.tell(self.heard(mos=1.5))
        calls = self.env["gorod24.call"]
        mine = calls.with_user(self.supervisor).search([("bad_line", "=", True)])
        self.assertIn(call, mine)
        self.assertTrue(self.found().with_user(self.supervisor).read(["mos"]))
        for user in (self.operator, self.manager):
            with self.assertRaises(AccessError):
                self.found().with_user(user).read(["mos"])
            with self.assertRaises(AccessError):
                call.with_user(user).read(["bad_line"])

    def test_what_never_finds_its_call_goes_after_a_week(self):
        self.tell(self.heard("old", dialog="gone"), self.heard("new", dialog="gone"))
        self.env.cr.execute(
            "UPDATE gorod24_call_quality SET create_date = create_date"
            " - interval '8 days' WHERE id = %s",
            [self.found("old").id],
        )
        self.env["gorod24.call.quality"]._gc_waiting()
        self.assertFalse(self.found("old"))
        self.assertTrue(self.found("new"))
