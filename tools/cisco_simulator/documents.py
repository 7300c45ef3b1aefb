# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""XML of the simulated Finesse, with elements in random order as in the wild."""

import random
from xml.sax.saxutils import escape

from .calls import stamp

NAMESPACES = ("http://jabber.org/protocol/pubsub", "urn:xmpp:push:0")


def element(name, content="", raw=False):
    """``<name>content</name>``; content is escaped unless ``raw``."""
    return f"<{name}>{content if raw else escape(str(content))}</{name}>"


def shuffled(*parts):
    """The parts in random order: clients must not rely on any."""
    parts = list(parts)
    random.shuffle(parts)
    return "".join(parts)


def _party(party, hidden=False):
    actions = "".join(element("action", name) for name in party.actions)
    return element(
        "Participant",
        shuffled(
            element("actions", actions, raw=True),
            element("mediaAddress", "" if hidden else party.address),
            element("mediaAddressType", party.kind),
            element("startTime", stamp(party.started)),
            element("state", party.state),
            element("stateCause", party.cause),
            element("stateChangeTime", stamp(party.changed)),
        ),
        raw=True,
    )


def _media(call):
    variables = "".join(
        element(
            "CallVariable",
            shuffled(
                element("name", f"callVariable{number}"),
                element("value", value),
            ),
            raw=True,
        )
        for number, value in _variables(call).items()
    )
    kind = call.kind or ("ACD_IN" if call.direction == "in" else "OUT")
    return shuffled(
        element("mediaId", 1),
        element("DNIS", call.dialed),
        element("dialedNumber", call.dialed),
        element("callType", kind),
        element("queueNumber", 3 if call.queue else ""),
        element("queueName", call.queue),
        element("outboundClassification"),
        element("callvariables", variables, raw=True),
        element("wrapUpReason", call.wrap_up),
    )


def _variables(call):
    number = "" if call.hides_number else call.remote
    return {1: number, 2: "", 3: ""} | call.variables


def dialog(call, name="Dialog"):
    """One dialog as Finesse prints it."""
    caller, called = call.remote, call.dialed
    if call.direction == "out":
        caller, called = call.agent.extension, call.remote
    caller, called = call.caller or caller, call.called or called
    if call.hides_number:
        caller = ""
    parties = "".join(
        _party(party, call.hides_number and party is call.far) for party in call.parties
    )
    return element(
        name,
        shuffled(
            element("associatedDialogUri"),
            element("fromAddress", caller),
            element("id", call.id),
            element("secondaryId", call.secondary),
            element("mediaProperties", _media(call), raw=True),
            element("mediaType", "Voice"),
            element("participants", parties, raw=True),
            element("state", call.state),
            element("toAddress", called),
            element("uri", f"/finesse/api/Dialog/{call.id}"),
        ),
        raw=True,
    )


def user(agent, name="User"):
    """One agent as Finesse prints him."""
    return element(
        name,
        shuffled(
            element("dialogs", f"/finesse/api/User/{agent.id}/Dialogs"),
            element("extension", "" if agent.state == "LOGOUT" else agent.extension),
            element("firstName", agent.name),
            element("lastName", ""),
            element("loginId", agent.id),
            element("loginName", f"agent_{agent.id}"),
            element("mediaType", 1),
            element("pendingState", agent.pending),
            element("reasonCodeId", agent.reason or -1),
            element("roles", element("role", "Agent"), raw=True),
            element("state", agent.state),
            element("stateChangeTime", stamp(agent.changed)),
            element("teamId", 5005),
            element("teamName", "Город 24"),
            element("uri", f"/finesse/api/User/{agent.id}"),
            element("wrapUpTimer", 30),
        ),
        raw=True,
    )


def update(event, source, data, request_id=""):
    """The payload of one notification."""
    return element(
        "Update",
        shuffled(
            element("data", data, raw=True),
            element("event", event),
            element("requestId", request_id),
            element("source", source),
        ),
        raw=True,
    )


def error_update(source, kind, message, data, request_id):
    """An asynchronous error, in the lower-camel spelling of notifications."""
    parts = shuffled(
        element("errorType", kind),
        element("errorMessage", message),
        element("errorData", data),
    )
    inner = element("apiErrors", element("apiError", parts, raw=True), raw=True)
    return update("put", source, inner, request_id)


def error_body(kind, message, data=""):
    """An error answer of REST, in its capitalised spelling."""
    parts = (
        element("ErrorType", kind)
        + element("ErrorMessage", message)
        + element("ErrorData", data)
    )
    return element("ApiErrors", element("ApiError", parts, raw=True), raw=True)


def message(sender, recipient, node, payload, number):
    """An XMPP message that carries ``payload`` as escaped text."""
    return (
        f'<message from="{sender}" to="{recipient}" id="{number}">'
        '<event xmlns="http://jabber.org/protocol/pubsub#event">'
        f'<items node="{escape(node)}"><item id="{number}-item">'
        f'<notification xmlns="{random.choice(NAMESPACES)}">'  # noqa: S311
        f"{escape(payload)}</notification></item></items></event></message>"
    )
