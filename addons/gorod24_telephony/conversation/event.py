# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The neutral telephony event: one thing that happened on one telephone."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from .quality import read_figures

CALL_TYPES = (
    "call.ringing",
    "call.dialing",
    "call.answered",
    "call.held",
    "call.retrieved",
    "call.updated",
    "call.ended",
    "call.record",
)
# The citizen's number or the queue became known: nothing happened at the telephone.
UPDATED = "call.updated"
# Told afterwards by the exchange's own journal: one whole leg, from start to end.
RECORD = "call.record"
# How well one end of a leg heard: told after the talk, changes nothing of the call.
QUALITY = "call.quality"
AGENT_STATE = "agent.state"
# Only tries the door: kept in the journal for a week, makes no call.
PROBE = "probe"
TYPES = (*CALL_TYPES, QUALITY, AGENT_STATE, PROBE)
END_REASONS = ("normal", "abandoned", "no_answer", "busy", "failed", "transferred")
_PLAIN = (
    "direction",
    "remote_number",
    "dialed_number",
    "queue",
    "end_reason",
    "agent_state",
    "reason",
)
# Clocks differ and zones are set up wrongly, but not by more than this.
MAX_AHEAD = timedelta(days=1)
MAX_RECORD = timedelta(days=1)
MAX_ID = 128
MAX_TEXT = 256
MAX_REFS = 20


class EventError(ValueError):
    """The event cannot be used; the text names the field and what is wrong with it."""


@dataclass(frozen=True, order=True)
class Ref:
    """A name the exchange has for a call: (system, kind, value)."""

    system: str
    kind: str
    value: str


@dataclass(frozen=True)
class Event:
    """A checked event. ``at`` is naive UTC with microseconds.

    ``started_at`` and ``answered_at`` are of a ``call.record`` alone; its ``at`` is the
    end of the leg. A ``call.quality`` has the first of them, too, and ``quality``: see
    ``read_figures``.
    """

    event_id: str
    source: str
    type: str
    at: datetime
    refs: tuple = ()
    agent_id: str = ""
    extension: str = ""
    direction: str = ""
    remote_number: str = ""
    dialed_number: str = ""
    queue: str = ""
    end_reason: str = ""
    agent_state: str = ""
    reason: str = ""
    consult: bool = False
    recovered: bool = False
    started_at: datetime = None
    answered_at: datetime = None
    quality: tuple = ()

    @property
    def is_call(self):
        return self.type in CALL_TYPES

    def as_dict(self):
        """Return the event as the JSON that :func:`parse_event` reads."""
        data = {
            "event_id": self.event_id,
            "source": self.source,
            "type": self.type,
            "at": f"{self.at.isoformat()}Z",
            "refs": [vars(ref) for ref in self.refs],
            "agent": {"id": self.agent_id, "extension": self.extension},
            "recovered": self.recovered,
        }
        for name in _PLAIN:
            if getattr(self, name):
                data[name] = getattr(self, name)
        for name in ("started_at", "answered_at"):
            if getattr(self, name):
                data[name] = f"{getattr(self, name).isoformat()}Z"
        if self.consult:
            data["consult"] = True
        if self.quality:
            data["quality"] = dict(self.quality)
        return data


def parse_event(data):
    """Check one event of the event door and return it as :class:`Event`.

    :param data: the decoded JSON value, of any type.
    :raises EventError: with a text that names the wrong field.
    """
    if not isinstance(data, dict):
        raise EventError("event: an object is expected")
    agent = data.get("agent") or {}
    if not isinstance(agent, dict):
        raise EventError("agent: an object is expected")
    event = Event(
        event_id=_text(data, "event_id", required=True, limit=MAX_ID),
        source=_text(data, "source", required=True),
        type=_choice(data, "type", TYPES, required=True),
        at=_moment(data.get("at")),
        refs=_refs(data.get("refs")),
        agent_id=_text(agent, "id", name="agent.id"),
        extension=_text(agent, "extension", name="agent.extension"),
        direction=_choice(data, "direction", ("in", "out")),
        remote_number=_text(data, "remote_number"),
        dialed_number=_text(data, "dialed_number"),
        queue=_text(data, "queue"),
        end_reason=_choice(data, "end_reason", END_REASONS),
        agent_state=_text(data, "agent_state"),
        reason=_text(data, "reason"),
        consult=bool(data.get("consult")),
        recovered=bool(data.get("recovered")),
    )
    if event.type == RECORD:
        event = _with_times(event, data)
    if event.type == QUALITY:
        event = _with_figures(event, data)
    if (event.is_call or event.type == QUALITY) and not event.refs:
        raise EventError("refs: an event of a call needs at least one reference")
    if event.type == AGENT_STATE and not event.agent_id:
        raise EventError("agent.id: agent.state needs the agent")
    return event


