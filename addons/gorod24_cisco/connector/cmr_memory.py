# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""CMR rows of the last hours, so that each finds its talk, whichever comes first."""

import time
from collections import defaultdict

from ..wire import cdr_calls, cmr_figures


class Quality:
    """Takes CMR rows in any order, any number of times; tells each event once.

    A row waits until the CDR of its talk is there, and is forgotten with the CDRs of
    its hours: most rows of an exchange are of calls that are none of ours.

    :param memory: :class:`~.cdr_memory.Memory`, whose rows and whose "told" it shares.
    """

    def __init__(self, memory):
        self.memory = memory
        self.waiting = defaultdict(dict)
        self.newest = 0

    def take(self, found, rows):
        """New events that follow from CMR rows and from CDR rows just remembered.

        :param found: CMR rows.
        :param rows: CDR rows that :attr:`memory` has taken.
        """
        names = dict.fromkeys(_name(row) for row in found)
        names |= dict.fromkeys(_name(row) for row in rows)
        for row in found:
            # Without a time, or with one ahead, it is of now.
            now = int(time.time())
            at = min(row.stamped or now, now)
            self.newest = max(self.newest, at)
            self.waiting[_name(row)][row.key] = (row, at)
        events = [
            event
            for name in names
            if name in self.waiting
            for event in self._events(name)
            if event["event_id"] not in self.memory.told
        ]
        self._forget()
        return events

    def _events(self, name):
        """Events of the waiting rows of one global call id."""
        own = [
            self.memory.rows[key]
            for key in self.memory.by_name.get(("gcid", *name), ())
        ]
        if not own:
            return
        for call in cdr_calls.group(self.memory.touched(own)):
            # Of calls that touch neither the hotline nor an operator nothing is told.
            if not cdr_calls.events(call, self.memory.site):
                continue
            for quality, _at in self.waiting[name].values():
                event = cmr_figures.event(quality, call.rows, self.memory.site)
                if event is not None:
                    yield event

    def _forget(self):
        limit = max(self.newest, self.memory.newest) - self.memory.keep
        for name, rows in list(self.waiting.items()):
            for key, (_row, at) in list(rows.items()):
                if at < limit:
                    del rows[key]
            if not rows:
                del self.waiting[name]


def _name(row):
    return row.cluster, row.node, row.call_id
