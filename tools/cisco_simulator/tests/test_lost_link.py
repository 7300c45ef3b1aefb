# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The wire to the notification server breaks in the middle of calls, and comes back."""

import asyncio

import pytest

from tools.cisco_chain import Chain
from tools.cisco_chain.asking import states
from tools.cisco_simulator.scripts import SCRIPTS, Hands


@pytest.fixture(scope="module", params=["tcp", "websocket", "bosh"])
def chain(runner, request):
    # After a loss it asks once; later every ring has to come by the feed itself.
    made = Chain(transport=request.param, compare_every=3600)
    try:
        runner.run(made.start())
        yield made
    finally:
        runner.run(made.stop())


def test_the_story_for_people(chain, runner):
    """The talk that ended unseen, and the call that began unseen, are both told."""

    async def scenario():
        agents = (await chain.control("agents"))["agents"]
        hands = Hands(chain.control, agents, pace=1.5)
        await SCRIPTS["lost_link"](hands)
        talk, other = hands.calls
        for call in (talk, other):
            await chain.odoo.event(call, "call.ended", 60)
            assert chain.odoo.kinds(call) == ["ringing", "answered", "ended"]
        (end,) = chain.odoo.of(talk, "call.ended")
        (ring,) = chain.odoo.of(other, "call.ringing")
        assert end["recovered"] and ring["recovered"]

    runner.run(scenario())


async def reconnected(chain, before):
    """Every line has lost its link since, has one again, and asked what it missed."""

    def is_again(line):
        again = line["reconnects"] > before[line["agent"]]
        return again and line["link"] == "connected" and line["compared"]

    await states(chain, is_again)


@pytest.mark.parametrize("state", ["cut", "hung"])
def test_what_happened_meanwhile_is_asked_and_told_once(chain, runner, state):
    async def scenario():
        await chain.until_connected()
        lines = (await chain.health())["lines"]
        before = {line["agent"]: line["reconnects"] for line in lines}
        hands = Hands(chain.control, [], pace=0)
        talk, kept = [
            (await chain.ring(agent, answer_seconds=0))["id"]
            for agent in ("6021", "6022")
        ]
        for call in (talk, kept):
            await chain.odoo.event(call, "call.answered")
        async with hands.lost_link(state):
            await chain.control(f"calls/{talk}/hangup", {})
            fresh = (await chain.ring("6023"))["id"]
            gone = (await chain.ring("6024"))["id"]
            await chain.control(f"calls/{gone}/hangup", {})
            await states(chain, lambda line: line["link"].startswith("disconnected"))
            if state == "cut":  # the dumb wire is found out by asking, sooner or later
                assert chain.odoo.kinds(talk) == ["ringing", "answered"]
        await reconnected(chain, before)
        ended = await chain.odoo.event(talk, "call.ended", 60)
        ringing = await chain.odoo.event(fresh, "call.ringing", 60)
        assert ended["recovered"] and ringing["recovered"]
        # The talk that outlived the loss has neither ended nor begun again.
        await chain.control(f"calls/{kept}/hangup", {})
        assert not (await chain.odoo.event(kept, "call.ended"))["recovered"]
        await chain.control(f"calls/{fresh}/answer", {})
        await chain.odoo.event(fresh, "call.answered")
        await chain.control(f"calls/{fresh}/hangup", {})
        await chain.odoo.event(fresh, "call.ended")
        for call in (talk, kept, fresh):
            assert chain.odoo.kinds(call) == ["ringing", "answered", "ended"]
        # A call nobody saw is told by the exchange's journal.
        record = await chain.odoo.event(gone, "call.record", 60)
        assert record["agent"]["extension"] == "2833"

    runner.run(scenario())


def test_thirty_lines_come_back_together(chain, runner):
    async def scenario():
        await chain.until_connected()
        lines = (await chain.health())["lines"]
        before = {line["agent"]: line["reconnects"] for line in lines}
        async with Hands(chain.control, [], pace=0).lost_link("cut"):
            await states(chain, lambda line: line["link"].startswith("disconnected"))
        await reconnected(chain, before)
        calls = await asyncio.gather(*(chain.ring(agent) for agent in before))
        for call in calls:
            ringing = await chain.odoo.event(call["id"], "call.ringing")
            assert not ringing["recovered"]
            await chain.control(f"calls/{call['id']}/hangup", {})

    runner.run(scenario())
