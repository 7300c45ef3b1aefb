# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What happened in one telephone conversation, as plain Python.

``event`` reads and checks the neutral events of the event door, ``fold`` turns any set
of them into one conversation, ``digits`` builds what has to be dialled. No Odoo here.
"""

from .bundle import bundles
from .digits import dial_digits
from .event import (
    AGENT_STATE,
    QUALITY,
    RECORD,
    UPDATED,
    Event,
    EventError,
    Ref,
    check_plausible,
    ended_keys,
    parse_event,
)
from .fold import SAME_CALL, Conversation, Leg, fold
from .record import on_our_clock

__all__ = [
    "AGENT_STATE",
    "QUALITY",
    "RECORD",
    "SAME_CALL",
    "UPDATED",
    "Conversation",
    "Event",
    "EventError",
    "Leg",
    "Ref",
    "bundles",
    "check_plausible",
    "dial_digits",
    "ended_keys",
    "fold",
    "on_our_clock",
    "parse_event",
]
