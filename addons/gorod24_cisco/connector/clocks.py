# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Puts the times of recorders right, by what the exchange says of the same talks."""

import re
from collections import OrderedDict
from datetime import timedelta

from ..wire import clock, ids
from ..wire.xmlread import moment, stamp
from .spool import read_json, write_atomic

KEEP = 5000
PER_NAME = 200  # talks remembered for one telephone
ROUNDS = 20  # recordings without references that vote on a clock
TAUGHT = 200  # recordings of one recorder that are remembered to have been learned from
_BEGINS = ("call.answered", "call.retrieved")
# Keys of "refs" in a sidecar → kind of reference in events.
_KINDS = {
    "dialog_id": "dialog",
    "gcid": "gcid",
    "near_refci": "refci",
    "xrefci": "refci",
    "ccid": "ccid",
}


class Clocks:
    """Remembers when talks began, learns each recorder's error, corrects with it."""

    def __init__(self, path, calibration=None):
        self.path = path
        self.calibration = calibration
        self.begun = OrderedDict()
        self.rounds = {}
        self.taught = {}
        known = read_json(path, {})
        self.known = known if isinstance(known, dict) else {}

    def see(self, events):
        """Take note of the answers in neutral events."""
        for event in events:
            at = event.get("answered_at")
            at = event["at"] if event["type"] in _BEGINS else at
            if not at:
                continue
            for ref in event["refs"]:
                self._note(f"{ref['kind']}:{ref['value']}", moment(at))
            extension = (event.get("agent") or {}).get("extension")
            if extension:
                talk = (moment(at), _digits(event.get("remote_number")))
                self._note(f"line:{extension}", talk)
        while len(self.begun) > KEEP:
            self.begun.popitem(last=False)

    def _note(self, key, what):
        self.begun[key] = [*self.begun.get(key, ()), what][-PER_NAME:]
        self.begun.move_to_end(key)

    def correct(self, metadata):
        """The description with its start put right; what the recorder said is kept.

        While the clock is not known it says so, and Odoo takes no telephone and time
        alone for a proof.
        """
        said = moment(metadata.get("started_at"))
        recorder = metadata["recorder"]
        if said is None:
            return metadata
        begins = self._begins(metadata.get("refs"))
        if begins:
            seconds = min(((said - at).total_seconds() for at in begins), key=abs)
            self._learn(recorder, metadata, [seconds])
        else:
            self._guess(recorder, metadata, said)
        known = self.known.get(recorder, ())
        if not clock.is_known(known):
            return metadata | {"clock_known": False}
        off = clock.offset(known)
        if not off:
            return metadata
        right = stamp(said - timedelta(seconds=off))
        said = {"recorder_started_at": metadata["started_at"]}
        return metadata | said | {"started_at": right}

    def _learn(self, recorder, metadata, differences):
        """Learn from a recording, once: what Odoo could not take comes again."""
        name = (metadata.get("recording_id"), metadata["started_at"])
        taught = self.taught.setdefault(recorder, OrderedDict())
        if not differences or name in taught:
            return
        taught[name] = True
        while len(taught) > TAUGHT:
            taught.popitem(last=False)
        known = self.known.get(recorder, ())
        for seconds in differences:
            known = clock.learn(known, seconds)
        if known != self.known.get(recorder):
            self.known[recorder] = known
            write_atomic(self.path, self.known, sync=False)

    def _guess(self, recorder, metadata, said):
        """Learn from a recording that names no call: by telephone, number and time."""
        number = _digits(metadata.get("remote_number"))
        talks = self.begun.get(f"line:{metadata.get('agent_extension')}", ())
        found = [
            round((said - at).total_seconds(), 3)
            for at, other in talks
            if not (number and other) or number == other
        ]
        found = [seconds for seconds in found if abs(seconds) <= clock.LARGEST]
        known = self.known.get(recorder, ())
        if clock.is_known(known):
            middle = clock.offset(known)
            near = [one for one in found if abs(one - middle) <= clock.SPREAD]
            self._learn(recorder, metadata, near if len(near) == 1 else ())
            return
        rounds = self.rounds.setdefault(recorder, OrderedDict())
        # By name: an upload that Odoo could not take comes again.
        rounds[metadata.get("recording_id")] = found
        while len(rounds) > ROUNDS:
            rounds.popitem(last=False)
        seconds = clock.agreed(list(rounds.values()))
        if seconds is not None:
            self._learn(recorder, metadata, [seconds] * clock.ENOUGH)
            del self.rounds[recorder]

    def _begins(self, refs):
        found = []
        for name, kind in _KINDS.items():
            value = refs.get(name) if isinstance(refs, dict) else None
            for one in value if isinstance(value, list) else [value]:
                found += self.begun.get(f"{kind}:{one}", ())
                holds = self.calibration is None or self.calibration.dialog_ids
                named = holds and kind == "gcid" and isinstance(one, str)
                if named and one.count("/") == 1:
                    node, call = one.split("/")
                    if node.isdigit() and call.isdigit() and len(one) < 20:
                        number = ids.jtapi_id(int(node), int(call))
                        found += self.begun.get(f"dialog:{number}", ())
        return found

    def health(self):
        """{recorder: seconds its clock is off}."""
        return {name: clock.offset(known) for name, known in self.known.items()}


def _digits(number):
    """The last ten digits: spellings of one number differ before them."""
    return re.sub(r"[^0-9]", "", str(number or ""))[-10:]
