# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Parameters of a recorded call in the From header that CUCM sends to a recorder.

Two INVITEs come for each recording, one for each stream, with the same near and far
values; the first parameter tells which stream this is (§7.1 of the protocol sheet).
Recorders that do not read them keep the header as it came; :func:`fill` makes of it
what a sidecar wants.
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
        found = {
            "near_refci": self.near_refci,
            "far_refci": self.far_refci,
            "cluster": self.near_cluster,
        }
        return {name: value for name, value in found.items() if value}


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


def fill(description):
    """A sidecar whose ``refs`` hold the header (``sip_from``), said in its own words.

    What the recorder told itself stays; the header goes no further, for it names the
    citizen's number in plain. One that tells nothing is no reason to refuse the sound.
    """
    refs = description.get("refs")
    if not isinstance(refs, dict) or "sip_from" not in refs:
        return description
    found = read_from(refs["sip_from"])
    refs = {name: value for name, value in refs.items() if name != "sip_from"}
    description = description | {"refs": refs}
    if isinstance(found, Refused):
        return description
    for name, value in found.refs().items():
        refs[name] = refs.get(name) or value
    for name, value in (
        ("agent_extension", found.near_address),
        ("remote_number", found.far_address),
    ):
        if value and not description.get(name):
            description[name] = value
    return description
