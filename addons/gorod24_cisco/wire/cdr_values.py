# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Values in CDR rows and what they mean (CDR Administration Guide, «CDR Codes»)."""

from datetime import UTC, datetime
from ipaddress import IPv4Address

SPLIT = 393216  # bookkeeping of a transfer or conference, not an error
CONFERENCE_FULL, CONFERENCE_DROP = 262144, 458752
BUSY = frozenset((17,))
NO_ANSWER = frozenset((18, 19, 20, 102))
QUIET = frozenset((0, 16, 31, 126, SPLIT, CONFERENCE_DROP))

# OnBehalfOf
PARK, CONFERENCE, FORWARD, TRANSFER, DEVICE, BARGE, PICKUP = 3, 4, 5, 10, 12, 15, 16
RECORDING, MONITORING, GREETING, QUEUEING = 27, 28, 33, 34
ASIDE = frozenset((RECORDING, MONITORING, GREETING))

# Redirect reasons: recording, monitoring, greeting
ASIDE_REASONS = frozenset((354, 370, 752))


def moment(seconds):
    """Epoch seconds of a CDR as an aware UTC datetime; None for 0 and nonsense."""
    if not isinstance(seconds, int) or not 0 < seconds <= 0xFFFFFFFF:
        return None
    return datetime.fromtimestamp(seconds, UTC)


def ipv4(number):
    """Signed, byte-reversed integer of a CDR as dotted text; '' for 0 and nonsense."""
    if not isinstance(number, int) or not -(2**31) <= number < 2**32 or not number:
        return ""
    return str(IPv4Address((number & 0xFFFFFFFF).to_bytes(4, "little")))


def q850(cause):
    """The Q.850 cause in ``cause``: SIP answers carry it in the low bits."""
    if cause in (SPLIT, CONFERENCE_FULL, CONFERENCE_DROP) or cause < 1 << 24:
        return cause
    return cause & 0x7F


def end_reason(orig_cause, dest_cause, connected, passed_on):
    """Neutral end of a leg.

    The side that released has the non-zero cause; the other is 0.

    :param connected: it was answered.
    :param passed_on: it was transferred, parked, joined to another, or redirected.
    """
    if connected:
        return "transferred" if passed_on else "normal"
    causes = {q850(orig_cause), q850(dest_cause)}
    if causes & BUSY:
        return "busy"
    if passed_on or causes & NO_ANSWER:
        return "no_answer"
    if causes - QUIET:
        return "failed"
    return "abandoned" if q850(orig_cause) else "no_answer"
