# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import E164, NUMBER, TelephonyCommon
from .fake_exchange import FakeExchange


@tagged("post_install", "-at_install")
class TestAdapter(TelephonyCommon):
    def setUp(self):
        super().setUp()
        self.adapter = self.env["gorod24.telephony.adapter"].with_user(self.operator)
        self.exchange = FakeExchange(self.env).start(self)
        self.sent = self.exchange.sent

    def informing(self):
        appeal = self._register(number=NUMBER)
        question = appeal.question_ids
        return self.env["gorod24.informing"].create(
            {
                "question_id": question.id,
                "partner_id": appeal.partner_id.id,
                "phone_e164": E164,
            }
        )

    def test_not_connected_exchange_is_told(self):
        self.exchange.stop()
        with self.assertRaisesRegex(UserError, "not connected"):
            self.adapter.command("ready")
        self.assertEqual(self.adapter.reason_codes(), [])

    def test_dial_sends_digits_for_the_exchange(self):
        answer = self.adapter.command("dial", number="+7 (3852) 12-34-56")
        self.assertTrue(answer["accepted"])
        (payload,) = self.sent
        self.assertEqual(payload["number"], "983852123456")
        self.assertEqual(payload["agent_id"], "t6021")
        self.assertEqual(payload["extension"], "t2830")
        self.assertEqual(payload["request_id"], answer["request_id"])

    def test_internal_number_is_dialled_as_it_is(self):
        self.adapter.command("dial", number="2831")
        self.assertEqual(self.sent[0]["number"], "2831")

    def test_what_is_no_number_is_refused(self):
        for number in ("", "abc", "12345678901234567890", None):
            with self.assertRaises(UserError):
                self.adapter.command("dial", number=number)
        self.assertFalse(self.sent)

    def test_commands_on_the_call_name_its_dialog(self):
        call = self.feed(self.event("ringing"))
        self.adapter.command("answer", call_id=call.id)
        self.assertEqual(self.sent[0]["dialog_id"], "d1")
        self.assertEqual(self.sent[0]["command"], "answer")

    def test_call_is_handed_over(self):
        call = self.feed(self.event("ringing", 0), self.event("answered", 5))
        self.adapter.command("transfer", call_id=call.id, number="8 3852 55-44-33")
        self.assertEqual(self.exchange.last["number"], "983852554433")
        self.adapter.command("consult", call_id=call.id, number="2831")
        self.assertEqual(self.exchange.last["number"], "2831")
        self.adapter.command("complete_transfer", call_id=call.id)
        self.assertEqual(
            [one["command"] for one in self.sent],
            ["transfer", "consult", "complete_transfer"],
        )
        self.assertEqual({one["dialog_id"] for one in self.sent}, {"d1"})
        with self.assertRaises(UserError):
            self.adapter.command("transfer", call_id=call.id, number="")

    def test_tones_are_digits_and_signs_of_the_keypad(self):
        call = self.feed(self.event("answered", 5))
        self.adapter.command("send_dtmf", call_id=call.id, digits="12*#")
        self.assertEqual(self.exchange.last["digits"], "12*#")
        for digits in ("", "A", "1 2", "1" * 33, None):
            with self.assertRaises(UserError):
                self.adapter.command("send_dtmf", call_id=call.id, digits=digits)

    def test_talk_with_a_colleague_needs_no_call_of_a_citizen(self):
        """He may have hung up while the colleague was asked."""
        self.adapter.command("end_consult")
        self.assertTrue(self.exchange.last["consult"])
        self.adapter.command("send_dtmf", digits="3", consult=True)
        self.assertEqual(self.exchange.last["digits"], "3")
        self.assertTrue(self.exchange.last["consult"])

    def test_the_bar_learns_what_only_the_exchange_knows(self):
        self.assertEqual(self.adapter.line_state(), {"known": False})
        self.exchange.answers["line_state"] = {
            "line": {
                "pending_state": "NOT_READY",
                "consult": {"number": "2831", "state": "held"},
            }
        }
        told = self.adapter.line_state()
        self.assertEqual(told["pending_state"], "NOT_READY")
        self.assertEqual(told["consult"], {"number": "2831", "state": "held"})
        self.exchange.answers["line_state"] = {"line": {"consult": None}}
        self.assertEqual(
            self.adapter.line_state(),
            {"known": True, "pending_state": "", "consult": False},
        )

    def test_result_of_the_last_call_is_asked_after_a_refresh(self):
        call = self.feed(*self.plain_call())
        state = self.event("ringing", 70)
        state.update(type="agent.state", agent_state="WORK")
        self.env["gorod24.call.event"]._accept(state)
        line = self.env["gorod24.call"].with_user(self.operator).current_line()
        self.assertEqual(line["wrap_up"], call.id)
        other = self.env["gorod24.call"].with_user(self.operator2).current_line()
        self.assertFalse(other["wrap_up"])

    def test_not_ready_has_the_reasons_of_the_exchange(self):
        self.exchange.answers["reason_codes"] = {
            "reasons": [{"id": 12, "label": "Обед"}, {"id": 13}, "junk"]
        }
        self.assertEqual(self.adapter.reason_codes(), [{"id": "12", "label": "Обед"}])
        self.adapter.command("not_ready", reason="12")
        self.assertEqual(self.exchange.last["reason"], "12")
        self.adapter.command("not_ready")
        self.assertNotIn("reason", self.exchange.last)

    def test_wrap_up_is_told_of_an_own_call_that_is_over(self):
        call = self.feed(*self.plain_call())
        self.adapter.command("wrap_up", call_id=call.id, reason="7")
        self.assertEqual(self.exchange.last["dialog_id"], "d1")
        with self.assertRaises(UserError):
            self.adapter.with_user(self.operator2).command(
                "wrap_up", call_id=call.id, reason="7"
            )

    def test_refusal_of_the_exchange_is_told_as_it_is(self):
        self.exchange.refusal = "Линия занята"
        with self.assertRaisesRegex(UserError, "Линия занята"):
            self.adapter.command("ready")

    def test_nobody_else_touches_the_call(self):
        call = self.feed(self.event("ringing"))
        other = self.adapter.with_user(self.operator2)
        with self.assertRaises(UserError):
            other.command("drop", call_id=call.id)
        self.feed(self.event("ended", 9))
        with self.assertRaises(UserError):
            self.adapter.command("drop", call_id=call.id)

    def test_user_without_telephone_is_told(self):
        with self.assertRaisesRegex(UserError, "No telephone"):
            self.adapter.with_user(self.supervisor).command("ready")
        with self.assertRaises(AccessError):
            self.adapter.with_user(self.manager).command("ready")
        with self.assertRaisesRegex(UserError, "unknown"):
            self.adapter.command("explode")

    def test_informing_is_dialled_and_linked(self):
        informing = self.informing()
        informing.with_user(self.operator).action_dial()
        self.assertEqual(self.sent[0]["number"], "983852123456")
        # The call starts by the clock of the exchange, about now.
        call = self.feed(self.event("dialing", 121, remote_number="983852123456"))
        self.assertEqual(call.number_e164, E164)
        self.assertEqual(call.informing_id, informing)
        self.assertEqual(informing.call_ids, call)

    def test_who_asked_not_to_be_called_is_not_dialled(self):
        informing = self.informing()
        phone = self.env["gorod24.phone"]._find(E164)
        phone.do_not_call = True
        with self.assertRaisesRegex(UserError, "asked not to be called"):
            informing.with_user(self.operator).action_dial()
        neighbour = self.env["res.partner"].create({"name": "Сосед"})
        phone.create({"e164": E164, "partner_id": neighbour.id})
        with self.assertRaisesRegex(UserError, "asked not to be called"):
            informing.with_user(self.operator).action_dial()
        self.adapter.command("dial", number=NUMBER)
        self.assertEqual(len(self.sent), 1)

    def test_call_of_another_operator_is_not_linked(self):
        self.informing().with_user(self.operator).action_dial()
        call = self.feed(self.event("dialing", 121, agent=2))
        self.assertFalse(call.informing_id)

    def test_call_to_another_number_is_not_linked(self):
        self.informing().with_user(self.operator).action_dial()
        call = self.feed(self.event("dialing", 121, remote_number="83852999999"))
        self.assertFalse(call.informing_id)

    def test_one_wish_links_one_call(self):
        self.informing().with_user(self.operator).action_dial()
        first = self.feed(
            self.event("dialing", 121, "one"), self.event("ended", 130, "one")
        )
        second = self.feed(self.event("dialing", 140, "two"))
        self.assertTrue(first.informing_id)
        self.assertFalse(second.informing_id)

    def test_agents_are_unique_but_many_have_none(self):
        (self.supervisor | self.manager).write({"telephony_agent_id": ""})
        self.assertFalse(self.supervisor.telephony_agent_id)

    def test_commands_of_a_talk_name_the_call_at_this_telephone(self):
        call = self.feed(self.event("ringing"), self.event("answered", 5))
        self.adapter.command("consult", call_id=call.id, number="2831")
        self.adapter.command("transfer", call_id=call.id, number=E164)
        self.adapter.command("send_dtmf", call_id=call.id, digits="12#")
        self.adapter.command("wrap_up", call_id=call.id, reason="Consultation")
        self.adapter.command("complete_transfer", call_id=call.id)
        self.assertEqual([payload["dialog_ids"] for payload in self.sent], [["d1"]] * 5)
        self.assertEqual(
            [p.get("number") for p in self.sent[:2]], ["2831", "983852123456"]
        )
        self.assertEqual(self.sent[2]["digits"], "12#")
        self.assertEqual(self.sent[3]["reason"], "Consultation")
        with self.assertRaisesRegex(UserError, "Tones"):
            self.adapter.command("send_dtmf", call_id=call.id, digits="1;2")
        with self.assertRaisesRegex(UserError, "not a number"):
            self.adapter.command("transfer", call_id=call.id, number="abc")

    def test_reason_of_a_pause_is_handed_on(self):
        self.adapter.command("not_ready", reason="12")
        self.adapter.command("not_ready")
        self.assertEqual([p.get("reason") for p in self.sent], ["12", None])
