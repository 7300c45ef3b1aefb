# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import threading
from unittest.mock import MagicMock, patch

from odoo.tests import TransactionCase, tagged

from odoo.addons.bus.models import bus

from .. import bus_patience, herald


@tagged("post_install", "-at_install")
class TestBus(TransactionCase):
    def test_many_transactions_knock_once(self):
        one = ("db", "res.partner", 1)
        other = ("db", "res.partner", 2)
        with patch.object(herald.sql_db, "db_connect") as connect:
            teller = herald.Herald()
            for channels in ([one], [one, other], []):
                teller.committed(channels)
            self.assertFalse(connect.called)
            teller.tell()
            teller.tell()
        self.assertEqual(connect.call_count, 1)
        execute = connect.return_value.cursor.return_value.__enter__.return_value
        (query,) = execute.execute.call_args.args
        self.assertIn('["db","res.partner",1]', query.params[0].replace(" ", ""))
        self.assertIn('["db","res.partner",2]', query.params[0].replace(" ", ""))

    def test_ring_in_a_long_batch_does_not_wait_for_its_end(self):
        with (
            patch.object(herald.sql_db, "db_connect") as connect,
            patch.object(herald, "EVERY", -1),
        ):
            herald.Herald().committed([("db", "x")])
        self.assertTrue(connect.called)

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
