# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import random
import threading
from datetime import UTC, datetime
from unittest.mock import patch

import psycopg2

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import DummyRLock, Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

from ..controllers.door import _event_keys
from ..serialised import serialised

DIALOG = "test-concurrency"


@tagged("post_install", "-at_install")
class TestConcurrency(BaseCase):
    """Real cursors in real threads: what two workers do at the same moment."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        # The test runner holds this lock; other threads would wait for its end.
        self.enterContext(patch.object(Registry, "_lock", DummyRLock()))
        self._clean()  # what an interrupted run left
        self.addCleanup(self._clean)

    def _clean(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            refs = env["gorod24.call.ref"].search([("system", "=", DIALOG)])
            calls = refs.call_id
            calls.callback_id.unlink()
            calls.unlink()

    def test_calls_missed_at_the_same_time_are_one_duty(self):
        events = [self._event(0, f"miss-{n}", "ended") for n in range(6)]
        self.assertEqual(self._all_at_once(events), ["accepted"] * 6)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            refs = env["gorod24.call.ref"].search([("system", "=", DIALOG)])
            callback = refs.call_id.callback_id
            self.assertEqual((len(callback), callback.call_count), (1, 6))

    def _event(self, number, dialog, kind="ringing"):
        return {
            "event_id": f"{DIALOG}-{dialog}-{number}",
            "source": DIALOG,
            "type": f"call.{kind}",
            "at": datetime.now(UTC).isoformat(),
            "refs": [{"system": DIALOG, "kind": "dialog", "value": str(dialog)}],
            "remote_number": "83852123456",
        }

    def _all_at_once(self, events):
        """Take every event, or batch, in its own thread, all starting together."""
        barrier = threading.Barrier(len(events))
        results, errors = [], []

        def work(event):
            barrier.wait()
            try:
                batch = event if isinstance(event, list) else [event]
                done = serialised(
                    self.registry,
                    [key for one in batch for key in _event_keys(one)],
                    lambda env: env["gorod24.call.event"]._accept_all(batch),
                )
                results.append(done if isinstance(event, list) else done[0][0])
            except Exception as error:  # noqa: BLE001  shown by the assertion
                errors.append(repr(error))

        threads = [threading.Thread(target=work, args=(one,)) for one in events]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        self.assertEqual(errors, [])
        return sorted(results)

    def test_batches_about_the_same_calls_at_the_same_time(self):
        """Each worker has some events of every call, in an order of its own."""
        dialogs = [f"batch-{n}" for n in range(8)]
        kinds = ("ringing", "answered", "held", "retrieved", "ended", "record")
        batches = []
        for number, kind in enumerate(kinds):
            batch = [self._event(number, dialog, kind) for dialog in dialogs]
            for event in batch:
                event["started_at"] = event["at"]
            random.Random(number).shuffle(batch)
            batches.append(batch)
        told = self._all_at_once(batches)
        self.assertEqual(told, [[("accepted", "")] * 8] * 6)
        calls = self._calls(*dialogs)
        self.assertEqual([call[1:] for call in calls], [(6, "ended")] * 8)

    def test_batches_of_missed_calls_of_the_same_citizens(self):
        """Whoever is first in each batch, nobody waits for ever, nothing is counted
        twice."""
        batches = []
        for turn in range(4):
            batch = [self._event(turn, f"missed-{turn}-{n}", "ended") for n in range(6)]
            for number, event in enumerate(batch):
                event["remote_number"] = f"8385212340{number}"
            random.Random(turn).shuffle(batch)
            batches.append(batch)
        self._all_at_once(batches)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            refs = env["gorod24.call.ref"].search([("system", "=", DIALOG)])
            duties = refs.call_id.callback_id
            self.assertEqual(duties.mapped("call_count"), [4] * 6)

    def _calls(self, *dialogs):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            refs = env["gorod24.call.ref"].search(
                [("system", "=", DIALOG), ("value", "in", [str(d) for d in dialogs])]
            )
            return [(call.id, len(call.event_ids), call.state) for call in refs.call_id]

    def test_events_of_one_call_make_one_call(self):
        for turn in range(5):
            kinds = ("ringing", "answered", "held", "retrieved", "ended", "answered")
            events = [
                self._event(n, f"one-{turn}", kind) for n, kind in enumerate(kinds)
            ]
            self.assertEqual(self._all_at_once(events), ["accepted"] * 6)
            calls = self._calls(f"one-{turn}")
            self.assertEqual([call[1] for call in calls], [6])

    def test_one_event_many_times_is_taken_once(self):
        results = self._all_at_once([self._event(0, "same")] * 6)
        self.assertEqual(results, ["accepted"] + ["duplicate"] * 5)
        self.assertEqual(len(self._calls("same")), 1)

    def test_call_does_not_vanish_under_a_card_that_is_being_saved(self):
        self._all_at_once([self._event(0, "card")])
        ((call_id, _events, _state),) = self._calls("card")
        with self.registry.cursor() as card, self.registry.cursor() as events:
            saving = api.Environment(card, SUPERUSER_ID, {})["gorod24.call"]
            saving.browse(call_id)._keep_alive()
            call = api.Environment(events, SUPERUSER_ID, {})["gorod24.call"]
            call = call.browse(call_id)
            call._lock_rows()  # news of the call go on
            events.execute("SET LOCAL lock_timeout = '50ms'")
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.LockNotAvailable),
            ):
                call._lock_rows(whole=True)
            events.rollback()

    def test_calls_that_turn_out_to_be_one_at_the_same_time(self):
        both = self._event(2, "left", "answered")
        both["refs"] += self._event(0, "right")["refs"]
        events = [
            self._event(0, "left"),
            self._event(1, "left", "held"),
            self._event(0, "right"),
            both,
            self._event(3, "right", "ended"),
        ]
        self.assertEqual(self._all_at_once(events), ["accepted"] * 5)
        calls = self._calls("left", "right")
        self.assertEqual([call[1:] for call in calls], [(5, "ended")])
