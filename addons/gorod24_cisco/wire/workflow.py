# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a Finesse workflow tells by an HTTP request from the operator's desktop (§4.5).

It knows the dialog and the agent but can write no time, and says the same again when
the page is refreshed. So the time is ours, and the event is named by dialog, agent,
trigger and day: exchanges use their dialog ids again. A dialog that left the agent and
comes back is another turn of his, and its events have its number.
"""

import re
from dataclasses import dataclass

from .xmlread import stamp

TRIGGERS = {
    "arrives": "call.ringing",
    "making": "call.dialing",
    "answered": "call.answered",
    "ends": "call.ended",
}
MAX_TEXT = 128
OVER = ("missed", "talked")


@dataclass(frozen=True)
class Refused:
    """A request that cannot be used; ``reason`` names the field."""

    reason: str


def event(values, now, turns=()):
    """Neutral event of a request, or :class:`Refused`.

    :param values: trigger, dialog, agent, extension, number, dialed, queue, direction,
        others (state of the other party when the call ends); texts, as a workflow fills
        them in. A variable the desktop could not fill stays as ``${name}`` and counts
        as empty.
    :param now: aware time of the request.
    :param turns: of this agent at this dialog so far, in the order of time: each
        "ringing", "answered", "missed" or "talked".
    """
    texts = {name: _text(value) for name, value in dict(values).items()}
    trigger = texts.get("trigger", "")
    if trigger not in TRIGGERS:
        return Refused(f"trigger: one of {', '.join(TRIGGERS)} is expected")
    dialog, agent = texts.get("dialog", ""), texts.get("agent", "")
    if not re.fullmatch(r"[0-9]{1,20}", dialog, re.ASCII):
        return Refused("dialog: digits are expected")
    if not re.fullmatch(r"[0-9A-Za-z_.@-]{1,64}", agent, re.ASCII):
        return Refused("agent: the agent's id is expected")
    outgoing = trigger == "making" or texts.get("direction") == "out"
    is_back = trigger in ("arrives", "making") and turns and turns[-1] in OVER
    turn = max(len(turns), 1) + bool(is_back)
    named = f"workflow|{now:%Y%m%d}|{dialog}|{agent}|{trigger}"
    made = {
        "event_id": named if turn == 1 else f"{named}|{turn}",
        "source": "finesse-workflow",
        "type": TRIGGERS[trigger],
        "at": stamp(now),
        "refs": [{"system": "finesse", "kind": "dialog", "value": dialog}],
        "agent": {"id": agent, "extension": texts.get("extension", "")},
        "direction": "out" if outgoing else "in",
        "remote_number": texts.get("number", ""),
        "dialed_number": texts.get("dialed", ""),
        "queue": texts.get("queue", ""),
    }
    if trigger == "ends":
        made["end_reason"] = _end_reason(turns, outgoing, texts.get("others", ""))
    return made


def _end_reason(turns, outgoing, others):
    """Why the turn ended, as far as it can be known; "" leaves it to the journal.

    Whether a citizen gave up or the operator did not lift is told by the state of the
    other party alone.
    """
    if not turns or turns[-1] in ("answered", "talked"):
        return "normal"
    if outgoing:
        return "no_answer"
    if others:
        return "abandoned" if others.upper() == "DROPPED" else "no_answer"
    return ""


def _text(value):
    text = str(value or "").strip()[:MAX_TEXT].replace("\x00", "")
    return "" if re.fullmatch(r"\$\{.*\}", text) else text
