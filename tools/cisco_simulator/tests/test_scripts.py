# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Every story of the simulator, played fast: no call rings for ever or twice."""

import pytest

from tools.cisco_simulator.scripts import SCRIPTS, Hands

# Told by other tests with more care for their own faults.
ELSEWHERE = ("failover", "parallel")


@pytest.mark.parametrize("name", [one for one in SCRIPTS if one not in ELSEWHERE])
def test_story_leaves_no_call_open(chain, runner, name):
    async def scenario():
        agents = (await chain.control("agents"))["agents"]
        hands = Hands(chain.control, agents, pace=0.05)
        await SCRIPTS[name](hands)
        citizens = [call for call in hands.calls if await is_of_a_citizen(chain, call)]
        assert citizens
        for call in citizens:
            await chain.odoo.until(lambda call=call: all_ended(chain, call), 120)
        told = [event for call in citizens for event in chain.odoo.of(call)]
        begun = [
            (event["agent"].get("id"), event["refs"][0]["value"], event["event_id"])
            for event in told
            if event["type"] == "call.ringing"
        ]
        assert len({one[:2] for one in begun}) == len({one[2] for one in begun})

    runner.run(scenario())


async def is_of_a_citizen(chain, call):
    return (await chain.control(f"calls/{call}"))["scenario"] != "consult"


def all_ended(chain, call):
    """Each telephone that had the call has told its end."""
    states = {}
    for event in chain.odoo.of(call):
        if event["type"] != "call.record":
            states.setdefault(event["agent"].get("id"), set()).add(event["type"])
    return states and all("call.ended" in kinds for kinds in states.values())
