# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import contextlib
import threading
from unittest.mock import MagicMock, patch

import psycopg2
from psycopg2.pool import PoolError

from odoo.tests import TransactionCase, tagged

from odoo.addons.bus.models import bus

from .. import bus_patience, bus_turns, herald, pool_patience


@tagged("post_install", "-at_install")
class TestBus(TransactionCase):
    def connect(self):
        """Let nobody knock at the real server; return what opens the connections."""
        self.enterContext(patch.object(herald, "KNOCKER", herald.Knocker()))
        return self.enterContext(patch.object(herald.psycopg2, "connect"))

    def knocks(self, connect):
        """Return the payloads sent through the connections of ``connect``."""
        execute = connect.return_value.cursor.return_value.__enter__.return_value
        return [call.args[1][-1] for call in execute.execute.call_args_list]

    def test_many_transactions_knock_once(self):
        connect = self.connect()
        one = ("db", "res.partner", 1)
        other = ("db", "res.partner", 2)
        teller = herald.Herald()
        for channels in ([one], [one, other], []):
            teller.committed(channels)
        self.assertFalse(connect.called)
        teller.tell()
        teller.tell()
        (payload,) = self.knocks(connect)
        self.assertEqual(payload, '[["db","res.partner",1],["db","res.partner",2]]')

    def test_connection_stays_open_and_comes_back_after_the_database_was_lost(self):
        connect = self.connect()
        execute = connect.return_value.cursor.return_value.__enter__.return_value
        for _time in range(3):
            herald.KNOCKER.knock(["[]"])
        self.assertEqual(connect.call_count, 1)
        execute.execute.side_effect = [psycopg2.OperationalError, None]
        herald.KNOCKER.knock(["[]"])
        self.assertEqual(connect.call_count, 2)
        execute.execute.side_effect = psycopg2.OperationalError
        with self.assertRaises(psycopg2.OperationalError):
            herald.KNOCKER.knock(["[]"])

    def test_browsers_woken_together_ask_in_turns_and_none_waits_for_ever(self):
        inside, most, release = [], [], threading.Event()

        @contextlib.contextmanager
        def cursor(_db):
            inside.append(1)
            most.append(len(inside))
            release.wait(60)
            yield
            inside.pop()

        def ask():
            with bus_turns.acquire_cursor("db"):
                pass

        self.enterContext(patch.object(bus_turns, "_acquire_cursor", cursor))
        askers = [threading.Thread(target=ask) for _one in range(bus_turns.AT_ONCE * 3)]
        timer = threading.Timer(0.2, release.set)
        for one in (*askers, timer):
            one.start()
        for one in askers:
            one.join(60)
        self.assertEqual(len(most), len(askers))
        self.assertLessEqual(max(most), bus_turns.AT_ONCE)
        # A database that answers nobody lets the others be refused by Odoo itself.
        release.clear()
        self.enterContext(patch.object(bus_turns, "PATIENCE", 0.01))
        askers = [threading.Thread(target=ask) for _one in range(bus_turns.AT_ONCE + 1)]
        for one in askers:
            one.start()
        while len(inside) <= bus_turns.AT_ONCE:
            release.wait(0.01)
        release.set()
        for one in askers:
            one.join(60)

    def test_screens_that_come_together_wait_for_the_database(self):
        full = PoolError("The Connection Pool Is Full")
        borrow = MagicMock(side_effect=[full, full, "connection"], __name__="borrow")
        lend = pool_patience.patient(borrow)
        with patch.object(pool_patience, "PAUSE", 0):
            self.assertEqual(lend("pool", {"dsn": 1}), "connection")
            borrow.side_effect = full
            with (
                patch.object(pool_patience, "PATIENCE", 0),
                self.assertRaises(PoolError),
            ):
                lend("pool", {"dsn": 1})

    def test_browsers_look_for_what_they_missed_after_the_database_was_lost(self):
        looked, websocket = threading.Event(), MagicMock()
        websocket.trigger_notification_dispatching = looked.set
        dispatch = MagicMock(_channels_to_ws={"channel": {websocket}})
        stop, tries = threading.Event(), []

        def loop():
            tries.append(1)
            if len(tries) == 1:
                raise OSError("the database is gone")
            self.assertTrue(looked.wait(60))
            stop.set()

        dispatch.loop = loop
        with (
            patch.object(bus, "stop_event", stop),
            patch.object(bus_patience, "RETRY", 0),
            patch.object(bus_patience, "CATCH_UP", (0,)),
            self.assertLogs("odoo.addons.gorod24_telephony.bus_patience", "WARNING"),
        ):
            bus.ImDispatch.run(dispatch)
        self.assertEqual(len(tries), 2)
