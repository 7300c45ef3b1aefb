# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import E164, TelephonyCommon
from .fake_exchange import FakeExchange


@tagged("post_install", "-at_install")
class TestTelephonySetup(TelephonyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.administrator = new_test_user(
            cls.env, "test_admin", groups="gorod24_appeals.group_administrator"
        )
        setup = cls.env.ref("gorod24_telephony.setup")
        cls.setup_record = setup.with_user(cls.administrator)

    def table(self, text="", **values):
        wizard = self.env["gorod24.telephony.operators"].with_user(self.administrator)
        made = wizard.create({"text": text, **values})
        if text:
            made.action_read()
        return made

    # Operators -----------------------------------------------------------------------

    def test_pasted_table_gives_operators_their_telephones(self):
        text = "Логин;Агент;Номер\ntest_operator;7001;3001\nTEST_OPERATOR2;7002;3002"
        self.table(text).action_save()
        self.assertEqual(self.operator.telephony_agent_id, "7001")
        self.assertEqual(self.operator2.telephony_extension, "3002")
        self.assertIn(self.operator, self.setup_record.operator_ids)

    def test_two_operators_swap_their_telephones(self):
        self.table("test_operator,7001,3001\ntest_operator2,7002,3002").action_save()
        self.table("test_operator,7002,3002\ntest_operator2,7001,3001").action_save()
        self.assertEqual(self.operator.telephony_agent_id, "7002")
        self.assertEqual(self.operator2.telephony_agent_id, "7001")

    def test_doubles_are_refused_and_nothing_is_saved(self):
        text = "test_operator;7001;3001\ntest_operator2;7001;3002\nnobody;1;2"
        with self.assertRaises(UserError) as caught:
            self.table(text)
        for words in ("line 2", "7001", "line 1", "nobody"):
            self.assertIn(words, str(caught.exception))
        self.assertEqual(self.operator.telephony_agent_id, "t6021")

    def test_telephone_of_somebody_outside_the_table_is_refused(self):
        self.operator2.active = False
        with self.assertRaisesRegex(UserError, "t6022 already belongs"):
            line = {"user_id": self.operator.id, "agent": "t6022", "extension": "1"}
            self.table(line_ids=[fields.Command.create(line)]).action_save()
        half = {"user_id": self.operator.id, "agent": "9", "extension": ""}
        with self.assertRaisesRegex(UserError, "both the agent"):
            self.table(line_ids=[fields.Command.create(half)]).action_save()

    def test_only_operators_get_a_telephone(self):
        line = {"user_id": self.manager.id, "agent": "9", "extension": "9"}
        with self.assertRaisesRegex(UserError, "Only operators"):
            self.table(line_ids=[fields.Command.create(line)]).action_save()

    # Numbers -------------------------------------------------------------------------

    def test_numbers_are_the_settings_dialling_reads(self):
        exchange = FakeExchange(self.env).start(self)
        self.setup_record.write({"outside_prefix": "0", "inner_digits": 3})
        self.assertEqual(self.setup_record.dial_example, "083852123456")
        adapter = self.env["gorod24.telephony.adapter"].with_user(self.operator)
        adapter.command("dial", number="+73852123456")
        self.assertEqual(exchange.last["number"], "083852123456")
        with self.assertRaisesRegex(UserError, "not a number"):
            adapter.command("dial", number="2831")
        self.setup_record.outside_prefix = ""
        adapter.command("dial", number="+73852123456")
        self.assertEqual(exchange.last["number"], "83852123456")
        self.setup_record.invalidate_recordset()
        self.assertFalse((self.setup_record.outside_prefix or "").strip())

    def test_nonsense_in_numbers_is_named(self):
        for name, value in (
            ("city_code", ""),
            ("city_code", "38x"),
            ("outside_prefixes", "9;0"),
            ("inner_digits_min", 6),
            ("no_recording_hours", -1),
        ):
            with self.assertRaises(ValidationError):
                self.setup_record.write({name: value})
            self.setup_record.invalidate_recordset()

    # Rights and steps ----------------------------------------------------------------

    def test_setup_is_the_administrators_alone(self):
        for user in (self.operator, self.supervisor, self.manager):
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base"):
                self.setup_record.with_user(user).read(["step"])
        line = self.setup_record
        line.step = "sources"
        line.action_next()
        self.assertEqual(line.step, "checks")
        self.assertEqual(set(line.check_ids.mapped("kind")), set(line._check_kinds()))
        line.action_back()
        self.assertEqual(line.step, "sources")
        with self.assertRaises(AccessError):
            line.check_ids[:1].write({"state": "good"})

    def test_sources_are_told_with_their_last_message(self):
        line = self.setup_record
        line._sync_checks()
        check = line.check_ids.filtered(lambda one: one.kind == "sources")
        sources = self.env["gorod24.telephony.source"].search([])
        sources.last_seen = False
        check.action_check()
        self.assertEqual(check.state, "warning")
        sources[:1].last_seen = fields.Datetime.now()
        check.action_check()
        self.assertEqual(check.state, "good")
        self.assertIn(sources[:1].name, check.message)
        self.assertTrue(check.checked_at)

    # The probe -----------------------------------------------------------------------

    def test_probe_event_makes_no_call(self):
        Event = self.env["gorod24.call.event"]
        calls = self.env["gorod24.call"].search_count([])
        at = f"{fields.Datetime.now().isoformat()}Z"
        probe = {"event_id": "probe-1", "source": "t", "type": "probe", "at": at}
        self.assertEqual(Event._accept(probe)[0], "accepted")
        self.assertEqual(Event._accept(probe)[0], "duplicate")
        self.assertEqual(self.env["gorod24.call"].search_count([]), calls)
        Event.search([("event_id", "=", "probe-1")]).at -= timedelta(days=8)
        Event._gc_old()
        self.assertFalse(Event.search([("event_id", "=", "probe-1")]))


@tagged("post_install", "-at_install")
class TestJournalByTime(TelephonyCommon):
    """The exchange's journal calls the talk by another name than the telephone."""

    def setUp(self):
        super().setUp()
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("gorod24_telephony.records_by_time", "1")
        parameters.set_param("gorod24_telephony.record_shift_seconds", "40")

    def row(self, name="1/500", begin=40, end=105, extension="t2830", **more):
        """A journal's row; its clock is 40 seconds ahead of the telephone's."""
        data = self.event("record", end, agent=0, **more)
        began = self.t0 + timedelta(seconds=begin)
        data.update(
            refs=[{"system": "cucm:c", "kind": "gcid", "value": name}],
            agent={"extension": extension},
            started_at=f"{began.isoformat()}Z",
            answered_at=f"{(began + timedelta(seconds=5)).isoformat()}Z",
            end_reason="normal",
        )
        return data

    def test_row_completes_the_call_of_the_telephone(self):
        call = self.feed(*self.plain_call())
        self.assertEqual(self.feed(self.row()), call)
        self.assertEqual(call.talk_seconds + call.hold_seconds, 60)
        # Another row of the same call, of no telephone, follows by its name.
        queue = self.row(extension="", begin=30)
        queue["event_id"] += "-queue"
        self.assertEqual(self.feed(queue), call)

    def test_figures_are_by_the_clock_of_the_telephones(self):
        """Names agree, but the exchange's clock is slow, or its zone is wrong."""
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("gorod24_telephony.records_by_time", "0")
        for shift in (-40, -3600, 25200):
            with self.subTest(shift):
                parameters.set_param(
                    "gorod24_telephony.record_shift_seconds", str(shift)
                )
                name = f"d{shift}"
                call = self.feed(*self.plain_call(dialog=name))
                row = self.row(begin=shift, end=shift + 65)
                row["refs"] = [{"system": "test", "kind": "dialog", "value": name}]
                self.assertEqual(self.feed(row), call)
                self.assertEqual(
                    (call.wait_seconds, call.talk_seconds, call.hold_seconds),
                    (5, 50, 10),
                )
                self.assertEqual(call.started_at, self.t0)
                self.assertEqual(len(call.leg_ids), 1)
                kept = call.event_ids.filtered(lambda one: one.type == "call.record")
                self.assertEqual(kept.payload["started_at"], row["started_at"])
                # The next call of the same telephone is hours away for the journal.
                self.t0 += timedelta(seconds=70)

    def test_row_that_came_first_finds_the_call_later(self):
        call = self.feed(self.row())
        news = self.event("ended", 65, end_reason="normal", recovered=True)
        self.assertEqual(self.feed(news), call)
        self.assertEqual(len(call.leg_ids), 1)

    def test_row_of_another_citizen_or_telephone_is_another_call(self):
        call = self.feed(*self.plain_call())
        other = self.feed(self.row(extension="t2831"))
        citizen = self.feed(self.row("1/501", remote_number="89132345678"))
        self.assertNotEqual(other, call)
        self.assertNotEqual(citizen, call)

    def test_formula_that_holds_needs_no_time(self):
        self.env["ir.config_parameter"].set_param(
            "gorod24_telephony.records_by_time", "0"
        )
        call = self.feed(*self.plain_call())
        self.assertNotEqual(self.feed(self.row()), call)


@tagged("post_install", "-at_install")
class TestLateRecordings(TelephonyCommon):
    def due(self):
        return self.env["gorod24.call"].search(
            [("recording_due", "=", True), ("number_e164", "=", E164)]
        )

    def test_talk_without_a_recording_is_listed_after_its_hours(self):
        call = self.feed(*self.plain_call())
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("gorod24_telephony.no_recording_hours", "2")
        self.assertNotIn(call, self.due())
        self.assertFalse(call.recording_due)
        parameters.set_param("gorod24_telephony.no_recording_hours", "0")
        call.invalidate_recordset()
        self.assertIn(call, self.due())
        self.assertTrue(call.recording_due)
        self.record(refs={"dialog_id": "d1"})
        self.assertNotIn(call, self.due())

    def test_likely_recording_is_bound_with_one_button(self):
        call = self.feed(*self.plain_call())
        # Clocks differ by minutes: no tier takes it, a person sees it.
        far = self.record(recording_id="R-far", second=-500, refs=None)
        near = self.record(recording_id="R-near", second=200, refs=None)
        foreign = self.record(
            recording_id="R-foreign",
            second=190,
            refs=None,
            agent_extension="t2899",
            remote_number="89990000000",
        )
        self.assertEqual(set((far | near | foreign).mapped("state")), {"unmatched"})
        mine = call.with_user(self.supervisor)
        self.assertEqual(mine.likely_recording_id, near)
        mine.action_link_likely_recording()
        self.assertEqual(near.call_id, call)
        self.assertEqual((near.state, near.reason), ("matched", "manual"))
        far.state = "rejected"
        call.invalidate_recordset()
        with self.assertRaisesRegex(UserError, "no recording fits"):
            mine.action_link_likely_recording()
