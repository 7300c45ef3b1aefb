# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import itertools
import random
from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import E164, TelephonyCommon


@tagged("post_install", "-at_install")
class TestCall(TelephonyCommon):
    def facts(self, call):
        """Return all that events tell of a call, comparable between calls."""
        names = (
            "direction number_raw number_e164 extension queue state result"
            " wait_seconds talk_seconds hold_seconds started_at answered_at ended_at"
        ).split()
        legs = [
            (leg.key, leg.user_id.id, leg.state, leg.started_at, leg.ended_at)
            for leg in call.leg_ids.sorted("key")
        ]
        return [call[name] for name in names], call.user_id.id, legs

    def test_plain_call(self):
        call = self.feed(*self.plain_call())
        self.assertRecordValues(
            call,
            [
                {
                    "state": "ended",
                    "result": "answered",
                    "number_e164": E164,
                    "user_id": self.operator.id,
                    "queue": "Hotline",
                    "wait_seconds": 5,
                    "hold_seconds": 10,
                    "talk_seconds": 50,
                }
            ],
        )
        self.assertEqual(len(call.leg_ids), 1)

    def test_any_order_gives_the_same_call(self):
        wanted = None
        plain = self.plain_call()
        orders = list(itertools.permutations(range(len(plain))))
        for number, order in enumerate(random.Random(24).sample(orders, 40)):
            dialog = f"perm-{number}"
            events = self.plain_call(dialog=dialog)
            call = self.feed(*[events[index] for index in order])
            wanted = wanted or self.facts(call)
            self.assertEqual(self.facts(call), wanted, f"order {order}")
            self.assertEqual(
                self.env["gorod24.call.ref"].search_count([("value", "=", dialog)]), 1
            )

    def test_transfer_in_any_order(self):
        wanted = None
        for number, order in enumerate(itertools.permutations(range(4))):
            dialog = f"transfer-{number}"
            events = [
                self.event("ringing", 0, dialog),
                self.event("answered", 5, dialog, agent=2),
                self.event("ended", 6, dialog, end_reason="transferred"),
                self.event("ended", 40, dialog, agent=2),
            ]
            call = self.feed(*[events[index] for index in order])
            wanted = wanted or self.facts(call)
            self.assertEqual(self.facts(call), wanted, f"order {order}")
        self.assertEqual(call.user_id, self.operator2)

    def test_same_event_twice_changes_nothing(self):
        events = self.plain_call()
        call = self.feed(*events)
        before = self.facts(call)
        for event in events:
            status, _error = self.env["gorod24.call.event"]._accept(event)
            self.assertEqual(status, "duplicate")
        self.assertEqual(self.facts(call), before)
        self.assertEqual(len(call.event_ids), len(events))

    def test_answer_of_an_unknown_dialog_makes_the_call(self):
        call = self.feed(self.event("answered", 0))
        self.assertEqual((call.state, call.user_id), ("talking", self.operator))

    def test_unanswered_ring_is_a_missed_call(self):
        call = self.feed(
            self.event("ringing", 0), self.event("ended", 20, end_reason="abandoned")
        )
        self.assertEqual((call.result, call.wait_seconds), ("missed", 20))

    def test_names_of_one_call_join_what_came_apart(self):
        gcid = {"system": "test", "kind": "gcid", "value": "1/77"}
        one = self.feed(self.event("ringing", 0, "left"))
        two = self.feed(self.event("ended", 30, "right", refs=[gcid]))
        self.assertNotEqual(one, two)
        both = self.event("answered", 5, "left")
        both["refs"].append(gcid)
        call = self.feed(both)
        self.assertEqual(call, one)
        self.assertFalse(two.exists())
        self.assertEqual((call.state, len(call.event_ids)), ("ended", 3))

    def join(self):
        """Return (kept, vanished id): two calls that turn out to be one."""
        gcid = {"system": "test", "kind": "gcid", "value": "1/77"}
        kept = self.feed(self.event("ringing", 0, "left"))
        other = self.feed(self.event("ringing", 1, "right", refs=[gcid]))
        recording = super().record(refs={"gcid": "1/77"})
        self.assertEqual(recording.call_id, other)
        self.env["gorod24.recording.access"]._log(recording, self.operator, "::1")
        self.bus_messages(self.operator)
        both = self.event("answered", 5, "left")
        both["refs"].append(gcid)
        self.assertEqual(self.feed(both), kept)
        self.assertFalse(other.exists())
        return kept, other.id

    def test_card_of_a_call_that_became_another_is_linked_to_that(self):
        kept, gone = self.join()
        told = [one.get("merged_into") for one in self.bus_messages(self.operator)]
        self.assertIn(kept.id, told)
        card = self.card.load(call_id=gone)
        self.assertEqual(card["call"]["id"], kept.id)
        self.assertTrue(kept.with_user(self.operator).is_live(gone))
        self.assertEqual(self._register(call_id=gone).call_ids, kept)

    def test_log_of_listening_keeps_its_call_when_two_become_one(self):
        kept, _gone = self.join()
        log = self.env["gorod24.recording.access"].search(
            [("recording_id", "in", kept.recording_ids.ids)]
        )
        self.assertEqual((len(log), log.call_id), (1, kept))

    def test_name_used_again_after_days_is_another_call(self):
        old = self.feed(self.event("ringing", -90000), self.event("ended", -89990))
        new = self.feed(self.event("ringing", 0))
        self.assertNotEqual(old, new)
        self.assertTrue(old.ref_ids.retired)
        self.assertFalse(new.ref_ids.retired)
        # A late event of the old call finds it all the same.
        self.assertEqual(self.feed(self.event("answered", -89995)), old)

    def test_person_is_found_when_the_number_is_of_one(self):
        partner = self.env["res.partner"].create({"name": "Звонящий"})
        self.env["gorod24.phone"].create({"e164": E164, "partner_id": partner.id})
        self.assertEqual(self.feed(self.event("ringing")).partner_id, partner)

    def test_two_persons_of_a_number_are_a_choice_not_a_guess(self):
        people = self.env["res.partner"].create([{"name": "А"}, {"name": "Б"}])
        self.env["gorod24.phone"].create(
            [{"e164": E164, "partner_id": one.id} for one in people]
        )
        self.assertFalse(self.feed(self.event("ringing")).partner_id)

    def test_anonymous_number_is_kept_as_received(self):
        call = self.feed(self.event("ringing", remote_number="anonymous"))
        self.assertEqual((call.number_raw, call.number_e164), ("anonymous", False))

    def test_wrong_event_is_told_and_can_come_corrected(self):
        event = self.event("ringing")
        wrong = dict(event, direction="sideways")
        Event = self.env["gorod24.call.event"]
        status, error = Event._accept(wrong)
        self.assertEqual(status, "rejected")
        self.assertIn("direction", error)
        self.assertEqual(Event._accept(wrong)[0], "rejected")
        self.assertEqual(Event._accept(event)[0], "accepted")

    def test_call_without_end_is_closed_at_last(self):
        call = self.feed(self.event("ringing", -50000))
        self.env["gorod24.call"]._cron_close_forgotten()
        self.assertEqual((call.state, call.result), ("ended", "missed"))

    def test_call_whose_last_news_is_a_ring_is_closed_too(self):
        """Times are to the microsecond; the end must not sort before the ring."""
        ring = self.event("ringing", -50000)
        ring["at"] = ring["at"].replace("Z", ".500Z")
        call = self.feed(ring)
        self.env["gorod24.call"]._cron_close_forgotten()
        self.assertEqual((call.state, call.result), ("ended", "missed"))

    def test_call_that_an_earlier_attempt_left_open_is_closed_at_last(self):
        ring = self.event("ringing", -50000)
        ring["at"] = ring["at"].replace("Z", ".500Z")
        call = self.feed(ring)
        cut = call.event_ids.at.isoformat()
        self.feed(
            self.event(
                "ended",
                -50000,
                agent=0,
                event_id=f"gorod24:forgotten:{call.id}:{cut}",
                source="gorod24:forgotten",
            )
        )
        self.assertEqual(call.state, "ringing")
        self.env["gorod24.call"]._cron_close_forgotten()
        self.assertEqual(call.state, "ended")

    def test_facts_cannot_be_changed_by_hand(self):
        call = self.feed(*self.plain_call()).with_user(self.supervisor)
        with self.assertRaises(AccessError):
            call.write({"talk_seconds": 1})
        call.write({"profile": "reference"})

    def test_card_knows_the_call_and_links_it(self):
        call = self.feed(self.event("ringing", 0), self.event("answered", 5))
        card = self.card.load(call_id=call.id)
        self.assertEqual(card["number"], E164)
        self.assertEqual(card["call"]["id"], call.id)
        appeal = self._register(call_id=call.id)
        self.assertEqual(appeal.call_ids, call)
        self.assertEqual(call.profile, "appeal")
        self.assertEqual(call.partner_id, appeal.partner_id)
        second = self._register(call_id=call.id)
        self.assertEqual(call.appeal_ids, appeal | second)

    def test_line_is_told_after_a_refresh(self):
        call = self.feed(self.event("ringing", 0), self.event("answered", 5))
        line = call.with_user(self.operator).current_line()
        self.assertEqual(
            [(one["call_id"], one["state"]) for one in line["calls"]],
            [(call.id, "talking")],
        )
        self.assertGreaterEqual(line["calls"][0]["seconds"], 110)
        self.assertTrue(call.with_user(self.operator).is_live(call.id))
        self.assertFalse(call.with_user(self.operator2).is_live(call.id))
        self.feed(self.event("ended", 60))
        self.assertFalse(call.with_user(self.operator).current_line()["calls"])

    def test_old_states_leave_the_journal_but_calls_stay(self):
        call = self.feed(self.event("ringing", -90000))
        state = self.event("ringing", -900000)
        state.update(type="agent.state", agent_state="READY")
        self.env["gorod24.call.event"]._accept(state)
        Event = self.env["gorod24.call.event"]
        Event._gc_old()
        self.assertFalse(Event.search([("event_id", "=", state["event_id"])]))
        self.assertTrue(call.event_ids)

    def test_old_states_are_deleted_to_the_last(self):
        """More come in a day than one run deletes: the server calls it again."""
        Event = self.env["gorod24.call.event"]
        Event._gc_old()
        for second in range(3):
            state = self.event("ringing", second - 900000)
            state.update(type="agent.state", agent_state="READY")
            Event._accept(state)
        module = "odoo.addons.gorod24_telephony.models.gorod24_call_event"
        with patch(f"{module}.GC_BATCH", 2):
            self.assertEqual(Event._gc_old(), (2, True))
            self.assertEqual(Event._gc_old(), (1, False))

    def test_every_step_is_cheap(self):
        self.feed(self.event("ringing", 0, "warm"))
        event = self.event("ringing", 0, "count", agent=2)
        self.env.flush_all()
        with self.assertQueryCount(30):
            self.feed(event)
            self.env.flush_all()

    def test_late_call_is_not_moved_by_clock_noise(self):
        call = self.feed(self.event("ringing", 0), self.event("ended", 10))
        self.feed(self.event("answered", 11))
        self.assertEqual(call.state, "ended")
        self.assertLess(call.ended_at - call.started_at, timedelta(seconds=12))

    def record(self, started, answered, ended, agent=1, **more):
        """Return the JSON of a leg told by the exchange's journal."""
        data = self.event("record", ended, agent=0, event_id=f"cdr-{ended}-{agent}")
        times = {"started_at": started, "answered_at": answered}
        for name, second in times.items():
            if second is not None:
                data[name] = f"{(self.t0 + timedelta(seconds=second)).isoformat()}Z"
        data["agent"] = {"extension": f"t28{29 + agent}"} if agent else {}
        data["end_reason"] = "normal"
        return data | more

    def test_journal_of_the_exchange_closes_a_call_whose_end_was_lost(self):
        call = self.feed(self.event("ringing"), self.event("answered", 5))
        self.bus_messages(self.operator)
        again = self.feed(self.record(0, 5, 65))
        self.assertEqual(again, call)
        self.assertEqual((call.state, call.talk_seconds), ("ended", 60))
        self.assertEqual(len(call.leg_ids), 1)
        (message,) = self.bus_messages(self.operator)
        self.assertEqual((message["state"], message["pop"]), ("ended", False))

    def test_call_known_from_the_journal_alone(self):
        call = self.feed(self.record(0, 5, 65, agent=2))
        self.assertEqual(call.user_id, self.operator2)
        self.assertEqual((call.result, call.wait_seconds), ("answered", 5))
        self.assertEqual(call.number_e164, "+73852123456")
        pops = [one["pop"] for one in self.bus_messages(self.operator2)]
        self.assertFalse(any(pops))
        event = self.record(0, 5, 65, agent=2)
        status, _error = self.env["gorod24.call.event"]._accept(event)
        self.assertEqual(status, "duplicate")

    def test_call_given_up_in_the_queue_keeps_the_line_it_came_by(self):
        """The journal names the number dialled; no operator's telephone ever rang."""
        self.env["gorod24.call.line"].create({"name": "Город", "numbers": "96024"})
        begun = (self.t0 - timedelta(seconds=90)).isoformat()
        call = self.feed(
            self.event(
                "record",
                dialog="queue-left",
                agent=0,
                started_at=f"{begun}Z",
                dialed_number="96024",
                queue="",
                end_reason="abandoned",
            )
        )
        self.assertRecordValues(
            call, [{"result": "missed", "line": "Город", "queue": False}]
        )
        out = self.feed(self.event("dialing", dialog="line-out", dialed_number="96024"))
        self.assertFalse(out.line)

    def test_number_of_two_lines_is_refused(self):
        lines = self.env["gorod24.call.line"]
        lines.create({"name": "One", "numbers": "96024"})
        for numbers in ("96024", "hotline", ","):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                lines.create({"name": "Two", "numbers": numbers})

    def test_node_that_counts_anew_folds_no_two_citizens(self):
        """A restart of the exchange gives a name again within the day."""
        first = self.feed(*self.plain_call(dialog="again"))
        second = self.feed(
            *(
                self.event(kind, 4 * 3600 + at, "again", remote_number="83852999999")
                for kind, at in (("ringing", 0), ("answered", 5), ("ended", 60))
            )
        )
        self.assertNotEqual(second, first)
        self.assertEqual(second.number_e164, "+73852999999")
        self.assertEqual((first.talk_seconds, second.talk_seconds), (50, 55))

    def test_call_known_from_the_journal_is_of_who_sat_there_then(self):
        """The second operator took the desk of the first for a shift."""

        def state(second, name, agent):
            data = self.event("x", second, agent=agent)
            data |= {"type": "agent.state", "agent_state": name, "refs": []}
            data["agent"] = {"id": f"t602{agent}", "extension": "t2830"}
            self.assertEqual(
                self.env["gorod24.call.event"]._accept(data), ("accepted", "")
            )

        def record(second, dialog):
            begun = (self.t0 + timedelta(seconds=second)).isoformat()
            return self.feed(
                self.event(
                    *("record", second + 5, dialog),
                    agent=0,
                    started_at=f"{begun}Z",
                )
                | {"agent": {"extension": "t2830"}}
            )

        state(-60, "READY", 2)
        state(20, "LOGOUT", 2)
        self.assertEqual(record(0, "desk-1").user_id, self.operator2)
        # Nobody is signed in: the desk is of the one whose profile names it.
        self.assertEqual(record(40, "desk-2").user_id, self.operator)
