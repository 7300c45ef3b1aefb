# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

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
        """Take every event in its own thread, all starting together."""
        barrier = threading.Barrier(len(events))
        results, errors = [], []

        def work(event):
            barrier.wait()
            try:
                done = serialised(
                    self.registry,
                    _event_keys(event),
                    lambda env: env["gorod24.call.event"]._accept(event),
                )
                results.append(done[0])
            except Exception as error:  # noqa: BLE001  shown by the assertion
                errors.append(repr(error))

        threads = [threading.Thread(target=work, args=(one,)) for one in events]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        self.assertEqual(errors, [])
        return sorted(results)

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
