# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which events go to Odoo next, and how far Odoo has everything."""

import time
from collections import deque
from dataclasses import dataclass, field
from functools import cached_property

# Events read ahead of what Odoo has confirmed.
WINDOW = 1000
# What is told afterwards: the journal's rows and the figures of the line.
AFTERWARDS = ("call.record", "call.quality")
# What waited so long (seconds) waits for no more rings.
PATIENCE = 1.0
# Seconds between two notes of how far Odoo is, while it has not everything: a process
# killed meanwhile repeats the events, and Odoo knows them.
CONFIRM_EVERY = 0.5


@dataclass(eq=False)
class Parcel:
    """An event on its way. ``mark``: its place in the spool, None: only in memory."""

    event: dict
    mark: tuple | None
    since: float = field(default_factory=time.monotonic)
    is_done: bool = False
    is_refused: bool = False  # Odoo did not take it once

    @property
    def is_of_call(self):
        return bool(self.event.get("refs"))

    @property
    def is_live(self):
        """Is it news of a call, not a row of the exchange's journal?"""
        return self.is_of_call and self.event.get("type") not in AFTERWARDS

    @cached_property
    def keys(self):
        """What no other request may tell of at the same time."""
        agent = self.event.get("agent") or {}
        if not self.is_of_call:
            return {("state", agent.get("id"))}
        keys = {("ref", ref["value"]) for ref in self.event["refs"]}
        if agent.get("extension"):
            keys.add(("line", agent["extension"]))
        return keys


def choose(parcels, flying, limit, now):
    """Return up to ``limit`` of the waiting ``parcels`` for the next request.

    News of calls go first: a citizen waits. States of workplaces and rows of the
    journal wait until none is on its way. What shares a key with a parcel under way
    (``flying``), or with an earlier one that has to wait, waits: the events of one line
    and one call reach Odoo in their order.
    """
    busy = set().union(*(parcel.keys for parcel in flying))
    urgent = [one for one in parcels if one.is_live or now - one.since > PATIENCE]
    chosen = _free(urgent, busy, limit)
    if chosen or any(parcel.is_live for parcel in flying):
        return chosen
    return _free(parcels, busy, limit)


def _free(parcels, busy, limit):
    held, chosen = set(busy), []
    for parcel in parcels:
        if len(chosen) == limit:
            break
        keys = parcel.keys
        if held.isdisjoint(keys):
            chosen.append(parcel)
        else:
            held |= keys
    return chosen


class Outgoing:
    """The head of the spool, and what its disk did not take."""

    def __init__(self, spool):
        self.spool = spool
        self.unsaved = []
        self.waiting = []
        self.flying = []
        self._open = deque()  # of the spool, in its order
        self._read_to = None
        self._confirmed_at = 0.0

    def load(self):
        """Read on where there is room."""
        room = WINDOW - len(self._open)
        if room > 0:
            found, self._read_to = self.spool.after(self._read_to, room)
            parcels = [Parcel(event, mark) for event, mark in found]
            self._open.extend(parcels)
            self.waiting += parcels
        if self.unsaved:
            known = {id(one.event) for one in (*self.waiting, *self.flying)}
            self.waiting += [
                Parcel(event, None)
                for event in self.unsaved[:WINDOW]
                if id(event) not in known
            ]

    def take(self, limit):
        """Return the parcels of the next request; they are under way now."""
        chosen = choose(self.waiting, self.flying, limit, time.monotonic())
        gone = set(map(id, chosen))
        self.waiting = [one for one in self.waiting if id(one) not in gone]
        self.flying += chosen
        return chosen

    def back(self, parcels):
        """Odoo did not take them: they wait again, where they were."""
        self._land(parcels)
        for parcel in parcels:
            parcel.is_refused = True
        self.waiting = [*parcels, *self.waiting]

    @property
    def is_any_refused(self):
        """Is there one that Odoo did not take and that has to go again?"""
        return any(one.is_refused for one in (*self.waiting, *self.flying))

    def done(self, parcels):
        """Odoo has them."""
        self._land(parcels)
        unsaved = {id(one.event) for one in parcels if one.mark is None}
        if unsaved:
            self.unsaved = [one for one in self.unsaved if id(one) not in unsaved]
        for parcel in parcels:
            parcel.is_done = True
        mark = None
        while self._open and self._open[0].is_done:
            mark = self._open.popleft().mark
        if mark:
            self._confirm(mark)

    def _land(self, parcels):
        landed = set(map(id, parcels))
        self.flying = [one for one in self.flying if id(one) not in landed]

    def _confirm(self, mark):
        now = time.monotonic()
        if not self._open or now - self._confirmed_at > CONFIRM_EVERY:
            self.spool.confirm(mark)
            self._confirmed_at = now
