# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Finesse notifications and REST answers as plain objects.

Nothing here raises on bad input: what cannot be read becomes a :class:`Rejection`
with a reason, so that a malformed notification never stops the reader.
"""

from dataclasses import dataclass, field
from datetime import datetime

from .xmlread import Unreadable, child, children, document, local, moment, text


@dataclass(frozen=True)
class Rejection:
    """A payload we could not use. ``reason`` holds no personal data."""

    reason: str


@dataclass(frozen=True)
class Participant:
    """One party of a dialog; ``changed`` is the time of its latest state."""

    address: str
    kind: str = ""
    state: str = ""
    cause: str = ""
    started: datetime | None = None
    changed: datetime | None = None
    actions: tuple = ()

    @property
    def is_gone(self):
        return self.state in ("DROPPED", "WRAP_UP", "FAILED", "ACCEPTED")


@dataclass(frozen=True)
class Dialog:
    """One Finesse dialog as one agent sees it. Any text may be empty."""

    id: str
    secondary_id: str = ""
    state: str = ""
    from_address: str = ""
    to_address: str = ""
    call_type: str = ""
    dialed_number: str = ""
    queue: str = ""
    media_type: str = ""
    participants: tuple = ()
    variables: dict = field(default_factory=dict)

    @property
    def is_voice(self):
        """Ids with underscores are chats and mails, never calls."""
        return "_" not in self.id and self.media_type.lower() in ("", "voice")

    def party(self, address):
        """The participant at ``address`` or None."""
        return next((p for p in self.participants if p.address == address), None)


@dataclass(frozen=True)
class User:
    """State of one agent."""

    id: str
    login_name: str = ""
    extension: str = ""
    state: str = ""
    pending_state: str = ""
    changed: datetime | None = None
    #: Why not ready: the label, or the id alone where no label is given.
    reason: str = ""


@dataclass(frozen=True)
class ApiError:
    """An error told by Finesse, in whichever of its two spellings."""

    type: str
    message: str = ""
    data: str = ""
    detail: str = ""

    @property
    def reason(self):
        """The finer code: a device fault of UCCX (88…), else CF_…; may be empty."""
        if self.data.startswith("88") and self.data.isdigit():
            return self.data
        return self.message if self.message.startswith("CF_") else ""

    def __str__(self):
        parts = [self.type, self.message, self.data, self.detail]
        return " / ".join(part for part in parts if part)


@dataclass(frozen=True)
class Update:
    """One notification: what happened (POST, PUT, DELETE) and to what."""

    event: str
    source: str = ""
    request_id: str = ""
    dialogs: tuple = ()
    user: User | None = None
    errors: tuple = ()
    system_status: str = ""


def read_notification(message):
    """All updates of one XMPP ``message`` element.

    Returns a list of :class:`Update` and :class:`Rejection`; empty when the message
    is no pub/sub event. Several items per message are allowed.
    """
    found = []
    try:
        for node in message.iter():
            if local(node) == "notification":
                found.append(_read_item(node))
    except Exception as error:  # noqa: BLE001 - the reader must live
        found.append(Rejection(f"unreadable message: {type(error).__name__}"))
    return found


def _read_item(node):
    """The payload is escaped text (already decoded once by XMPP) or child elements."""
    for item in node:
        if local(item).lower() == "update":
            return _guard(_read_update, item)
    return read_payload(node.text)


def read_payload(payload):
    """One ``<Update>`` text as :class:`Update` or :class:`Rejection`."""
    try:
        root = document(payload)
    except Unreadable as error:
        return Rejection(str(error))
    if local(root).lower() != "update":
        return Rejection(f"unexpected root element {local(root)[:40]!r}")
    return _guard(_read_update, root)


def _guard(reader, element):
    try:
        return reader(element)
    except Exception as error:  # noqa: BLE001 - the reader must live
        return Rejection(f"unreadable update: {type(error).__name__}")


def _read_update(root):
    data = child(root, "data")
    data = data if data is not None else root
    user = child(data, "user")
    return Update(
        event=text(root, "event").upper(),
        source=text(root, "source"),
        request_id=text(root, "requestId"),
        dialogs=tuple(dialogs_in(data)),
        user=user_in(user) if user is not None else None,
        errors=tuple(errors_in(data)),
        system_status=text(data, "systemInfo", "status"),
    )


def dialogs_in(element):
    """Dialogs below ``element``: ``dialogs/Dialog``, ``dialog`` or ``Dialog``."""
    found = []
    for holder in children(element, "dialogs", "dialog"):
        if local(holder).lower() == "dialogs":
            found.extend(children(holder, "dialog"))
        else:
            found.append(holder)
    read = [dialog_in(item) for item in found]
    return [dialog for dialog in read if dialog.id]


def dialog_in(element):
    """One ``Dialog`` element as :class:`Dialog`."""
    media = child(element, "mediaProperties")
    media = media if media is not None else element
    identifier = text(element, "id") or text(element, "uri").rpartition("/")[2]
    people = child(element, "participants")
    return Dialog(
        id=identifier,
        secondary_id=text(element, "secondaryId"),
        state=text(element, "state").upper(),
        from_address=text(element, "fromAddress"),
        to_address=text(element, "toAddress"),
        call_type=text(media, "callType").upper(),
        dialed_number=text(media, "dialedNumber") or text(media, "DNIS"),
        queue=text(media, "queueName"),
        media_type=text(element, "mediaType"),
        participants=tuple(
            _participant(item)
            for item in (children(people, "participant") if people is not None else ())
        ),
        variables=_variables(media),
    )


def _participant(element):
    actions = child(element, "actions")
    actions = actions if actions is not None else ()
    return Participant(
        address=text(element, "mediaAddress"),
        kind=text(element, "mediaAddressType").upper(),
        state=text(element, "state").upper(),
        cause=text(element, "stateCause").upper(),
        started=moment(text(element, "startTime")),
        changed=moment(text(element, "stateChangeTime")),
        actions=tuple((item.text or "").strip() for item in actions),
    )


def _variables(media):
    holder = child(media, "callvariables")
    if holder is None:
        return {}
    return {
        text(item, "name"): text(item, "value")
        for item in children(holder, "callvariable")
    }


def user_in(element):
    """One ``User`` element as :class:`User`."""
    return User(
        id=text(element, "loginId") or text(element, "uri").rpartition("/")[2],
        login_name=text(element, "loginName"),
        extension=text(element, "extension"),
        state=text(element, "state").upper(),
        pending_state=text(element, "pendingState").upper(),
        changed=moment(text(element, "stateChangeTime")),
        reason=_reason_of(element),
    )


def _reason_of(element):
    """Why the agent is not ready: label, else id; -1 and nothing mean no reason."""
    code = child(element, "ReasonCode")
    label = text(code, "label") if code is not None else ""
    number = text(element, "reasonCodeId")
    return label or ("" if number == "-1" else number)


def errors_in(element):
    """Errors below ``element``, in REST or notification spelling, wrapped or bare."""
    found = list(children(element, "apiError"))
    for holder in children(element, "apiErrors"):
        found.extend(children(holder, "apiError"))
    return [
        ApiError(
            type=text(item, "errorType"),
            message=text(item, "errorMessage"),
            data=text(item, "errorData") or text(item, "peripheralErrorCode"),
            detail=text(item, "peripheralErrorText")
            or text(item, "peripheralErrorMsg"),
        )
        for item in found
    ]


def read_error_body(body):
    """Errors of a REST answer body; an empty list when it holds none."""
    try:
        return errors_in(document(body))
    except Unreadable:
        return []


def read_user(body):
    """Answer of ``GET /User/{id}``. Raises :class:`Unreadable`."""
    return user_in(document(body))


def read_dialogs(body):
    """Answer of ``GET /User/{id}/Dialogs``. Raises :class:`Unreadable`."""
    root = document(body)
    if local(root).lower() == "dialogs":
        read = [dialog_in(item) for item in children(root, "dialog")]
        return [dialog for dialog in read if dialog.id]
    return dialogs_in(root)


def read_reasons(body):
    """Answer of ``GET /User/{id}/ReasonCodes``: list of dict(id, label).

    The id is the last part of the uri when there is no ``id``. Raises
    :class:`Unreadable`.
    """
    found = []
    for item in children(document(body), "reasoncode"):
        number = text(item, "id") or text(item, "uri").rpartition("/")[2]
        if number:
            found.append({"id": number, "label": text(item, "label") or number})
    return found


def read_wrap_up_reasons(body):
    """Labels in ``GET /User/{id}/WrapUpReasons``. Raises :class:`Unreadable`."""
    items = children(document(body), "wrapupreason")
    return [label for label in (text(item, "label") for item in items) if label]


def read_system(body):
    """Answer of ``GET /SystemInfo`` as a dict. Raises :class:`Unreadable`."""
    root = document(body)
    return {
        "status": text(root, "status").upper(),
        "xmpp_domain": text(root, "xmppDomain"),
        "pubsub_domain": text(root, "xmppPubSubDomain"),
        "primary": text(root, "primaryNode", "host"),
        "secondary": text(root, "secondaryNode", "host"),
    }
