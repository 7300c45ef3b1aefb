# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from .common import E164, TelephonyCommon


@tagged("post_install", "-at_install")
class TestScreenPop(TelephonyCommon):
    def pops(self, user):
        return [one["call_id"] for one in self.bus_messages(user) if one["pop"]]

    def test_ring_opens_the_card_of_that_operator_only(self):
        call = self.feed(self.event("ringing"))
        (message,) = self.bus_messages(self.operator)
        self.assertEqual(message["call_id"], call.id)
        self.assertTrue(message["pop"])
        self.assertEqual((message["state"], message["number"]), ("ringing", E164))
        self.assertFalse(self.bus_messages(self.operator2))

    def test_card_opens_once_in_a_call(self):
        call = self.feed(self.event("ringing", 0))
        self.assertEqual(self.pops(self.operator), [call.id])
        self.feed(self.event("answered", 5), self.event("held", 9))
        self.feed(self.event("ended", 20))
        self.assertEqual(self.pops(self.operator), [])

    def test_answer_before_ring_still_opens_once(self):
        call = self.feed(self.event("answered", 5))
        self.assertEqual(self.pops(self.operator), [call.id])
        self.feed(self.event("ringing", 0))
        self.assertEqual(self.pops(self.operator), [])

    def test_transferred_call_opens_at_the_second_operator(self):
        call = self.feed(self.event("ringing", 0), self.event("answered", 5))
        self.pops(self.operator)
        self.feed(self.event("answered", 30, agent=2))
        self.assertEqual(self.pops(self.operator2), [call.id])
        self.feed(self.event("ended", 31, end_reason="transferred"))
        (message,) = self.bus_messages(self.operator)
        self.assertEqual((message["state"], message["pop"]), ("ended", False))
        self.assertEqual(call.state, "talking")

    def test_unanswered_ring_goes_on_to_the_next_operator(self):
        call = self.feed(
            self.event("ringing", 0), self.event("ended", 12, end_reason="no_answer")
        )
        self.feed(self.event("ringing", 13, agent=2))
        self.assertEqual(self.pops(self.operator2), [call.id])

    def test_call_offered_again_to_the_same_operator_opens_again(self):
        """At night he is alone: the card was taken away when he did not pick up."""
        call = self.feed(
            self.event("ringing", 0), self.event("ended", 12, end_reason="no_answer")
        )
        self.pops(self.operator)
        again = self.event("ringing", 13)
        self.feed(again)
        self.assertEqual(self.pops(self.operator), [call.id])
        self.feed(self.event("answered", 15))
        self.assertEqual(self.pops(self.operator), [])

    def test_call_handed_back_opens_again(self):
        call = self.feed(
            self.event("ringing", 0),
            self.event("answered", 5),
            self.event("answered", 30, agent=2),
            self.event("ended", 31, end_reason="transferred"),
        )
        self.pops(self.operator)
        self.feed(self.event("ringing", 60))
        self.assertEqual(self.pops(self.operator), [call.id])

    def test_who_asks_a_colleague_sees_it_after_a_refresh(self):
        call = self.feed(
            self.event("ringing", 0),
            self.event("answered", 5),
            self.event("held", 19),
        )
        self.bus_messages(self.operator)
        self.feed(self.event("ringing", 20, agent=2, consult=True))
        (message,) = self.bus_messages(self.operator)
        self.assertEqual((message["call_id"], message["consulting"]), (call.id, True))
        (line,) = call.with_user(self.operator).current_line()["calls"]
        self.assertTrue(line["consulting"])
        # Swapped holds change nothing; the colleague's end does.
        self.feed(self.event("retrieved", 25))
        self.assertTrue(self.bus_messages(self.operator)[-1]["consulting"])
        self.feed(self.event("ended", 30, agent=2))
        self.assertFalse(self.bus_messages(self.operator)[-1]["consulting"])

    def test_line_told_later_reaches_the_screen(self):
        """Call data may be empty at the ring and come with a later notification."""
        self.feed(self.event("ringing", 0, queue=""))
        self.assertEqual(self.bus_messages(self.operator)[-1]["queue"], "")
        self.feed(self.event("held", 5, queue=""))
        self.bus_messages(self.operator)
        # Nothing but the line is new in it.
        self.feed(self.event("held", 7, queue="Горячая линия"))
        message = self.bus_messages(self.operator)[-1]
        self.assertEqual((message["queue"], message["pop"]), ("Горячая линия", False))

    def test_number_told_later_renews_the_card_and_opens_none(self):
        """Call data may come with a later notification, at the ring or in the talk."""
        quiet = {"remote_number": "", "queue": ""}
        call = self.feed(self.event("ringing", 0, **quiet))
        (ring,) = self.bus_messages(self.operator)
        self.assertEqual((ring["number"], ring["pop"]), ("", True))
        self.feed(self.event("updated", 0, queue=""))
        (renewed,) = self.bus_messages(self.operator)
        self.assertEqual((renewed["number"], renewed["pop"]), (E164, False))
        self.assertEqual(renewed["state"], "ringing")
        self.feed(self.event("answered", 5, queue=""), self.event("updated", 5))
        talking, renewed = self.bus_messages(self.operator)
        self.assertEqual(renewed["queue"], "Hotline")
        self.assertFalse(talking["pop"] or renewed["pop"])
        self.assertEqual((call.state, call.queue), ("talking", "Hotline"))
        self.assertEqual(len(call.leg_ids), 1)

    def test_number_told_before_its_ring_opens_the_card_with_the_ring(self):
        call = self.feed(self.event("updated", 0))
        self.assertEqual(self.pops(self.operator), [])
        self.feed(self.event("ringing", 0, remote_number=""))
        self.assertEqual(self.pops(self.operator), [call.id])
        self.assertEqual(call.number_e164, E164)

    def test_true_number_after_that_of_the_gateway_brings_the_true_person(self):
        gateway, citizen = self.env["res.partner"].create(
            [{"name": "Gateway"}, {"name": "Citizen"}]
        )
        self.env["gorod24.phone"].create(
            [
                {"e164": "+73852650000", "partner_id": gateway.id},
                {"e164": E164, "partner_id": citizen.id},
            ]
        )
        call = self.feed(self.event("ringing", 0, remote_number="83852650000"))
        self.assertEqual(call.partner_id, gateway)
        self.feed(self.event("updated", 0))
        self.assertEqual((call.number_e164, call.partner_id), (E164, citizen))
        # What the journal adds goes by the gateway's number.
        row = self.event("record", 20, agent=0, remote_number="83852650000")
        row["started_at"] = f"{self.t0.isoformat()}Z"
        row["agent"] = {"extension": "t2830"}
        self.assertEqual(self.feed(self.event("ended", 20), row), call)
        self.assertEqual(call.number_e164, E164)

    def test_recovered_call_opens_nothing(self):
        self.feed(self.event("answered", 5, recovered=True))
        (message,) = self.bus_messages(self.operator)
        self.assertEqual((message["pop"], message["state"]), (False, "talking"))

    def test_outgoing_call_opens_nothing(self):
        self.feed(self.event("dialing", 0), self.event("answered", 5))
        self.assertEqual(self.pops(self.operator), [])

    def test_ring_replayed_after_an_outage_opens_nothing(self):
        self.feed(self.event("ringing", -3600))
        self.assertEqual(self.pops(self.operator), [])

    def test_colleague_asked_for_advice_sees_no_card(self):
        call = self.feed(self.event("ringing", 0), self.event("answered", 5))
        self.pops(self.operator)
        ask = {"agent": 2, "consult": True}
        self.feed(self.event("ringing", 20, **ask), self.event("answered", 22, **ask))
        (ring, talk) = self.bus_messages(self.operator2)
        self.assertFalse(ring["pop"] or talk["pop"])
        self.assertTrue(talk["consult"])
        # Handed over, already active: now it is his call, and the card opens.
        self.feed(self.event("ended", 30, end_reason="transferred"))
        self.feed(self.event("answered", 30, agent=2))
        self.assertEqual(self.pops(self.operator2), [call.id])
        self.assertEqual(call.user_id, self.operator2)

    def test_call_of_a_colleague_is_no_citizen(self):
        self.feed(self.event("ringing", remote_number="t2830", agent=2))
        (message,) = self.bus_messages(self.operator2)
        self.assertEqual((message["state"], message["pop"]), ("ringing", False))

    def test_number_that_comes_later_reaches_the_open_card(self):
        call = self.feed(self.event("ringing", 0, remote_number=""))
        self.assertEqual(self.pops(self.operator), [call.id])
        self.feed(self.event("ringing", 1))
        (message,) = self.bus_messages(self.operator)
        self.assertEqual((message["number"], message["pop"]), (E164, False))
        self.assertEqual(call.number_e164, E164)

    def test_ring_that_leaves_him_is_taken_away(self):
        call = self.feed(self.event("ringing", 0))
        self.bus_messages(self.operator)
        self.feed(self.event("ended", 12, end_reason="no_answer"))
        (message,) = self.bus_messages(self.operator)
        self.assertEqual(
            (message["call_id"], message["state"], message["answered"]),
            (call.id, "ended", False),
        )

    def test_hidden_number_opens_an_empty_card(self):
        call = self.feed(self.event("ringing", remote_number=""))
        self.assertEqual(self.pops(self.operator), [call.id])

    def test_late_old_news_are_not_sent(self):
        self.feed(self.event("answered", 5))
        self.bus_messages(self.operator)
        self.feed(self.event("ringing", 0))
        self.assertFalse(self.bus_messages(self.operator))

    def test_state_of_the_workplace_is_sent_unless_older(self):
        def state(name, second):
            event = self.event("ringing", second)
            event.update(type="agent.state", agent_state=name)
            self.env["gorod24.call.event"]._accept(event)
            kind = "gorod24_telephony.agent"
            return self.bus_messages(self.operator, kind)

        self.assertEqual(state("READY", 10), [{"state": "READY", "reason": ""}])
        self.assertEqual(state("NOT_READY", 5), [])
        line = self.env["gorod24.call"].with_user(self.operator).current_line()
        self.assertEqual(line["agent_state"], "READY")
