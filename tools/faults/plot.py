# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What happens in one round: thirty citizens at once, and the blows meanwhile."""

import asyncio
from dataclasses import dataclass, field

from tools.cisco_simulator.scripts import SCRIPTS, Hands

LENGTH = 8.0  # seconds in which everything begins
# Calls that change hands; each needs a colleague whose telephone is free.
HANDED = ("blind_transfer", "consult_transfer", "conference")


@dataclass(frozen=True)
class Ring:
    """One citizen: when he rings, whom, from where, and what he does.

    :param story: how the call changes hands, "" for one that does not
    :param pace: seconds between the steps of that story
    """

    at: float
    agent: str
    number: str
    values: dict = field(default_factory=dict)
    story: str = ""
    colleague: object = None
    pace: float = 0.0


class Caller(Hands):
    """Plays a story of the exchange between two operators, for one citizen."""

    def __init__(self, control, ring):
        operator = {"id": ring.agent}
        colleague = {"id": ring.colleague.id, "extension": ring.colleague.extension}
        super().__init__(control, [operator, colleague], ring.pace)
        self.ring_number = ring.number

    def number(self):
        return self.ring_number


@dataclass(frozen=True)
class Blow:
    """One killing: when, of what kind, how long it stays down."""

    at: float
    kind: str
    down: float


def rings(dice, agents, taken, colleagues=()):
    """A ring for each agent.

    :param taken: numbers used before, is added to
    :param colleagues: agents without a ring of their own: as many calls change hands
    """
    found = []
    handed = dict(zip(dice.sample(agents, len(colleagues)), colleagues, strict=True))
    for agent in agents:
        while (number := f"83852{dice.randrange(200_000, 999_999)}") in taken:
            continue
        taken.add(number)
        begin = dice.uniform(0, 3)
        if agent not in handed:
            found.append(Ring(begin, agent, number, _manner(dice)))
            continue
        story = HANDED[len([ring for ring in found if ring.story]) % len(HANDED)]
        pace = dice.uniform(0.2, 1.2)
        found.append(Ring(begin, agent, number, {}, story, handed[agent], pace))
    return found


def _manner(dice):
    kind = dice.choice(("normal", "normal", "hold", "hold", "abandon", "no_answer"))
    if kind in ("abandon", "no_answer"):
        return {"scenario": kind, "ring_seconds": dice.uniform(0.3, 6)}
    return {
        "scenario": kind,
        "answer_seconds": dice.uniform(0.2, 4),
        "talk_seconds": dice.uniform(0.5, 5),
    }


def blows(dice, kinds):
    """A blow of each kind at a random moment of the round."""
    return [Blow(dice.uniform(0.3, LENGTH), kind, dice.uniform(0, 3)) for kind in kinds]


async def play(script, control, victims, tell):
    """Play a round to the end of its last call. Returns the ids of the calls.

    :param script: (rings, blows).
    """

    async def ring(one):
        await asyncio.sleep(one.at)
        if one.story:
            caller = Caller(control, one)
            await SCRIPTS[one.story](caller)
            return caller.calls[0]
        body = {"agent": one.agent, "from": one.number, **one.values}
        return (await control("call", body))["id"]

    async def strike(one):
        await asyncio.sleep(one.at)
        await victims.strike(one.kind, one.down)
        tell(f"{one.at:.1f} с: убит {one.kind}, лежал {one.down:.1f} с")

    async with asyncio.TaskGroup() as group:
        calls = [group.create_task(ring(one)) for one in script[0]]
        for one in script[1]:
            group.create_task(strike(one))
    return [task.result() for task in calls]
