# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What is remembered of one dialog at one telephone, also over a restart."""

from dataclasses import asdict, dataclass, field
from datetime import datetime

from .remote import remote_number, sure_number
from .xmlread import moment, stamp

_MOMENTS = ("started", "changed", "missing", "found", "since", "over", "told_at")
MAX_TEXT = 200


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
    #: The number was found out by the script: the switch's own does not replace it.
    is_sure: bool = False
    #: The time of the last event told; empty in memories of an earlier version.
    told_at: datetime | None = None
    #: What the last event told of the call, and how often that alone was news.
    shown: list = field(default_factory=list)
    updates: int = 0

    @property
    def data(self):
        """What may become known only while the call is at the telephone already."""
        return [self.remote, self.queue]

    @property
    def has_news(self):
        """Was less told of the call than is known now?"""
        is_live = self.announced and not self.ended and self.told_at is not None
        return is_live and self.data != self.shown

    def learn(self, dialog, extension, variable):
        """Take in what ``dialog`` tells of the call, beside the agent's own state.

        Once he is talked with, the citizen is who he is: in a conference he may be gone
        before the other party.
        """
        sure = sure_number(dialog, extension, variable)
        if sure or not (self.remote and (self.is_sure or self.answered)):
            number = sure or remote_number(dialog, extension)
            self.remote = (number or self.remote)[:MAX_TEXT]
            self.is_sure = self.is_sure or bool(sure)
        dialed = dialog.dialed_number or dialog.to_address or self.dialed
        self.dialed = dialed[:MAX_TEXT]
        self.queue = (dialog.queue or self.queue)[:MAX_TEXT]
        self.secondary = (dialog.secondary_id or self.secondary)[:MAX_TEXT]

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
