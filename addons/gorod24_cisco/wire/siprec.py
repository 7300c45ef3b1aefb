# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Parameters of a recorded call in the From header that CUCM sends to a recorder.

Two INVITEs come for each recording, one for each stream, with the same near and far
values; the first parameter tells which stream this is (§7.1 of the protocol sheet).
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote

MAX_HEADER = 4096
_STREAMS = ("x-nearend", "x-farend")


@dataclass(frozen=True)
class Refused:
    """A header that tells nothing; ``reason`` holds no personal data."""

    reason: str


@dataclass(frozen=True)
class Recorded:
    """Near is the recorded telephone, far the other side; texts may be empty."""

    stream: str
    near_refci: str = ""
    near_device: str = ""
    near_address: str = ""
    near_cluster: str = ""
    far_refci: str = ""
    far_device: str = ""
    far_address: str = ""
    far_cluster: str = ""
    session: str = ""

    def refs(self):
        """``refs`` of a sidecar."""
        return {"near_refci": self.near_refci, "far_refci": self.far_refci}


def read_from(header):
    """A From header (or its URI) as :class:`Recorded` or :class:`Refused`."""
    text = re.sub(r"\r?\n[ \t]+", " ", str(header or ""))
    if len(text) > MAX_HEADER:
        return Refused("the header is too long")
    found = re.search(r"<([^>]*)>", text)
    uri = found.group(1) if found else text
    values = {}
    for part in uri.split(";")[1:]:
        name, _equals, value = part.partition("=")
        values.setdefault(name.strip().lower(), unquote(value.strip())[:128])
    stream = next((name[2:] for name in _STREAMS if name in values), "")
    if not stream:
        return Refused("neither x-nearend nor x-farend")
    if not values.get("x-refci"):
        return Refused("x-refci is missing")
    return Recorded(
        stream=stream,
        near_refci=values["x-refci"],
        near_device=values.get("x-nearenddevice", ""),
        near_address=values.get("x-nearendaddr", ""),
        near_cluster=values.get("x-nearendclusterid", ""),
        far_refci=values.get("x-farendrefci", ""),
        far_device=values.get("x-farenddevice", ""),
        far_address=values.get("x-farendaddr", ""),
        far_cluster=values.get("x-farendclusterid", ""),
        session=values.get("x-sessionid", ""),
    )
