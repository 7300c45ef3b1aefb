# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The description of a recording: the JSON that lies beside the sound file."""

import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

MAX_TEXT = 128
MAX_DURATION = 24 * 3600
# Keys of "refs" in the sidecar → kind of reference on a call.
_KINDS = {
    "dialog_id": "dialog",
    "gcid": "gcid",
    "near_refci": "refci",
    "far_refci": "refci",
    "xrefci": "refci",
    "ccid": "ccid",
    "protocol_call_ref": "call_ref",
    "uccx_contact": "uccx_contact",
    "cluster": "cluster",  # no name of a call: whose names they are
}


class SidecarError(ValueError):
    """The description cannot be used; the text names the field."""


@dataclass(frozen=True)
class Sidecar:
    """A checked description. Times are naive UTC, duration is in seconds."""

    recorder: str
    recording_id: str
    started_at: datetime
    duration: float
    direction: str = ""
    extension: str = ""
    agent_id: str = ""
    remote_number: str = ""
    refs: frozenset = frozenset()  # {(kind, value)}
    segment: int = 1
    sha256: str = ""
    clock_known: bool = True  # False: its times may be minutes off

    @property
    def cluster(self):
        """The cluster whose names ``refs`` are, "" when it is not told."""
        return next((value for kind, value in self.refs if kind == "cluster"), "")

    @property
    def ended_at(self):
        return self.started_at + timedelta(seconds=self.duration)


def parse_sidecar(data):
    """Check a sidecar (version 1) and return it as :class:`Sidecar`.

    ``refs`` is the recorder's object (dialog_id, gcid, near_refci …) or a list of
    neutral references {system, kind, value}.

    :raises SidecarError: with a text that names the wrong field.
    """
    if not isinstance(data, dict):
        raise SidecarError("metadata: an object is expected")
    if data.get("version", 1) != 1:
        raise SidecarError("version: only version 1 is known")
    sha256 = _text(data, "sha256").lower()
    if sha256 and not re.fullmatch("[0-9a-f]{64}", sha256):
        raise SidecarError("sha256: 64 hexadecimal digits are expected")
    segment = data.get("segment", 1)
    if isinstance(segment, bool) or not isinstance(segment, int) or segment < 1:
        raise SidecarError("segment: a number from 1 is expected")
    return Sidecar(
        recorder=_text(data, "recorder", required=True),
        recording_id=_text(data, "recording_id", required=True),
        started_at=_moment(data.get("started_at")),
        duration=_duration(data.get("duration_s")),
        direction=_text(data, "direction"),
        extension=_text(data, "agent_extension"),
        agent_id=_text(data, "agent_id"),
        remote_number=_text(data, "remote_number"),
        refs=_refs(data.get("refs")),
        segment=min(segment, 9999),
        sha256=sha256,
        clock_known=data.get("clock_known") is not False,
    )


def _text(data, key, required=False):
    value = data.get(key)
    if value is None or value == "":
        if required:
            raise SidecarError(f"{key}: required")
        return ""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise SidecarError(f"{key}: text is expected")
    value = str(value).strip()
    if len(value) > MAX_TEXT or not _is_text(value):
        raise SidecarError(f"{key}: at most {MAX_TEXT} printable characters")
    return value


def _is_text(value):
    return "\x00" not in value and not any("\ud800" <= c <= "\udfff" for c in value)


def _moment(value):
    try:
        moment = datetime.fromisoformat(value.replace("Z", "+00:00"))
        moment = moment.astimezone(UTC) if moment.tzinfo else None
    except (AttributeError, ValueError, OverflowError):
        moment = None
    if moment is None or not 2000 <= moment.year <= 2200:
        raise SidecarError("started_at: an ISO 8601 time with its zone is expected")
    return moment.replace(tzinfo=None)


def _duration(value):
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise SidecarError("duration_s: seconds are expected")
    if not math.isfinite(value) or not 0 <= value <= MAX_DURATION:
        raise SidecarError("duration_s: from 0 seconds to a day is expected")
    return float(value)


def _refs(value):
    if value is None:
        return frozenset()
    if isinstance(value, list):
        pairs = [
            (item.get("kind"), item.get("value"))
            for item in value
            if isinstance(item, dict)
        ]
    elif isinstance(value, dict):
        pairs = [(kind, value.get(key)) for key, kind in _KINDS.items()]
    else:
        raise SidecarError("refs: an object or a list is expected")
    found = set()
    for kind, item in pairs:
        for one in item if isinstance(item, list) else [item]:
            if isinstance(one, bool) or not isinstance(one, (str, int)) or not one:
                continue
            text = str(one).strip()[:MAX_TEXT]
            text = text.lower() if kind == "call_ref" else text
            if _is_text(text) and isinstance(kind, str) and _is_text(kind):
                found.add((kind, text))
    return frozenset(found)
