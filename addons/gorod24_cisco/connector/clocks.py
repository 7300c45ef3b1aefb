# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Puts the times of recorders right, by what the exchange says of the same talks."""

from collections import OrderedDict
from datetime import timedelta

from ..wire import clock, ids
from ..wire.xmlread import moment, stamp
from .spool import read_json, write_atomic

KEEP = 5000
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
                key = f"{ref['kind']}:{ref['value']}"
                self.begun.setdefault(key, []).append(moment(at))
                self.begun.move_to_end(key)
        while len(self.begun) > KEEP:
            self.begun.popitem(last=False)

    def correct(self, metadata):
        """The description with its start put right; what the recorder said is kept."""
        said = moment(metadata.get("started_at"))
        recorder = metadata["recorder"]
        if said is None:
            return metadata
        begins = self._begins(metadata.get("refs"))
        if begins:
            seconds = min(((said - at).total_seconds() for at in begins), key=abs)
            known = clock.learn(self.known.get(recorder, ()), seconds)
            if known != self.known.get(recorder):
                self.known[recorder] = known
                write_atomic(self.path, self.known, sync=False)
        off = clock.offset(self.known.get(recorder, ()))
        if not off:
            return metadata
        right = stamp(said - timedelta(seconds=off))
        said = {"recorder_started_at": metadata["started_at"]}
        return metadata | said | {"started_at": right}

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
