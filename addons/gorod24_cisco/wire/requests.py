# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Request bodies of the Finesse REST interface. Every value is escaped."""

import re
from xml.sax.saxutils import escape

ON_DIALOG = ("ANSWER", "HOLD", "RETRIEVE", "DROP", "TRANSFER", "CONFERENCE")
TO_NUMBER = ("CONSULT_CALL", "TRANSFER_SST")
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
    """Body of ``PUT /Dialog/{id}`` for an action that needs no more words.

    TRANSFER and CONFERENCE complete what CONSULT_CALL began (§3.5 of the sheet).
    """
    if action not in ON_DIALOG:
        raise ValueError(f"unknown action {action!r}")
    return _element("Dialog", targetMediaAddress=extension, requestedAction=action)


def to_number(action, extension, number):
    """Body of ``PUT /Dialog/{id}`` for CONSULT_CALL or TRANSFER_SST (blind)."""
    if action not in TO_NUMBER:
        raise ValueError(f"unknown action {action!r}")
    return _element(
        "Dialog",
        requestedAction=action,
        toAddress=dialable(number),
        targetMediaAddress=extension,
    )


def send_dtmf(extension, digits):
    """Body of ``PUT /Dialog/{id}`` that sends tones; UCCX takes 0-9, * and # only."""
    if not re.fullmatch(r"[0-9*#]{1,32}", digits or ""):
        raise ValueError("tones are 0-9, * and #")
    value = _element("ActionParam", name="dtmfString", value=digits)
    return _wrap(
        "Dialog",
        _element("requestedAction", _text="SEND_DTMF"),
        _element("targetMediaAddress", _text=extension),
        _wrap("actionParams", value),
    )


def wrap_up(reason):
    """Body of ``PUT /Dialog/{id}`` that sets the reason of the conversation."""
    inner = _element("mediaProperties", wrapUpReason=reason)
    action = _element("requestedAction", _text="UPDATE_CALL_DATA")
    return _wrap("Dialog", action, inner)


def change_state(state, reason_code=None):
    """Body of ``PUT /User/{id}``; signing in and out is not ours to do."""
    if state not in STATES:
        raise ValueError(f"unknown state {state!r}")
    if state == "NOT_READY" and reason_code:
        return _element("User", state=state, reasonCodeId=reason_code)
    return _element("User", state=state)


def _element(_tag, _text="", **values):
    """``<name>``: children of the values, or a text; everything is escaped."""
    parts = [_element(key, _text=value) for key, value in values.items()]
    return _wrap(_tag, escape(_FORBIDDEN.sub("", str(_text))), *parts)


def _wrap(name, *parts):
    return f"<{name}>{''.join(parts)}</{name}>"
