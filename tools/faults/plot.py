# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What happens in one round: thirty citizens at once, and the blows meanwhile."""

import asyncio
from dataclasses import dataclass, field

LENGTH = 8.0  # seconds in which everything begins


@dataclass(frozen=True)
class Ring:
    """One citizen: when he rings, whom, from where, and what he does."""

    at: float
    agent: str
    number: str
    values: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Blow:
    """One killing: when, of what kind, how long it stays down."""

    at: float
    kind: str
    down: float


def rings(dice, agents, taken):
    """A ring for each agent. ``taken``: numbers used before, is added to."""
    found = []
    for agent in agents:
        while (number := f"83852{dice.randrange(200_000, 999_999)}") in taken:
            continue
        taken.add(number)
        found.append(Ring(dice.uniform(0, 3), agent, number, _manner(dice)))
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
