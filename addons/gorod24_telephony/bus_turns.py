# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Browsers that are all woken at once ask the database one after another.

When three hundred telephones ring, three hundred websockets of one process want a
cursor in the same instant. Odoo opens a connection for each, up to the limit of the
pool, which the database pays for dearly, and lets those that got none sleep for a
random quarter of a second and more. A few connections that are already open answer
all of them sooner.
"""

import threading
from contextlib import contextmanager

from odoo.addons.bus import websocket

#: As many ask at once; more would only wait inside the database.
AT_ONCE = 6
#: Seconds after which a websocket asks out of turn: a database that is slow or gone
#: must not stop those that Odoo itself would let through.
PATIENCE = 5.0
_turns = threading.BoundedSemaphore(AT_ONCE)
_acquire_cursor = websocket.acquire_cursor


@contextmanager
def acquire_cursor(db):
    """A cursor of a websocket, when it is its turn."""
    has_turn = _turns.acquire(timeout=PATIENCE)
    try:
        with _acquire_cursor(db) as cr:
            yield cr
    finally:
        if has_turn:
            _turns.release()


def take_turns():
    """Replace the way websockets get cursors; called when the addon is loaded."""
    websocket.acquire_cursor = acquire_cursor
