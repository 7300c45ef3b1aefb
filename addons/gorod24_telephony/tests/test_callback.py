# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import E164, NUMBER, TelephonyCommon
from .fake_exchange import FakeExchange


@tagged("post_install", "-at_install")
class TestCallback(TelephonyCommon):
    def setUp(self):
        super().setUp()
        self.exchange = FakeExchange(self.env).start(self)
        # Tests run at night, too: hours are the business of their own addon.
        hours = patch.object(
            type(self.env["gorod24.callback"]),
            "_call_moment",
            lambda _self, at, *_rang: at,
        )
        hours.start()
        self.addCleanup(hours.stop)

    def miss(self, dialog="d1", second=0, **more):
        return self.feed(
            self.event("ringing", second, dialog, **more),
            self.event("ended", second + 20, dialog, end_reason="abandoned", **more),
        )

    def callbacks(self):
        return self.env["gorod24.callback"].search([("number_e164", "=", E164)])

    def outgoing(self, second=130, dialog="out", result="answered", **more):
        events = [self.event("dialing", second, dialog, remote_number=NUMBER, **more)]
        if result == "answered":
            events.append(self.event("answered", second + 5, dialog, **more))
        reason = "normal" if result == "answered" else result
        events.append(
            self.event("ended", second + 30, dialog, end_reason=reason, **more)
        )
        return self.feed(*events)

    def test_one_duty_per_citizen_not_per_operator(self):
        call = self.feed(
            self.event("ringing", 0),
            self.event("ended", 10, end_reason="no_answer"),
            self.event("ringing", 11, agent=2),
            self.event("ended", 20, agent=2, end_reason="no_answer"),
        )
        callback = self.callbacks()
        self.assertEqual(callback.call_ids, call)
        again = self.miss("d2", 40)
        self.assertEqual(self.callbacks(), callback)
        self.assertEqual(callback.call_ids, call | again)
        self.assertEqual(callback.call_count, 2)
        self.assertEqual(callback.queue, "Hotline")

    def test_other_number_of_the_same_person_joins(self):
        partner = self.env["res.partner"].create({"name": "Двухномерный"})
        self.env["gorod24.phone"].create(
            [
                {"e164": E164, "partner_id": partner.id},
                {"e164": "+79132345678", "partner_id": partner.id},
            ]
        )
        self.miss()
        self.miss("d2", 40, remote_number="89132345678")
        self.assertEqual(self.callbacks().call_count, 2)

    def test_who_gets_through_needs_no_callback(self):
        self.miss()
        self.feed(*[dict(one) for one in self.later_talk()])
        self.assertEqual(self.callbacks().state, "called_again")
        # The next miss is a new duty.
        self.miss("d3", 90)
        self.assertEqual(self.callbacks().mapped("state").count("waiting"), 1)

    def later_talk(self):
        return [
            self.event("ringing", 40, "d2"),
            self.event("answered", 45, "d2"),
            self.event("ended", 80, "d2"),
        ]

    def test_miss_told_after_the_talk_makes_no_duty(self):
        self.feed(*self.later_talk())
        self.miss()
        self.assertFalse(self.callbacks())

    def test_call_answered_after_all_takes_the_duty_away(self):
        self.miss()
        self.feed(self.event("answered", 5))
        self.assertEqual(self.callbacks().state, "cancelled")

    def test_ring_nobody_took_waits_for_the_next_operator(self):
        """The queue offers him on: no colleague dials a citizen who rings here."""
        self.t0 = fields.Datetime.now() - timedelta(seconds=15)
        call = self.feed(
            self.event("ringing", 0), self.event("ended", 12, end_reason="no_answer")
        )
        callback = self.callbacks()
        self.assertEqual(callback.next_at, self.t0 + timedelta(seconds=72))
        self.assertEqual(callback.due_count(), 0)
        second = self.event("ringing", 13, agent=2)
        self.feed(second)
        callback.next_at = self.t0
        self.assertEqual(callback.due_count(), 0)
        with self.assertRaisesRegex(UserError, "just now"):
            callback.with_user(self.operator).action_take()
        self.feed(self.event("ended", 14, agent=2, end_reason="no_answer"))
        self.assertEqual(callback.next_at, self.t0 + timedelta(seconds=74))
        self.assertEqual((self.callbacks(), callback.call_ids), (callback, call))
        # Who gives up himself is free at once.
        self.miss("d2", remote_number="89132345678")
        self.assertEqual(callback.due_count(), 1)

    def test_duty_is_over_as_soon_as_somebody_talks_with_him(self):
        """However long the talk is: no colleague rings him, nobody is warned."""
        self.miss("d0", -60)
        earlier = self.callbacks()
        call = self.feed(
            self.event("ringing", 0),
            self.event("ended", 12, end_reason="no_answer"),
            self.event("ringing", 13, agent=2),
        )
        self.assertEqual(earlier.call_count, 2)
        self.assertEqual(earlier.due_count(), 0)
        self.feed(self.event("answered", 15, agent=2))
        self.assertEqual(call.state, "talking")
        self.assertEqual(earlier.state, "called_again")
        self.assertEqual(earlier.operator_id, self.operator2)
        self.assertEqual(earlier.clock_ids.mapped("outcome"), ["met"])
        self.feed(self.event("ended", 1500, agent=2))
        self.assertEqual(self.callbacks(), earlier)

    def test_ring_that_the_next_operator_takes_leaves_no_duty(self):
        self.feed(
            self.event("ringing", 0),
            self.event("ended", 12, end_reason="no_answer"),
            self.event("answered", 15, agent=2),
        )
        self.assertEqual(self.callbacks().state, "cancelled")

    def test_who_is_being_rung_is_offered_to_nobody(self):
        """A colleague dialled him by hand: the duty does not know of it yet."""
        self.miss()
        callback = self.callbacks()
        self.feed(self.event("dialing", 100, "out", agent=2))
        self.assertEqual(callback.due_count(), 0)
        with self.assertRaisesRegex(UserError, "just now"):
            callback.with_user(self.operator).action_take()
        callback.with_user(self.operator2).action_take()

    def test_hidden_own_and_old_calls_make_no_duty(self):
        self.env["ir.config_parameter"].set_param("gorod24.own_numbers", NUMBER)
        own = self.miss()
        hidden = self.miss("d2", remote_number="anonymous")
        old = self.miss("d3", -100000, remote_number="89132345678")
        self.assertFalse((own | hidden | old).callback_id)

    def test_repeated_events_count_nothing_twice(self):
        self.miss()
        self.feed(self.event("ended", 20, end_reason="abandoned"))
        self.assertEqual(self.callbacks().call_count, 1)

    def test_taken_by_one_operator(self):
        self.miss()
        mine = self.callbacks().with_user(self.operator)
        mine.action_take()
        with self.assertRaisesRegex(UserError, "test_operator"):
            mine.with_user(self.operator2).action_take()
        mine.sudo().lease_until = fields.Datetime.now() - timedelta(seconds=1)
        mine.with_user(self.operator2).action_take()
        self.assertEqual(mine.operator_id, self.operator2)
        with self.assertRaises(AccessError):
            mine.with_user(self.manager).action_take()

    def test_left_duty_comes_back(self):
        self.miss()
        callback = self.callbacks()
        callback.with_user(self.operator).action_take()
        self.assertEqual(callback.due_count(), 0)
        callback.lease_until = fields.Datetime.now() - timedelta(seconds=1)
        self.env["gorod24.callback"]._cron_release()
        self.assertEqual((callback.state, callback.due_count()), ("waiting", 1))

    def test_citizen_who_is_talked_with_is_offered_to_nobody(self):
        """The talk may last longer than the time the duty is taken for."""
        self.miss()
        callback = self.callbacks()
        callback.with_user(self.operator).action_dial()
        talk = {"dialog": "out", "remote_number": NUMBER}
        self.feed(
            self.event("dialing", 130, **talk), self.event("answered", 135, **talk)
        )
        callback.lease_until = fields.Datetime.now() - timedelta(seconds=1)
        self.env["gorod24.callback"]._cron_release()
        self.assertEqual((callback.state, callback.due_count()), ("taken", 0))
        with self.assertRaisesRegex(UserError, "test_operator"):
            callback.with_user(self.operator2).action_take()
        self.feed(self.event("ended", 900, end_reason="normal", **talk))
        self.assertEqual(callback.state, "done")

    def test_duty_of_a_colleague_is_not_ended_by_another(self):
        self.miss()
        callback = self.callbacks()
        callback.with_user(self.operator).action_take()
        for action in ("action_done", "action_no_answer"):
            with self.assertRaisesRegex(UserError, "test_operator"):
                getattr(callback.with_user(self.operator2), action)()
        self.assertFalse(callback.attempt_ids)
        callback.with_user(self.operator).action_done()
        self.assertEqual(callback.state, "done")

    def test_dialling_not_confirmed_in_time_keeps_the_duty(self):
        """The telephone may be dialling: nobody else rings, and the call is linked."""
        self.miss()
        callback = self.callbacks()
        self.exchange.answers["dial"] = {"unconfirmed": True, "warning": "Look!"}
        action = callback.with_user(self.operator).action_dial()
        self.assertEqual(action["params"], {"type": "warning", "message": "Look!"})
        self.assertEqual(callback.operator_id, self.operator)
        self.assertIn(self.outgoing(), callback.call_ids)

    def test_dialled_duty_is_over_when_he_answers(self):
        self.miss()
        callback = self.callbacks()
        callback.with_user(self.operator).action_dial()
        self.assertEqual(self.exchange.last["number"], "983852123456")
        call = self.outgoing()
        self.assertEqual(
            (callback.state, callback.operator_id), ("done", self.operator)
        )
        self.assertEqual(callback.attempt_ids.disposition, "reached")
        self.assertIn(call, callback.call_ids)
        # He was talked with: the talk wants its appeal as any other.
        self.assertTrue(call.card_due)

    def test_not_reached_is_tried_again_later_and_given_up_by_a_person(self):
        self.miss()
        callback = self.callbacks()
        mine = callback.with_user(self.operator)
        with self.assertRaisesRegex(UserError, "at least once"):
            mine.action_give_up()
        mine.action_dial()
        self.outgoing(result="busy")
        self.assertEqual((callback.state, callback.attempt_count), ("waiting", 1))
        self.assertEqual(callback.attempt_ids.disposition, "busy")
        self.assertGreater(callback.next_at, fields.Datetime.now())
        self.assertEqual(callback.due_count(), 0)
        # He rings himself again meanwhile: the pause is over.
        self.miss("d9", 100)
        self.assertEqual(callback.due_count(), 1)
        mine.action_give_up()
        self.assertEqual(callback.state, "given_up")

    def test_call_told_again_is_the_same_attempt(self):
        self.miss()
        self.outgoing(result="no_answer")
        self.feed(self.event("ended", 160, "out", end_reason="no_answer"))
        self.assertEqual(self.callbacks().attempt_count, 1)

    def test_citizens_are_not_rung_at_night(self):
        self.miss()
        later = fields.Datetime.now() + timedelta(hours=8)
        Callback = type(self.env["gorod24.callback"])
        with patch.object(Callback, "_call_moment", lambda _self, _at, *_rang: later):
            with self.assertRaisesRegex(UserError, "at this hour"):
                self.callbacks().with_user(self.operator).action_dial()
            adapter = self.env["gorod24.telephony.adapter"].with_user(self.operator)
            with self.assertRaisesRegex(UserError, "at this hour"):
                adapter.command("dial", callback_id=self.callbacks().id)
            self.miss("d2", 30, remote_number="89132345678")
        self.assertEqual(self.callbacks()[:1].due_count(), 1)
        self.assertFalse(self.exchange.sent)

    def test_operators_are_told_how_many_wait(self):
        self.miss()
        line = self.env["gorod24.call"].with_user(self.operator).current_line()
        self.assertEqual(line["callbacks"], 1)

    def test_next_shift_sees_who_waits_for_a_call(self):
        self.miss()
        shift = self.env["gorod24.shift.handover"].with_user(self.operator)
        blocks = {block["key"]: block for block in shift.page()["blocks"]}
        ids = [row["id"] for row in blocks["callbacks"]["rows"]]
        self.assertIn(self.callbacks().id, ids)


