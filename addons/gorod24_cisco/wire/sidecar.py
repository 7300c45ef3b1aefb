# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The recorder's description of one audio file (JSON beside the file)."""

import json
import re

MAX_SIDECAR = 64 * 1024
DAY = 86_400
AUDIO = (".wav", ".mp3", ".ogg", ".opus", ".m4a", ".mp4")
_MAGIC = (
    (b"RIFF", "audio/wav"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
)


class SidecarError(ValueError):
    """The description cannot be used; the text names the field."""


def read(raw):
    """Check the bytes of a sidecar and return its dict.

    Required: version 1, recorder, recording_id, started_at, duration_s from 0 to a day.
    The event door checks the rest again. Raises :class:`SidecarError`.
    """
    if len(raw) > MAX_SIDECAR:
        raise SidecarError("the description is too long")
    try:
        data = json.loads(raw.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise SidecarError("the description is not JSON") from error
    if not isinstance(data, dict):
        raise SidecarError("the description is not a JSON object")
    if data.get("version", 1) != 1:
        raise SidecarError("version: only version 1 is known")
    for name in ("recorder", "recording_id", "started_at"):
        if not isinstance(data.get(name), str) or not data[name].strip():
            raise SidecarError(f"{name}: required")
    duration = data.get("duration_s")
    if isinstance(duration, bool) or not isinstance(duration, int | float):
        raise SidecarError("duration_s: seconds are expected")
    if not 0 <= duration <= DAY:
        raise SidecarError("duration_s: seconds up to a day are expected")
    digest = data.get("sha256")
    if digest and not re.fullmatch("[0-9a-fA-F]{64}", str(digest)):
        raise SidecarError("sha256: 64 hexadecimal digits are expected")
    return data


def audio_type(head):
    """Media type told by the first 16 bytes of a file, '' when we do not take it."""
    if head[4:8] == b"ftyp":
        return "audio/mp4"
    if head.startswith(b"RIFF") and head[8:12] != b"WAVE":
        return ""
    if _is_mpeg_frame(head):
        return "audio/mpeg"
    return next((kind for magic, kind in _MAGIC if head.startswith(magic)), "")


def _is_mpeg_frame(head):
    """The mark of an MPEG frame of layer III or II: all versions, checksum or not.

    Odoo looks closer; what it takes must not be set aside here.
    """
    marks = head[:2].ljust(2, b"\0")
    return marks[0] == 0xFF and marks[1] & 0xE0 == 0xE0 and marks[1] >> 1 & 3 in (1, 2)
