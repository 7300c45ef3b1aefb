# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Names that CUCM, JTAPI, TAPI, UCCX and recorders give to the same call.

Source of the arithmetic: JTAPI and TAPI developer notes, CDR samples of two clusters.
"""

import re
from dataclasses import dataclass

PROTOCOL_SIP, PROTOCOL_H323, PROTOCOL_CTI, PROTOCOL_Q931 = 1, 2, 3, 4
_CALL_ID = 0xFFFFFF


@dataclass(frozen=True)
class CallRef:
    """What a ProtocolCallRef holds: a leg of a call (CTI), or a ccid (SIP)."""

    call_id: int = 0
    leg: int = 0
    ccid: str = ""


def jtapi_id(node, call_id):
    """Call id of JTAPI (a Finesse dialog id, too) for a global call id."""
    return ((node & 0xFF) << 24) | (call_id & _CALL_ID)


def tapi_id(node, call_id):
    """Call id of TAPI for a global call id."""
    return ((node & 0x3FF) << 22) | (call_id & 0x3FFFFF)


def split_jtapi_id(number):
    """(node, call id) of a JTAPI call id; None when it is none.

    Only the low byte of the node is in it.
    """
    text = "" if number is None else str(number)
    if not re.fullmatch(r"[0-9]{1,10}", text, re.ASCII) or int(text) > 0xFFFFFFFF:
        return None
    return int(text) >> 24, int(text) & _CALL_ID


def gcid(node, call_id):
    """The global call id as it is written in references: ``1/27161``."""
    return f"{node}/{call_id}"


def ccid(words):
    """Four 32-bit words of a Cisco-GUID in MediaSense's spelling."""
    return "-".join(f"{word:010d}" for word in words)


def read_call_ref(protocol, text):
    """A ProtocolCallRef of a CDR or of UCCX as :class:`CallRef`, or None.

    Protocol 3 (CTI) holds ``0, callId, leg CI, 0``; 1 (SIP) a Cisco-GUID; what 4
    (Q.931) holds may embed a telephone number, so nothing of it is read.
    """
    text = (text or "").strip()
    if not re.fullmatch(r"[0-9A-Fa-f]{32}", text, re.ASCII):
        return None
    words = [int(text[at : at + 8], 16) for at in (0, 8, 16, 24)]
    if protocol == PROTOCOL_CTI:
        if words[0] or words[3] or not words[1]:
            return None
        return CallRef(call_id=words[1], leg=words[2])
    if protocol == PROTOCOL_SIP and any(words):
        return CallRef(ccid=ccid(words))
    return None
