# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rows of the last hours, so that a late row finds the call it belongs to."""

import time
from collections import defaultdict

from ..wire import cdr_calls


class Memory:
    """Takes rows in any order, any number of times; tells each event once.

    An event counts as told when :meth:`told_of` says so, after it is stored.

    :param site: :class:`~..wire.cdr_calls.Site`.
    :param keep: seconds for which rows wait for their late companions.
    """

    def __init__(self, site, keep):
        self.site = site
        self.keep = keep
        self.rows = {}
        self.by_name = defaultdict(set)
        self.told = {}
        self.newest = 0

    def take(self, rows):
        """New events that follow from ``rows`` and what is remembered."""
        fresh = [row for row in rows if row.key not in self.rows]
        for row in fresh:
            self.rows[row.key] = row
            # A clock that is ahead must not make us forget the calls of today.
            at = min(max(row.disconnected, row.originated), int(time.time()))
            self.newest = max(self.newest, at)
            for name in self._names(row):
                self.by_name[name].add(row.key)
        events = [
            event
            for call in cdr_calls.group(self.touched(rows))
            for event in cdr_calls.events(call, self.site)
            if event["event_id"] not in self.told
        ]
        self._forget()
        return events

    def told_of(self, events):
        """These are in the spool: do not tell them again."""
        self.told |= {event["event_id"]: self.newest for event in events}

    @staticmethod
    def _names(row):
        return () if row.is_aside else cdr_calls.names_of(row)

    def touched(self, rows):
        """These rows and every remembered one they are connected with."""
        found, waiting = {}, [row.key for row in rows]
        while waiting:
            key = waiting.pop()
            if key in found:
                continue
            found[key] = self.rows[key]
            for name in self._names(found[key]):
                waiting.extend(self.by_name[name] - found.keys())
        return list(found.values())

    def _forget(self):
        """Drop what is older than ``keep`` before the newest row."""
        limit = self.newest - self.keep
        old = [
            row
            for row in self.rows.values()
            if max(row.disconnected, row.originated) < limit
        ]
        for row in old:
            del self.rows[row.key]
            for name in self._names(row):
                self.by_name[name].discard(row.key)
                if not self.by_name[name]:
                    del self.by_name[name]
        if old:
            self.told = {one: at for one, at in self.told.items() if at >= limit}
