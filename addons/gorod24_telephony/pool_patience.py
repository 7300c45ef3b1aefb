# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""When all operators come at once, they wait for the database instead of an error.

The process of the bus opens a connection for every websocket that comes. Three hundred
screens that come back in one instant, after a restart or at the start of a shift, want
more than its pool holds (`db_maxconn`), and Odoo answers the rest with error 500; they
come again, several times each. Here the rest wait for the tenths of a second others
take. The other processes serve one request at a time and never meet a full pool.
"""

import functools
import time

import odoo
from odoo import sql_db

#: Seconds: between two looks at the pool, and until it counts as really full.
PAUSE = 0.02
PATIENCE = 10.0


def patient(borrow):
    """Wrap the method that lends a connection: a full pool is waited for.

    :raises psycopg2.pool.PoolError: when it is still full after ``PATIENCE``
    """

    @functools.wraps(borrow)
    def lend(pool, *args, **kwargs):
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return borrow(pool, *args, **kwargs)
            except sql_db.PoolError:
                if time.monotonic() >= until:
                    raise
            # among greenlets this lets the others work and give back
            time.sleep(PAUSE)

    return lend


def be_patient():
    """Let the process of the bus wait; called when the addon is loaded."""
    pool = sql_db.ConnectionPool
    if getattr(odoo, "evented", False) and not hasattr(pool.borrow, "__wrapped_full__"):
        pool.borrow = patient(pool.borrow)
        pool.borrow.__wrapped_full__ = True
