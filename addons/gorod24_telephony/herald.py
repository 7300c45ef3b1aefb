# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""One knock at the bus for many transactions.

After every commit that sent a message Odoo opens a new connection to wake the process
that serves the browsers: for an event of the exchange that is half of its whole cost.
Here the transactions of a request knock together, and the connection stays open.
"""

import contextlib
import os
import threading

import psycopg2

from odoo import sql_db
from odoo.tools import SQL
from odoo.tools.misc import OrderedSet

from odoo.addons.bus.models.bus import ODOO_NOTIFY_FUNCTION, get_notify_payloads


class Knocker:
    """The connection by which this process wakes the one that serves the browsers."""

    def __init__(self):
        self._connection = None
        self._owner = None
        self._lock = threading.Lock()

    def knock(self, payloads):
        """Send the payloads; a connection that died meanwhile is opened anew."""
        with self._lock:
            try:
                self._send(payloads)
            except psycopg2.Error:  # a killed server is told in several ways
                self._forget()
                self._send(payloads)

    def _send(self, payloads):
        if self._owner != os.getpid():  # a parent's connection is not ours to use
            self._connection, self._owner = None, os.getpid()
        if self._connection is None:
            _name, info = sql_db.connection_info_for("postgres")
            self._connection = psycopg2.connect(**info)
            # No transaction stays open between the knocks.
            self._connection.autocommit = True
        with self._connection.cursor() as cr:
            for payload in payloads:
                name = SQL.identifier(ODOO_NOTIFY_FUNCTION)
                query = SQL("SELECT %s('imbus', %s)", name, payload)
                cr.execute(query.code, query.params)

    def _forget(self):
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(psycopg2.Error):
                connection.close()


KNOCKER = Knocker()


class Herald:
    """Gathers the channels of committed messages and wakes their browsers."""

    def __init__(self):
        self.channels = OrderedSet()

    def hold_back(self, cr):
        """Let the transaction not knock by itself; give the result to ``committed``."""
        held = OrderedSet()
        if isinstance(cr, sql_db.Cursor):  # cursors of tests knock nowhere
            cr.postcommit.data["bus.bus.channels"] = held
        return held

    def committed(self, held):
        """The transaction is committed: its messages can be fetched."""
        self.channels.update(held)

    def tell(self):
        """Wake the browsers of all channels gathered so far."""
        if not self.channels:
            return
        payloads = get_notify_payloads(list(self.channels))
        self.channels.clear()
        KNOCKER.knock(payloads)