@tagged("post_install", "-at_install")
class TestCallbackAtNight(TelephonyCommon):
    def test_a_night_call_of_a_round_the_clock_line_is_answered_at_once(self):
        night = fields.Datetime.to_datetime("2026-11-23 19:00:00")
        settings = self.env["ir.config_parameter"]
        settings.set_param("gorod24.timezone", "Asia/Barnaul")
        settings.set_param("gorod24.hours_round_the_clock", "")
        callbacks = self.env["gorod24.callback"]
        self.assertGreater(callbacks._call_moment(night), night)
        settings.set_param("gorod24.hours_round_the_clock", "True")
        self.assertEqual(callbacks._call_moment(night), night)
        tried = callbacks.create({"number_e164": E164, "attempt_count": 1})
        self.assertGreater(tried._call_moment(night), night)

    def test_an_emergency_missed_at_night_is_rung_back_within_the_hour(self):
        # 02:00 in Barnaul
        night = fields.Datetime.to_datetime("2026-11-23 19:00:00")
        settings = self.env["ir.config_parameter"]
        settings.set_param("gorod24.timezone", "Asia/Barnaul")
        settings.set_param("gorod24.hours_round_the_clock", "")
        callbacks = self.env["gorod24.callback"]
        self.assertEqual(callbacks._call_moment(night, night), night)
        duty = callbacks.create({"number_e164": E164, "last_call_at": night})
        soon = night + timedelta(minutes=50)
        self.assertEqual(duty._call_moment(soon), soon)
        later = night + timedelta(minutes=70)
        # at the opening, eight o'clock: he has rung himself
        opening = fields.Datetime.to_datetime("2026-11-24 01:00:00")
        self.assertEqual(duty._call_moment(later), opening)
        self.env["gorod24.callback.attempt"].create(
            {
                "callback_id": duty.id,
                "at": night + timedelta(minutes=10),
                "operator_id": self.operator.id,
                "disposition": "no_answer",
            }
        )
        duty.attempt_count = 1
        # after a try in vain nobody is woken, and not rung before nine
        nine = fields.Datetime.to_datetime("2026-11-24 02:00:00")
        self.assertEqual(duty._call_moment(soon), nine)
        self.assertEqual(duty._call_moment(soon, soon), soon, "he rang again")
