# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The real type of a sound file, from its first bytes (its name is never trusted)."""


def audio_type(head):
    """Return (mimetype, extension) of a sound file, or None for anything else.

    :param head: at least the first 64 bytes of the file.
    """
    head = bytes(head[:64])
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "audio/wav", "wav"
    if head[:4] == b"OggS":
        return "audio/ogg", "ogg"
    if head[4:8] == b"ftyp" and head[8:11] in (b"M4A", b"mp4", b"iso", b"das", b"3gp"):
        return "audio/mp4", "m4a"
    if head[:3] == b"ID3" or _mpeg_frame(head):
        return "audio/mpeg", "mp3"
    return None


def _mpeg_frame(head):
    """Is this the header of an MPEG audio frame, layer III or II?"""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return False
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    bitrate, rate = head[2] >> 4, head[2] >> 2 & 3
    return version != 1 and layer in (1, 2) and bitrate not in (0, 15) and rate != 3
