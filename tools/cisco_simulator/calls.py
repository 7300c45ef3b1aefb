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
    "ACTIVE": (
        "HOLD",
        "DROP",
        "UPDATE_CALL_DATA",
        "CONSULT_CALL",
        "TRANSFER_SST",
        "SEND_DTMF",
    ),
    "HELD": ("RETRIEVE", "DROP", "UPDATE_CALL_DATA", "TRANSFER", "CONFERENCE"),
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
    reason: str = ""
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
    agent: Agent | None = None
    silent: bool = False  # not told of the dialog yet

    def move(self, state, cause=""):
        self.state = state
        self.cause = cause
        self.changed = now()

    @property
    def actions(self):
        return ACTIONS.get(self.state, ()) if self.kind else ()


@dataclass
class Part:
    """The time one telephone had a call: a CDR row, and files of the recorder."""

    agent: Agent
    began: datetime
    answered: datetime | None = None
    ended: datetime | None = None
    end: str = ""
    joined: bool = False
    segments: list = field(default_factory=list)


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
    kind: str = ""
    secondary: str = ""
    caller: str = ""
    called: str = ""
    variables: dict = field(default_factory=dict)
    wrap_up: str = ""
    hides_number: bool = False  # call data come one notification later
    extra: list = field(default_factory=list)
    parts: list = field(default_factory=list)
    consults: list = field(default_factory=list)
    recordings: list = field(default_factory=list)
    rung_at: float = field(default_factory=time.time)
    lifted: asyncio.Event = field(default_factory=asyncio.Event)
    over: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def is_over(self):
        return self.ended is not None

    @property
    def parties(self):
        return [self.near, self.far, *self.extra]

    def party(self, agent):
        """The agent's own party; the near one when he is not in the dialog."""
        mine = (p for p in self.parties if p.agent is agent)
        return next(mine, self.near)

    @property
    def part(self):
        return self.parts[-1] if self.parts else None

    def begin_part(self, ringing=False):
        """The call is at a telephone: it rings there, or talks already."""
        moment = now()
        part = Part(self.agent, moment, joined=bool(self.parts))
        if not ringing:
            part.answered = moment
            part.segments.append([moment, None])
        self.end_part("joined")
        self.parts.append(part)

    def end_part(self, end):
        part = self.part
        if part is None or part.ended is not None:
            return
        part.ended, part.end = now(), end
        if part.segments and part.segments[-1][1] is None:
            part.segments[-1][1] = part.ended

    def note_consult(self, asked):
        """Remember a talk with a colleague for the journal."""
        self.consults.append((asked, now()))

    def account(self):
        """All that was played, for those who compare it with what became of it."""
        answers = [part.answered for part in self.parts if part.answered]
        return self.summary() | {
            # of the first operator who lifted; "answered" is of the last one
            "first_answered": stamp(answers[0]) if answers else None,
            "recordings": self.recordings,
            "parts": [
                {
                    "agent": part.agent.id,
                    "answered": bool(part.answered),
                    "end": part.end,
                    "segments": len(part.segments),
                }
                for part in self.parts
            ],
        }

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
            "far_state": self.far.state,
            "dialog_state": self.state,
            "started": stamp(self.started),
            "answered": stamp(self.answered) if self.answered else None,
            "ended": stamp(self.ended) if self.ended else None,
            "end": self.end,
            "wrap_up": self.wrap_up,
            "rung_at": self.rung_at,
        }
