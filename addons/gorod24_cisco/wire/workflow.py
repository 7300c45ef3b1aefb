# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a Finesse workflow tells by an HTTP request from the operator's desktop (§4.5).

It knows the dialog and the agent but can write no time, and says the same again when
the page is refreshed. So the time is ours, and the event is named by dialog, agent,
trigger and day: exchanges use their dialog ids again.
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


@dataclass(frozen=True)
class Refused:
    """A request that cannot be used; ``reason`` names the field."""

    reason: str


def event(values, now):
    """Neutral event of a request, or :class:`Refused`.

    :param values: trigger, dialog, agent, extension, number, dialed, queue, direction;
        texts, as a workflow fills them in. A variable the desktop could not fill stays
        as ``${name}`` and counts as empty.
    :param now: aware time of the request.
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
    made = {
        "event_id": f"workflow|{now:%Y%m%d}|{dialog}|{agent}|{trigger}",
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
    return made | ({"end_reason": "normal"} if trigger == "ends" else {})


def _text(value):
    text = str(value or "").strip()[:MAX_TEXT].replace("\x00", "")
    return "" if re.fullmatch(r"\$\{.*\}", text) else text
