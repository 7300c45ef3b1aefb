# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Every story of the simulator, played fast: no call rings for ever or twice."""

from datetime import datetime, timedelta

import pytest

from tools.cisco_simulator.scripts import SCRIPTS, Hands

# Told by other tests with more care for their own faults.
ELSEWHERE = ("failover", "parallel", "lost_link")


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


@pytest.mark.parametrize("name", ["recorder_named", "recorder_index"])
def test_recorder_without_sidecar(chain, runner, name):
    """The name or the index tells who spoke with whom and when, twice for a hold."""

    async def scenario():
        agents = (await chain.control("agents"))["agents"]
        hands = Hands(chain.control, agents, pace=1.1)
        await SCRIPTS[name](hands)
        played = await chain.control(f"calls/{hands.calls[0]}")

        def mine():
            found = [
                metadata
                for metadata, _content in chain.odoo.recordings
                if metadata.get("remote_number") == played["number"]
                and metadata["recorder"] == "recorder"  # MediaSense records it, too
            ]
            return found if len(found) == 2 else None

        for metadata in await chain.odoo.until(mine):
            assert metadata["agent_extension"] == played["extension"]
            assert metadata["duration_s"] > 0
            begun, rung = metadata["started_at"], played["started"]
            later = datetime.fromisoformat(begun) - datetime.fromisoformat(rung)
            assert timedelta(0) <= later < timedelta(minutes=5)
            assert not metadata["refs"]

    runner.run(scenario())