def _with_times(event, data):
    """Return a record with the times of its leg: start ≤ answer ≤ end."""
    started = _moment(data.get("started_at"), "started_at")
    answered = data.get("answered_at")
    answered = _moment(answered, "answered_at") if answered else None
    if not started <= (answered or started) <= event.at:
        raise EventError("started_at, answered_at, at: not in the order of time")
    return replace(event, started_at=started, answered_at=answered)


def _with_figures(event, data):
    """Return a measurement with its figures and the start of what it is about."""
    started = _moment(data.get("started_at"), "started_at")
    if started > event.at:
        raise EventError("started_at, at: not in the order of time")
    try:
        figures = read_figures(data.get("quality"))
    except ValueError as error:
        raise EventError(str(error)) from None
    return replace(event, started_at=started, quality=figures)


def check_plausible(event, now):
    """Refuse times that no telephone call can have: a broken row of a journal.

    Asked at the door alone; what the journal of events holds stays readable.

    :param now: naive UTC.
    :raises EventError: with a text that names the wrong field.
    """
    if event.at > now + MAX_AHEAD:
        raise EventError("at: more than a day in the future")
    if event.started_at and event.at - event.started_at > MAX_RECORD:
        raise EventError("started_at, at: a record longer than a day")


def ended_keys(items):
    """Return the (refs, agent) pairs of the raw ``items`` that end in this batch.

    A ring already over when it arrives (replayed after an outage) opens no card.
    """
    keys = set()
    for item in items:
        try:
            event = parse_event(item)
        except EventError:
            continue
        if event.type == "call.ended":
            keys.update((ref, event.agent_id) for ref in event.refs)
            keys.update((ref, "") for ref in event.refs if not event.agent_id)
    return keys


def _text(data, key, required=False, limit=MAX_TEXT, name=None):
    value = data.get(key)
    name = name or key
    if value is None or value == "":
        if required:
            raise EventError(f"{name}: required")
        return ""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise EventError(f"{name}: text is expected")
    value = str(value).strip()
    if len(value) > limit:
        raise EventError(f"{name}: longer than {limit} characters")
    if "\x00" in value or any("\ud800" <= char <= "\udfff" for char in value):
        raise EventError(f"{name}: a character that is not text")
    if required and not value:
        raise EventError(f"{name}: required")
    return value


def _choice(data, key, allowed, required=False):
    value = _text(data, key, required=required)
    if value and value not in allowed:
        raise EventError(f"{key}: one of {', '.join(allowed)} is expected")
    return value


def _moment(value, name="at"):
    if not isinstance(value, str):
        raise EventError(f"{name}: an ISO 8601 time is expected")
    try:
        moment = datetime.fromisoformat(value.strip().replace("Z", "+00:00"))
    except ValueError:
        raise EventError(f"{name}: an ISO 8601 time is expected") from None
    if moment.tzinfo is None:
        raise EventError(f"{name}: the time zone is missing (write Z for UTC)")
    try:
        moment = moment.astimezone(UTC).replace(tzinfo=None)
    except OverflowError:
        raise EventError(f"{name}: the time is out of range") from None
    if not 2000 <= moment.year <= 2200:
        raise EventError(f"{name}: the time is out of range")
    return moment


def _refs(value):
    if value is None:
        return ()
    if not isinstance(value, list) or len(value) > MAX_REFS:
        raise EventError(f"refs: a list of at most {MAX_REFS} is expected")
    refs = set()
    for item in value:
        if not isinstance(item, dict):
            raise EventError("refs: each must be an object")
        refs.add(
            Ref(
                _text(item, "system", required=True, name="refs.system"),
                _text(item, "kind", required=True, name="refs.kind"),
                _text(item, "value", required=True, name="refs.value"),
            )
        )
    return tuple(sorted(refs))
