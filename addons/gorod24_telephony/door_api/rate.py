# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""How many requests of one source are let in."""

import threading
from collections import deque


class RateLimit:
    """At most so many requests of a key in any window of time, within one process."""

    def __init__(self, window=60.0):
        """:param window: length of the window, seconds."""
        self.window = window
        self._seen = {}
        self._lock = threading.Lock()

    def admit(self, key, limit, now):
        """Count a request at ``now`` (monotonic seconds) and tell whether it fits.

        Requests refused do not count: who waits is let in again.
        """
        with self._lock:
            seen = self._seen.setdefault(key, deque())
            while seen and now - seen[0] >= self.window:
                seen.popleft()
            if len(seen) >= limit:
                return False
            seen.append(now)
            return True
