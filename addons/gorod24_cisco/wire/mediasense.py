# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""MediaSense: queries, answers and events as plain objects (§7.2).

HTTP is 200 even on failure: ``responseCode`` counts. ``urls`` is an object in answers
and a list of objects in events. Nothing here raises on bad input.
"""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime

OK, INVALID_SESSION, TOO_MANY = 2000, 4021, 5042
CLOSED = ("CLOSED_NORMAL", "CLOSED_ERROR")
MAX_BODY = 8 * 1024 * 1024
_LATEST_MS = 4_102_444_800_000  # the year 2100


@dataclass(frozen=True)
class Refused:
    """An answer or event that cannot be used."""

    reason: str


@dataclass(frozen=True)
class Answer:
    """One answer; ``body`` is its responseBody."""

    code: int
    message: str = ""
    body: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Participant:
    device: str
    xrefci: str = ""
    is_conference: bool = False


@dataclass(frozen=True)
class Session:
    """One recording. Times are aware UTC, duration in seconds (None: still runs)."""

    id: str
    state: str
    started: datetime
    duration: float | None = None
    ccid: str = ""
    controller: str = ""
    participants: tuple = ()
    urls: dict = field(default_factory=dict)

    @property
    def is_closed(self):
        return self.state in CLOSED

    @property
    def download(self):
        """(address, ending) of the sound, '' when it is not there yet."""
        for name, ending in (("wavUrl", "wav"), ("mp4Url", "mp4"), ("httpUrl", "mp4")):
            if self.urls.get(name):
                return self.urls[name], ending
        return "", ""


@dataclass(frozen=True)
class Event:
    """``action``: STARTED, UPDATED, ENDED, PRUNED or DELETED; ``ids`` of sessions."""

    kind: str
    action: str
    ids: tuple
    session: Session | None = None


def sign_in(username, password):
    """Body of signIn."""
    return {"requestParameters": {"username": username, "password": password}}


def closed_between(begin, end):
    """Body of getSessions for sessions that began in the span and are over."""
    states = [
        {"fieldOperator": "equals", "fieldValues": [state], "fieldConnector": "OR"}
        for state in CLOSED
    ]
    del states[-1]["fieldConnector"]
    span = [int(moment.timestamp() * 1000) for moment in (begin, end)]
    return {
        "requestParameters": [
            {
                "fieldName": "sessionState",
                "fieldConditions": states,
                "paramConnector": "AND",
            },
            {
                "fieldName": "sessionStartDate",
                "fieldConditions": [{"fieldOperator": "between", "fieldValues": span}],
            },
        ]
    }


def subscribe(address):
    """Body of subscribeToEvents; ``address`` is where the events are to come."""
    return {
        "requestParameters": {
            "subscriptionType": "http",
            "subscriptionUri": address,
            "subscriptionFilters": ["RECORDING_EVENTS"],
        }
    }


def read_answer(raw):
    """An answer as :class:`Answer` or :class:`Refused`."""
    data = _load(raw)
    if isinstance(data, Refused):
        return data
    code = data.get("responseCode")
    if isinstance(code, bool) or not isinstance(code, int | str):
        return Refused("responseCode is missing")
    if not str(code).isascii() or not str(code).isdigit() or len(str(code)) > 9:
        return Refused("responseCode is not a number")
    body = data.get("responseBody")
    message = str(data.get("responseMessage") or "")[:200]
    return Answer(int(code), message, body if isinstance(body, dict) else {})


def read_event(raw):
    """A notification as :class:`Event` or :class:`Refused`."""
    data = _load(raw)
    if isinstance(data, Refused):
        return data
    body = data.get("eventBody")
    if not isinstance(body, dict):
        return Refused("eventBody is missing")
    ids = body.get("sessionIds") or [body.get("sessionId")]
    ids = ids if isinstance(ids, list) else [ids]
    ids = tuple(_text(item) for item in ids if _text(item))
    if not ids:
        return Refused("no session is named")
    session = session_in(body)
    return Event(
        _text(data.get("eventType")).upper(),
        _text(data.get("eventAction")).upper(),
        ids,
        session if isinstance(session, Session) else None,
    )


def sessions_in(body):
    """Sessions and refusals of a responseBody."""
    found = body.get("sessions") if isinstance(body, dict) else None
    return [session_in(item) for item in found] if isinstance(found, list) else []


def session_in(data):
    """One session as :class:`Session` or :class:`Refused`."""
    if not isinstance(data, dict):
        return Refused("a session is not an object")
    number, started = (
        _text(data.get("sessionId")),
        _number(data.get("sessionStartDate")),
    )
    if not number:
        return Refused("sessionId is missing")
    if started is None or not 946_684_800_000 <= started <= _LATEST_MS:
        return Refused("sessionStartDate is not a time")
    duration = _number(data.get("sessionDuration"))
    return Session(
        id=number,
        state=_text(data.get("sessionState")).upper(),
        started=datetime.fromtimestamp(started / 1000, UTC),
        duration=duration / 1000 if duration is not None and duration >= 0 else None,
        ccid=_text(data.get("ccid")),
        controller=_text(data.get("callControllerType")),
        participants=tuple(_participants(data.get("tracks"))),
        urls=_urls(data.get("urls")),
    )


def sidecar(session, recorder, extensions):
    """The session as a sidecar (§7.4), or :class:`Refused` while it is not over.

    :param extensions: the operators' extensions; another device is the citizen's.
    """
    if not session.is_closed or session.duration is None:
        return Refused("the session is not over")
    devices = list(dict.fromkeys(p.device for p in session.participants if p.device))
    own = [device for device in devices if device in extensions]
    others = [device for device in devices if device not in extensions]
    refs = [p.xrefci for p in session.participants if p.xrefci]
    return {
        "version": 1,
        "recorder": recorder,
        "recording_id": session.id,
        "started_at": session.started.isoformat().replace("+00:00", "Z"),
        "duration_s": session.duration,
        "agent_extension": own[0] if own else None,
        "remote_number": others[0] if len(others) == 1 else None,
        "refs": {"xrefci": list(dict.fromkeys(refs)), "ccid": session.ccid or None},
        "segment": 1,
    }


def _load(raw):
    if isinstance(raw, bytes):
        raw = raw[: MAX_BODY + 1].decode("utf-8-sig", "replace")
    if not isinstance(raw, str) or len(raw) > MAX_BODY:
        return Refused("the body is too long or no text")
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError):
        return Refused("not JSON")
    return data if isinstance(data, dict) else Refused("not a JSON object")


def _participants(tracks):
    for track in tracks if isinstance(tracks, list) else ():
        people = track.get("participants") if isinstance(track, dict) else None
        for one in people if isinstance(people, list) else ():
            if isinstance(one, dict):
                yield Participant(
                    _text(one.get("deviceRef")),
                    _text(one.get("xRefCi")),
                    one.get("isConference") in (True, "true"),
                )


def _urls(value):
    parts = value if isinstance(value, list) else [value]
    found = {}
    for part in parts:
        if isinstance(part, dict):
            found |= {str(k): str(v) for k, v in part.items() if isinstance(v, str)}
    return {
        name: address
        for name, address in found.items()
        if address.startswith(("https://", "http://"))
    }


def _text(value):
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return (
        str(value).strip()[:128] if not isinstance(value, int) else f"{value:d}"[:128]
    )


def _number(value):
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if abs(number) < 1e15 else None
