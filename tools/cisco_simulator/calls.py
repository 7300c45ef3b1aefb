# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Agents, calls and their parties as the simulated exchange holds them."""

import asyncio
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime

ACTIONS = {
    "INITIATING": ("DROP", "UPDATE_CALL_DATA"),
    "INITIATED": ("DROP", "UPDATE_CALL_DATA"),
    "ALERTING": ("ANSWER",),
    "ACTIVE": ("HOLD", "DROP", "UPDATE_CALL_DATA", "CONSULT_CALL", "TRANSFER_SST"),
    "HELD": ("RETRIEVE", "DROP", "UPDATE_CALL_DATA"),
    "FAILED": ("DROP",),
    "WRAP_UP": ("UPDATE_CALL_DATA",),
}


def now():
    return datetime.now(UTC)


def stamp(moment):
    """Finesse's way to write a time."""
    text = moment.strftime("%Y-%m-%dT%H:%M:%S.")
    return f"{text}{moment.microsecond // 1000:03d}Z"


@dataclass
class Agent:
    """One operator with a telephone."""

    id: str
    extension: str
    password: str = field(repr=False)
    name: str = ""
    state: str = "READY"
    pending: str = ""
    changed: datetime = field(default_factory=now)
    idle: str = "READY"  # state to come back to after a call

    def move(self, state):
        self.state = state
        self.changed = now()


@dataclass
class Party:
    """One participant of a dialog."""

    address: str
    kind: str = ""
    state: str = ""
    cause: str = ""
    started: datetime = field(default_factory=now)
    changed: datetime = field(default_factory=now)

    def move(self, state, cause=""):
        self.state = state
        self.cause = cause
        self.changed = now()

    @property
    def actions(self):
        return ACTIONS.get(self.state, ()) if self.kind else ()


@dataclass
class Call:
    """One dialog. ``remote`` is the citizen's number as the exchange shows it."""

    id: str
    direction: str
    agent: Agent
    remote: str
    scenario: str
    dialed: str = ""
    queue: str = ""
    talk_seconds: float | None = None
    ring_seconds: float | None = None
    auto_answer: float | None = None
    state: str = ""
    near: Party = None
    far: Party = None
    started: datetime = field(default_factory=now)
    answered: datetime | None = None
    ended: datetime | None = None
    end: str = ""
    segments: list = field(default_factory=list)
    rung_at: float = field(default_factory=time.time)
    lifted: asyncio.Event = field(default_factory=asyncio.Event)
    over: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def is_over(self):
        return self.ended is not None

    def summary(self):
        """Facts for the control interface."""
        return {
            "id": self.id,
            "agent": self.agent.id,
            "extension": self.agent.extension,
            "direction": self.direction,
            "number": self.remote,
            "scenario": self.scenario,
            "state": "ENDED" if self.is_over else self.near.state,
            "dialog_state": self.state,
            "started": stamp(self.started),
            "answered": stamp(self.answered) if self.answered else None,
            "ended": stamp(self.ended) if self.ended else None,
            "end": self.end,
            "rung_at": self.rung_at,
        }
