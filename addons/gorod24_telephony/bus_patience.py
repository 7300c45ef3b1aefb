# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""After a restart of PostgreSQL the rings come to the screens at once.

Odoo's dispatcher of bus messages sleeps fifty seconds after it loses the database,
and what was sent meanwhile lies there until the next message. A citizen who rings
would find no card open for a minute. Here it comes back in a second and lets every
browser look for what it missed.
"""

import logging
import threading

from odoo.addons.bus.models import bus

_logger = logging.getLogger(__name__)
RETRY = 1.0
# Moments after the return at which all browsers look: the first may be too early.
CATCH_UP = (0.5, 3.0)


def _everybody_looks(dispatch):
    """Let each websocket fetch the messages after the last one it has."""
    found = set().union(*map(list, list(dispatch._channels_to_ws.values())))
    for websocket in found:
        websocket.trigger_notification_dispatching()


def _run(self):
    """Dispatch for ever, soon again after a failure."""
    while not bus.stop_event.is_set():
        try:
            self.loop()
        except Exception as error:
            if bus.stop_event.is_set():
                return
            _logger.warning("bus: database lost (%s), again soon", type(error).__name__)
            bus.stop_event.wait(RETRY)
            for seconds in CATCH_UP:
                timer = threading.Timer(seconds, _everybody_looks, [self])
                timer.daemon = True
                timer.start()


def be_impatient():
    """Replace the dispatcher's main loop; called when the addon is loaded."""
    bus.ImDispatch.run = _run
