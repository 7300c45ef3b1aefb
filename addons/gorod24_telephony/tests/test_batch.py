# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
import os
import random
from datetime import timedelta
from unittest.mock import patch

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import E164, TelephonyCommon
from .test_door import EVENTS, TOKEN


@tagged("post_install", "-at_install")
class TestBatch(TelephonyCommon, HttpCase):
    """Many events in one request: as a set, and each for itself all the same."""

    def setUp(self):
        super().setUp()
        self.enterContext(patch.dict(os.environ, {"GOROD24_TELEPHONY_TOKEN": TOKEN}))

    def post(self, *events):
        """Return the statuses the door gives, in the order of ``events``."""
        answer = self.url_open(
            EVENTS,
            data=json.dumps({"events": events}),
            headers={
                "Authorization": f"Bearer {TOKEN}",
                "Content-Type": "application/json",
            },
        )
        self.assertEqual(answer.status_code, 200, answer.text)
        results = answer.json()["results"]
        self.assertEqual(
            [one["event_id"] for one in results], [one["event_id"] for one in events]
        )
        self.env.invalidate_all()
        return [one["status"] for one in results]

    def state(self, name, second, agent=1):
        event = self.event("ringing", second, "no", agent, refs=[])
        return dict(event, type="agent.state", agent_state=name)

    def call_of(self, dialog):
        refs = self.env["gorod24.call.ref"].search([("value", "=", dialog)])
        self.assertEqual(len(refs.call_id), 1)
        return refs.call_id

    def test_bad_event_inside_a_batch_stops_nobody(self):
        """One is wrong, one breaks the server: the others ring all the same."""
        events = [self.event("ringing", 0, f"d{n}", agent=1 + n % 2) for n in range(6)]
        events[1]["at"] = "yesterday"
        Event = type(self.env["gorod24.call.event"])
        prepare = Event._prepare_vals

        def broken(self, event, telephones):
            vals = prepare(self, event, telephones)
            if event.event_id == events[3]["event_id"]:
                self.env.cr.execute("SELECT 2526520094::int4")
            return vals

        with (
            patch.object(Event, "_prepare_vals", broken),
            mute_logger("odoo.sql_db"),
            self.assertLogs("odoo.addons.gorod24_telephony.controllers.door"),
        ):
            told = self.post(*events)
        self.assertEqual(
            told,
            ["accepted", "rejected", "accepted", "error", "accepted", "accepted"],
        )
        popped = self.bus_messages(self.operator) + self.bus_messages(self.operator2)
        self.assertEqual(
            sorted(one["call_id"] for one in popped if one["pop"]),
            sorted(self.call_of(f"d{n}").id for n in (0, 2, 4, 5)),
        )
        self.assertFalse(self.env["gorod24.call.ref"].search([("value", "=", "d3")]))
        self.assertEqual(self.post(events[3]), ["accepted"])

    def test_same_event_twice_inside_a_batch_is_taken_once(self):
        ring, state = self.event("ringing"), self.state("READY", 5)
        told = self.post(ring, state, ring, state, self.event("answered", 9))
        accepted, again = "accepted", "duplicate"
        self.assertEqual(told, [accepted, accepted, again, again, accepted])
        call = self.call_of("d1")
        self.assertEqual((len(call.event_ids), len(call.leg_ids)), (2, 1))
        self.assertEqual(self.post(ring, state), [again, again])

    def test_event_that_comes_corrected_inside_the_batch_of_the_wrong_one(self):
        ring = self.event("ringing")
        wrong = dict(ring, direction="sideways")
        self.assertEqual(self.post(wrong, ring), ["rejected", "accepted"])
        self.assertEqual(len(self.call_of("d1").event_ids), 1)

    def test_events_of_one_call_in_wrong_order_inside_a_batch(self):
        told = self.post(self.event("answered", 5), self.event("ringing", 0))
        self.assertEqual(told, ["accepted"] * 2)
        call = self.call_of("d1")
        self.assertEqual((call.state, call.wait_seconds), ("talking", 5))
        (message,) = self.bus_messages(self.operator)
        self.assertEqual(
            (message["call_id"], message["state"], message["pop"], message["number"]),
            (call.id, "talking", True, E164),
        )

    def test_end_before_its_ring_inside_a_batch_opens_no_card(self):
        self.post(self.event("ended", 9), self.event("ringing", 0))
        self.assertEqual(self.call_of("d1").state, "ended")
        self.assertFalse(any(one["pop"] for one in self.bus_messages(self.operator)))

    def test_batch_in_any_order_and_parts_makes_the_same_calls(self):
        """As sets of any size, shuffled, the events give the calls they give singly.

        The number comes after the ring, and the journal's clock is slow.
        """
        self.env["ir.config_parameter"].set_param(
            "gorod24_telephony.record_shift_seconds", "-40"
        )
        events = []
        for number in range(4):
            agent = 1 + number % 2
            events += self.plain_call(dialog=f"{number}", agent=agent)
            events[-5]["remote_number"] = ""
            row = self.event("record", 25, f"{number}", agent)
            row["started_at"] = f"{(self.t0 - timedelta(seconds=40)).isoformat()}Z"
            row["remote_number"] = "6500"
            events[-1:-1] = [self.event("updated", 0, f"{number}", agent), row]
            # A name that only one event of the call knows joins it with the next one.
            events[-1]["refs"].append(
                {"system": "test", "kind": "gcid", "value": f"g{number}"}
            )
        names = ["state", "result", "talk_seconds", "hold_seconds", "user_id"]
        names += ["wait_seconds", "started_at", "number_e164"]

        def facts():
            calls = [self.call_of(f"{number}") for number in range(4)]
            found = [call.read(names)[0] for call in calls]
            legs = [call.leg_ids.mapped("hold_seconds") for call in calls]
            return [{**one, "id": 0} for one in found], legs

        self.feed(*events)
        wanted = facts()
        for seed in range(6):
            dice = random.Random(seed)
            self.env["gorod24.call"].search([("number_e164", "=", E164)]).unlink()
            self.env["gorod24.call.event"].search([("source", "=", "test")]).unlink()
            dice.shuffle(events)
            left = list(events)
            while left:
                size = dice.randint(1, 12)
                told = self.post(*left[:size])
                self.assertEqual(set(told), {"accepted"})
                left = left[size:]
            self.assertEqual(facts(), wanted, f"seed {seed}")

    def test_calls_that_turn_out_to_be_one_inside_a_batch(self):
        """Alone they are two; a third event of the same batch joins them."""
        gcid = {"system": "test", "kind": "gcid", "value": "1/77"}
        both = self.event("answered", 5, "left")
        both["refs"].append(gcid)
        first = self.event("ringing", 0, "left")
        second = self.event("ringing", 1, "right", refs=[gcid])
        self.assertEqual(self.post(first, second, both), ["accepted"] * 3)
        call = self.call_of("left")
        self.assertEqual(call, self.call_of("1/77"))
        self.assertEqual((call.state, len(call.event_ids)), ("talking", 3))
        # And when they are known as two before.
        one = self.feed(self.event("ringing", 0, "up"))
        two = self.feed(self.event("ringing", 1, "down", agent=2))
        joint = self.event("answered", 5, "up")
        joint["refs"] += two.ref_ids.read(["system", "kind", "value"])
        self.post(joint, self.event("ringing", 0, "beside", agent=2))
        self.assertEqual(self.call_of("down"), one)
        self.assertFalse(two.exists())
        self.assertEqual(self.call_of("beside").user_id, self.operator2)

    def test_name_used_again_after_days_inside_a_batch(self):
        old = [self.event("ringing", -90000), self.event("ended", -89990)]
        self.post(*old, self.event("ringing", 0), self.event("ringing", 0, "d2"))
        refs = self.env["gorod24.call.ref"].search([("value", "=", "d1")])
        self.assertEqual(len(refs.call_id), 2)
        self.assertEqual(refs.filtered("retired").call_id.state, "ended")
        self.assertEqual(
            refs.filtered(lambda r: not r.retired).call_id.state, "ringing"
        )

    def test_mixed_kinds_in_one_batch(self):
        """Rings, states, a row of the journal, a trial of the door: each does its own.

        The ring is told before the state that stood before it.
        """
        talk = self.feed(
            self.event("ringing", -50, "d0"), self.event("answered", -45, "d0")
        )
        self.bus_messages(self.operator)
        record = self.event(
            "record", -5, "d0", event_id="row", started_at=self.event("x", -50)["at"]
        )
        probe = dict(self.event("ringing", 0, "no", agent=0, refs=[]), type="probe")
        self.post(
            self.state("NOT_READY", 1),
            probe,
            record,
            self.event("ringing", 2, "new", agent=2),
            self.state("RESERVED", 2, agent=2),
        )
        self.assertEqual((talk.state, self.call_of("new").state), ("ended", "ringing"))
        kinds = self.env["bus.bus"].sudo().search([], order="id").mapped("message")
        kinds = [json.loads(one)["type"] for one in kinds]
        told = [one for one in kinds if one.startswith("gorod24_telephony.")]
        self.assertLess(
            told.index("gorod24_telephony.call"), told.index("gorod24_telephony.agent")
        )

    def test_numbers_of_events_are_their_sources_own(self):
        """Exchanges may number events: the fifth of one is not the fifth of another."""
        Event = self.env["gorod24.call.event"]
        for code in ("pbx-a", "pbx-b"):
            source = self.env["gorod24.telephony.source"].create(
                {"name": code, "code": code}
            )
            ring = self.event("ringing", 0, code, event_id=5)
            self.assertEqual(Event._accept(ring, source=source), ("accepted", ""))
            self.assertEqual(Event._accept(ring, source=source)[0], "duplicate")
            self.assertEqual(self.call_of(code).state, "ringing")
        wrong = self.event("flying", 0, event_id=6)
        self.assertEqual(Event._accept(wrong, source=source)[0], "rejected")
        self.assertTrue(Event.search([("event_id", "=", "pbx-b|6")]))

    def test_states_of_one_workplace_in_one_batch(self):
        """Only the newest is shown; the work after the call is counted on the way."""
        call = self.feed(
            self.event("ringing", 0),
            self.event("answered", 1),
            self.event("ended", 20),
        )
        self.bus_messages(self.operator, "gorod24_telephony.agent")
        self.post(
            self.state("WORK", 20), self.state("READY", 50), self.state("NOT_READY", 10)
        )
        shown = self.bus_messages(self.operator, "gorod24_telephony.agent")
        self.assertEqual(shown, [{"state": "READY", "reason": ""}])
        self.assertEqual(call.work_seconds, 30)

    def test_telephone_that_bears_the_name_of_a_colleagues_agent(self):
        """An agent and an extension may be the same digits, of two people."""
        self.operator2.telephony_extension = "t6021"
        silent = self.event("ringing", 0, "d2", agent=0, agent_id=None)
        silent["agent"] = {"extension": "t6021"}
        self.post(self.event("ringing", 0, "d1", agent=1), silent)
        self.assertEqual(self.call_of("d1").user_id, self.operator)
        self.assertEqual(self.call_of("d2").user_id, self.operator2)

    def test_ring_in_a_batch_is_cheap(self):
        """Twenty rings at once ask the database no more than one does."""
        Event = self.env["gorod24.call.event"]

        def rings(name, count):
            return [
                self.event("ringing", 0, f"{name}{n}", remote_number=f"8385212{n:04}")
                for n in range(count)
            ]

        Event._accept_all(rings("warm", 2))
        self.env.flush_all()
        twenty = rings("many", 20)
        with self.assertQueryCount(25):
            told = Event._accept_all(twenty)
            self.env.flush_all()
        self.assertEqual(told, [("accepted", "")] * 20)

    def _talks(self, name, count):
        """Talk with so many citizens; return the events of the ends."""
        Event = self.env["gorod24.call.event"]
        numbers = [f"8385212{count:02}{n:02}" for n in range(count)]
        Event._accept_all(
            [
                self.event(kind, second, f"{name}{n}", remote_number=number)
                for n, number in enumerate(numbers)
                for kind, second in (("ringing", 0), ("answered", 5))
            ]
        )
        return [
            self.event(
                "ended", 60, f"{name}{n}", remote_number=number, end_reason="normal"
            )
            for n, number in enumerate(numbers)
        ]

    def test_many_hang_ups_ask_no_more_than_one_does(self):
        Event = self.env["gorod24.call.event"]
        Event._accept_all(self._talks("warm", 2))
        one, twenty = self._talks("one", 1), self._talks("many", 20)
        for ends in (one, twenty):
            self.env.flush_all()
            self.env.invalidate_all()
            with self.assertQueryCount(25):
                told = Event._accept_all(ends)
                self.env.flush_all()
            self.assertEqual(told, [("accepted", "")] * len(ends))
        call = self.call_of("many7")
        self.assertEqual((call.state, call.talk_seconds), ("ended", 55))

    def test_many_answers_ask_no_more_than_one_does(self):
        Event = self.env["gorod24.call.event"]
        self._talks("warm", 2)

        def rung(name, count):
            more = [{"remote_number": f"8385213{count:02}{n:02}"} for n in range(count)]
            Event._accept_all(
                [
                    self.event("ringing", 0, f"{name}{n}", **one)
                    for n, one in enumerate(more)
                ]
            )
            return [
                self.event("answered", 5, f"{name}{n}", **one)
                for n, one in enumerate(more)
            ]

        for answers in (rung("one", 1), rung("many", 20)):
            self.env.flush_all()
            self.env.invalidate_all()
            with self.assertQueryCount(25):
                told = Event._accept_all(answers)
                self.env.flush_all()
            self.assertEqual(told, [("accepted", "")] * len(answers))

    def test_a_duty_made_and_met_by_the_same_news_is_over(self):
        self.env["gorod24.call.event"]._accept_all(
            [
                self.event("ringing", 0, "lost"),
                self.event("ringing", 30, "found"),
                self.event("answered", 35, "found"),
                self.event("ended", 20, "lost", end_reason="abandoned"),
                self.event("ended", 60, "found", end_reason="normal"),
            ]
        )
        duties = self.env["gorod24.callback"].search([("number_e164", "=", E164)])
        self.assertFalse(duties.filtered(lambda one: one.state in ("waiting", "taken")))

    def test_a_leg_of_the_journal_asks_once_who_sat_there(self):
        Event = self.env["gorod24.call.event"]
        asked = []
        who_sat = type(Event)._who_sat

        def noted(model, extension, moment):
            asked.append(extension)
            return who_sat(model, extension, moment)

        self.patch(type(Event), "_who_sat", noted)
        row = self.event("record", 5, "desk", agent=0)
        row |= {
            "started_at": f"{self.t0.isoformat()}Z",
            "agent": {"extension": "t2830"},
        }
        Event._accept_all([row])
        self.assertEqual(asked, ["t2830"])
        self.assertEqual(self.call_of("desk").user_id, self.operator)
