# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from freezegun import freeze_time

from odoo.tests import tagged

from .common import E164, NUMBER, TelephonyCommon

# 10:00 and 23:00 in Barnaul: citizens are rung from nine to eight
DAY = datetime(2026, 11, 23, 3, 0)
NIGHT = datetime(2026, 11, 23, 16, 0)
MINUTE = timedelta(minutes=1)


@tagged("post_install", "-at_install")
class TestCallbackTerm(TelephonyCommon):
    """Whom nobody answered is rung back within ten minutes (resolution 416, p. 13)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.settings = cls.env["ir.config_parameter"]
        for name, value in (
            ("gorod24.timezone", "Asia/Barnaul"),
            ("gorod24.hours_round_the_clock", "False"),
            ("gorod24.calls_from", "9"),
            ("gorod24.calls_to", "20"),
            ("gorod24.hours_from", "8"),
            ("gorod24.hours_to", "20"),
        ):
            cls.settings.set_param(name, value)
        cls.registry.clear_cache("stable")
        cls.env["gorod24.clock"].search([("attend_at", "!=", False)]).write(
            {"attend_at": False}
        )

    def _round_the_clock(self):
        self.settings.set_param("gorod24.hours_round_the_clock", "True")
        self.registry.clear_cache("stable")

    def _miss(self, at, dialog="d1", told=None, **more):
        """A call that rang 20 seconds, told of at once or later."""
        self.t0 = at
        with freeze_time(told or at + timedelta(seconds=20)):
            self.feed(
                self.event("ringing", 0, dialog, **more),
                self.event("ended", 20, dialog, end_reason="abandoned", **more),
            )
        return self._callback()

    def _callback(self):
        return self.env["gorod24.callback"].search([("number_e164", "=", E164)])

    def _ring_back(self, at, answered=False):
        self.t0 = at
        dialog = f"out{at}"
        out = {"dialog": dialog, "remote_number": NUMBER}
        events = [self.event("dialing", 0, **out)]
        if answered:
            events.append(self.event("answered", 10, **out))
        reason = "normal" if answered else "no_answer"
        events.append(self.event("ended", 300, end_reason=reason, **out))
        with freeze_time(at + 5 * MINUTE):
            self.feed(*events)

    def _resume(self, moment):
        with freeze_time(moment):
            self.env["gorod24.callback"]._cron_release()

    def _clocks(self, callback):
        return callback.clock_ids.sorted("id")

    def _outcomes(self, callback):
        return self._clocks(callback).mapped("outcome")

    def test_reached_in_ten_minutes_is_in_time(self):
        callback = self._miss(DAY)
        self.assertEqual(callback.due, DAY + 10 * MINUTE)
        clock = callback.clock_ids
        self.assertTrue(clock.explanation)
        self.assertTrue(clock.rule_id.legal_basis)
        # he picked up at the tenth minute and talked for five more
        self._ring_back(DAY + 9 * MINUTE, answered=True)
        self.assertEqual((callback.state, clock.outcome), ("done", "met"))

    def test_reached_later_is_late(self):
        callback = self._miss(DAY)
        self._ring_back(DAY + 10 * MINUTE, answered=True)
        self.assertEqual(self._outcomes(callback), ["missed"])

    def test_who_gets_through_himself_ends_the_term(self):
        callback = self._miss(DAY)
        self.t0 = DAY + 4 * MINUTE
        with freeze_time(DAY + 20 * MINUTE):
            self.feed(
                self.event("ringing", 0, "d2"),
                self.event("answered", 5, "d2"),
                self.event("ended", 600, "d2"),
            )
        self.assertEqual(callback.state, "called_again")
        self.assertEqual(self._outcomes(callback), ["met"])

    def test_a_miss_told_late_counts_from_the_call(self):
        callback = self._miss(DAY, told=DAY + 30 * MINUTE)
        with freeze_time(DAY + 31 * MINUTE):
            callback.invalidate_recordset()
            self.assertTrue(callback.is_overdue)
            found = callback.search([("is_overdue", "=", True)])
        self.assertIn(callback, found)
        # an earlier call of his is told of later still
        self._miss(DAY - 5 * MINUTE, "d0", told=DAY + 32 * MINUTE)
        self.assertEqual(callback.due, DAY + 5 * MINUTE)

    def test_outside_the_calling_hours_the_term_waits_for_the_morning(self):
        callback = self._miss(NIGHT)
        morning = datetime(2026, 11, 24, 2, 0)
        self.assertEqual(callback.due, morning + 10 * MINUTE)

    def test_who_was_rung_in_vain_at_night_is_woken_only_when_he_rang_anew(self):
        self._round_the_clock()
        callback = self._miss(NIGHT)
        self._ring_back(NIGHT + MINUTE)
        later = NIGHT + 40 * MINUTE
        self.assertGreater(callback._call_moment(later), later)
        callback.emergency = True
        self.assertEqual(callback._call_moment(later), later)
        callback.emergency = False
        self._miss(later, "d3")
        self.assertEqual(callback._call_moment(later), later)

    def test_round_the_clock_and_of_an_emergency_line_it_runs_at_night(self):
        self.env["gorod24.call.line"].create(
            {"name": "Пробная аварийная", "numbers": "99112", "emergency": True}
        )
        urgent = self._miss(NIGHT, "d1", dialed_number="99112")
        self.assertTrue(urgent.emergency)
        self.assertEqual(urgent.due, NIGHT + 10 * MINUTE)
        self.assertLess(urgent.next_at, NIGHT + MINUTE)
        urgent._close("cancelled")
        self._round_the_clock()
        plain = self._miss(NIGHT, "d2") - urgent
        self.assertFalse(plain.emergency)
        self.assertEqual(plain.due, NIGHT + 10 * MINUTE)

    def test_a_try_in_vain_lets_the_term_stand_still(self):
        callback = self._miss(DAY)
        self._ring_back(DAY + 2 * MINUTE)
        tried = DAY + 7 * MINUTE
        again = tried + 30 * MINUTE
        self.assertEqual(callback.clock_ids.state, "paused")
        self.assertEqual(callback.next_at, again)
        self.assertFalse(callback.due)
        self._resume(again + MINUTE)
        # three minutes were left, from the moment of the next try
        self.assertEqual(callback.due, again + 3 * MINUTE)
        self._ring_back(again + 2 * MINUTE, answered=True)
        self.assertEqual(self._outcomes(callback), ["met"])

    def test_a_try_after_the_end_hides_no_miss(self):
        callback = self._miss(DAY)
        self._ring_back(DAY + 20 * MINUTE)
        self.assertEqual(callback.due, DAY + 10 * MINUTE)
        self._ring_back(DAY + 60 * MINUTE, answered=True)
        self.assertEqual(self._outcomes(callback), ["missed"])

    def test_who_rings_again_at_night_after_a_try_in_vain_does_not_wait(self):
        self._round_the_clock()
        callback = self._miss(NIGHT)
        self._ring_back(NIGHT + MINUTE)
        later = NIGHT + 10 * MINUTE
        self._miss(later, "d3")
        self.assertEqual(len(callback), 1)
        self.assertLess(callback.next_at, later + MINUTE)
        self.assertEqual(callback.due, later + 10 * MINUTE)
        # the first call was answered in time with a try, the second is still owed
        self.assertEqual(self._outcomes(callback), ["met", False])

    def test_given_up_is_neither_met_nor_missed(self):
        callback = self._miss(DAY)
        self._ring_back(DAY + MINUTE)
        with freeze_time(DAY + 20 * MINUTE):
            callback.with_user(self.operator).action_give_up()
        self.assertEqual(self._outcomes(callback), ["excused"])

    def test_operators_are_warned_and_the_supervisor_told_once(self):
        steps = self.env["gorod24.escalation.step"]
        steps.search([]).write({"active": False})
        steps.create({"kind": "callback", "moment": "breach", "role": "supervisor"})
        callback = self._miss(DAY)
        self.bus_messages(self.operator)
        self._sweep(DAY + 6 * MINUTE)
        kind = "gorod24_telephony.callback_warning"
        self.env.cr.precommit.run()
        found = self.env["bus.bus"].search([("message", "ilike", kind)])
        self.assertEqual(len(found), 1)
        self.assertNotIn(E164, found.message)
        letter = self._sweep(DAY + 11 * MINUTE)
        self.assertIn(self.supervisor.partner_id, letter.partner_ids)
        self.assertNotIn(E164[-6:], letter[:1].body)
        self.assertIn("/odoo/callbacks", letter[:1].body)
        self.assertFalse(self._sweep(DAY + 12 * MINUTE))
        self.assertTrue(callback.clock_ids.escalated)

    def test_calls_that_waited_longer_than_the_norm_are_found(self):
        self.assertEqual(self.env["gorod24.call"]._get_answer_norm(), 300)
        self.t0 = DAY
        self.feed(
            self.event("ringing", 0, "quick"),
            self.event("answered", 299, "quick"),
            self.event("ended", 400, "quick"),
        )
        self.feed(
            self.event("ringing", 0, "slow"),
            self.event("answered", 301, "slow"),
            self.event("ended", 400, "slow"),
        )
        mine = [("number_e164", "=", E164)]
        calls = self.env["gorod24.call"]
        late = calls.search([*mine, ("is_answer_late", "=", True)])
        self.assertEqual(late.mapped("wait_seconds"), [301])
        quick = calls.search([*mine, ("is_answer_late", "=", False)])
        self.assertEqual(quick.mapped("is_answer_late"), [False])

    def test_the_upgrade_times_those_who_wait(self):
        callback = self._miss(DAY)
        callback.clock_ids.unlink()
        callback.due = False
        self._run_upgrade()
        self.assertEqual(callback.due, DAY + 10 * MINUTE)

    def _run_upgrade(self):
        folder = Path(__file__).parent.parent / "migrations/19.0.2.3.0"
        spec = spec_from_file_location("up", folder / "post-callback-term.py")
        script = module_from_spec(spec)
        spec.loader.exec_module(script)
        script.migrate(self.env.cr, "19.0.2.2.0")
