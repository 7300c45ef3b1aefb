# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""One knock at the bus for many transactions.

After every commit that sent a message Odoo opens a new connection to wake the process
that serves the browsers: for an event of the exchange that is half of its whole cost.
"""

import time

from odoo import sql_db
from odoo.tools import SQL
from odoo.tools.misc import OrderedSet

from odoo.addons.bus.models.bus import ODOO_NOTIFY_FUNCTION, get_notify_payloads

# A ring in a long batch does not wait for the end of the batch.
EVERY = 0.1


class Herald:
    """Gathers the channels of committed messages and wakes their browsers."""

    def __init__(self):
        self.channels = OrderedSet()
        self.told_at = time.monotonic()

    def hold_back(self, cr):
        """Let the transaction not knock by itself; give the result to ``committed``."""
        held = OrderedSet()
        if isinstance(cr, sql_db.Cursor):  # cursors of tests knock nowhere
            cr.postcommit.data["bus.bus.channels"] = held
        return held

    def committed(self, held):
        """The transaction is committed: its messages can be fetched."""
        self.channels.update(held)
        if self.channels and time.monotonic() - self.told_at > EVERY:
            self.tell()

    def tell(self):
        """Wake the browsers of all channels gathered so far."""
        self.told_at = time.monotonic()
        if not self.channels:
            return
        payloads = get_notify_payloads(list(self.channels))
        self.channels.clear()
        with sql_db.db_connect("postgres").cursor() as cr:
            for payload in payloads:
                name = SQL.identifier(ODOO_NOTIFY_FUNCTION)
                cr.execute(SQL("SELECT %s('imbus', %s)", name, payload))
