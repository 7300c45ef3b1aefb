# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What is remembered of one dialog at one telephone, also over a restart."""

from dataclasses import asdict, dataclass
from datetime import datetime

from .xmlread import moment, stamp

_MOMENTS = ("started", "changed", "missing", "found", "since", "over")


@dataclass
class Held:
    """What is known of one dialog. Times are aware UTC or None."""

    id: str
    visit: int = 1
    direction: str = ""
    remote: str = ""
    dialed: str = ""
    queue: str = ""
    secondary: str = ""
    party: str = ""
    cause: str = ""
    internal: bool = False
    started: datetime | None = None
    changed: datetime | None = None
    announced: bool = False
    answered: bool = False
    ended: bool = False
    others_left: bool = False
    #: Day the visit began (UTC, "20260115"): dialog ids are used again by exchanges.
    #: Empty in memories of an earlier version, whose events are named without it.
    day: str = ""
    #: Since when a snapshot has not held the dialog, though nobody told its end.
    missing: datetime | None = None
    #: Its end was concluded from snapshots alone.
    guessed: bool = False
    #: When it was found alive after such an end; nothing of this visit was earlier.
    found: datetime | None = None
    #: When a consult became the citizen's call here; nothing of his was earlier.
    since: datetime | None = None
    #: When its end was told to us.
    over: datetime | None = None
    mark: int = 0

    def as_json(self):
        """JSON-ready dict; :meth:`from_json` reads it back."""
        data = asdict(self)
        for key in _MOMENTS:
            data[key] = stamp(data[key]) if data[key] else None
        return data

    @classmethod
    def from_json(cls, data):
        """Rebuild from :meth:`as_json`; unknown keys are left out."""
        known = {key: data[key] for key in cls.__dataclass_fields__ if key in data}
        for key in _MOMENTS:
            known[key] = moment(known.get(key))
        return cls(**known)
