# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Request bodies of the Finesse REST interface. Every value is escaped."""

import re
from xml.sax.saxutils import escape

ON_DIALOG = ("ANSWER", "HOLD", "RETRIEVE", "DROP")
STATES = ("READY", "NOT_READY")
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def dialable(number):
    """Digits, ``*`` and ``#`` of ``number``: Finesse itself cleans nothing.

    Raises ValueError when no digit is left.
    """
    cleaned = re.sub(r"[^0-9*#]", "", number or "")
    if not re.search(r"\d", cleaned):
        raise ValueError("no digit to dial")
    return cleaned


def make_call(extension, number):
    """Body of ``POST /User/{id}/Dialogs`` that dials ``number``."""
    return _element(
        "Dialog",
        requestedAction="MAKE_CALL",
        fromAddress=extension,
        toAddress=dialable(number),
    )


def on_dialog(action, extension):
    """Body of ``PUT /Dialog/{id}`` for ANSWER, HOLD, RETRIEVE or DROP."""
    if action not in ON_DIALOG:
        raise ValueError(f"unknown action {action!r}")
    return _element("Dialog", targetMediaAddress=extension, requestedAction=action)


def change_state(state, reason_code=None):
    """Body of ``PUT /User/{id}``; signing in and out is not ours to do."""
    if state not in STATES:
        raise ValueError(f"unknown state {state!r}")
    if state == "NOT_READY" and reason_code:
        return _element("User", state=state, reasonCodeId=reason_code)
    return _element("User", state=state)


def _element(name, **values):
    inner = "".join(
        f"<{key}>{escape(_FORBIDDEN.sub('', str(value)))}</{key}>"
        for key, value in values.items()
    )
    return f"<{name}>{inner}</{name}>"
