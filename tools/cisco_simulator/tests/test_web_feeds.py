# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The connector by WebSocket and by BOSH, through the same server's own modules."""

import asyncio
import signal

import pytest

from tools.cisco_chain import Chain
from tools.cisco_chain.asking import check, moved, states

WAYS = ("websocket", "bosh")


@pytest.fixture(scope="module", params=WAYS)
def chain(runner, request):
    made = Chain(transport=request.param)
    try:
        runner.run(made.start())
        yield made
    finally:
        runner.run(made.stop())


async def over(chain, call):
    await chain.control(f"calls/{call['id']}/hangup", {})
    return await chain.odoo.event(call["id"], "call.ended")


def test_a_call_and_its_commands(chain, runner):
    async def scenario():
        call = await chain.ring("6021")
        ringing = await chain.odoo.event(call["id"], "call.ringing")
        assert not ringing["recovered"]
        for name in ("answer", "hold", "retrieve"):
            done = await chain.command(name, "6021", dialog_id=call["id"])
            assert done["ok"], done
        ended = await over(chain, call)
        assert not ended["recovered"]

    runner.run(scenario())


def test_thirty_telephones_at_once_each_hear_their_own(chain, runner):
    async def scenario():
        agents = [str(6021 + place) for place in range(30)]
        calls = await asyncio.gather(*(chain.ring(agent) for agent in agents))
        for agent, call in zip(agents, calls, strict=True):
            ringing = await chain.odoo.event(call["id"], "call.ringing")
            assert (ringing["agent"]["id"], ringing["recovered"]) == (agent, False)
        await asyncio.gather(*(over(chain, call) for call in calls))

    runner.run(scenario())


def test_the_link_lives_on_while_nothing_happens(chain, runner):
    async def scenario():
        before = [line["reconnects"] for line in (await chain.health())["lines"]]
        # Time itself is what is tried: longer than BOSH keeps a request, or a ping.
        await asyncio.sleep(35 if chain.transport == "bosh" else 16)
        health = await chain.health()
        assert [line["reconnects"] for line in health["lines"]] == before
        assert {line["link"] for line in health["lines"]} == {"connected"}

    runner.run(scenario())


def test_a_server_killed_mid_call_is_found_again(chain, runner):
    async def scenario():
        call = await chain.ring("6022", answer_seconds=0)
        await chain.odoo.event(call["id"], "call.answered")
        await chain.end("prosody", signal.SIGKILL)
        await states(chain, lambda line: line["link"].startswith("disconnected"))
        await chain.control(f"calls/{call['id']}/hangup", {})
        await chain.launch("prosody")
        ended = await chain.odoo.event(call["id"], "call.ended", 60)
        assert ended["recovered"]
        await chain.until_connected()
        assert chain.odoo.kinds(call["id"])[:3] == ["ringing", "answered", "ended"]

    runner.run(scenario())


def test_lines_move_to_the_other_node(chain, runner):
    async def scenario():
        call = await chain.ring("6023")
        await chain.odoo.event(call["id"], "call.ringing")
        await moved(chain, "OUT_OF_SERVICE")
        await over(chain, call)
        assert chain.odoo.kinds(call["id"]) == ["ringing", "ended"]
        await moved(chain, "IN_SERVICE")

    runner.run(scenario())


def test_a_wrong_password_is_told_as_such(chain, runner):
    async def scenario():
        settings = chain.folder / "connector.toml"
        good = settings.read_text()
        settings.write_text(good.replace('"agent-pass-word"', '"other"', 1))
        await chain.end("connector")
        await chain.launch("connector")
        health = await states(chain, lambda line: line["link"] != "starting")
        line = next(one for one in health["lines"] if one["agent"] == "6021")
        assert line["password_refused"], line
        settings.write_text(good)
        await chain.end("connector")
        await chain.launch("connector")
        await chain.until_connected()

    runner.run(scenario())


def test_the_setup_sees_the_feed(chain, runner):
    async def scenario():
        code, facts = await check(chain, "xmpp")
        assert code == "ok", facts
        assert "PLAIN" in facts["mechanisms"]

    runner.run(scenario())


@pytest.mark.parametrize("way", WAYS)
def test_its_certificate_is_verified_as_any_other(runner, way):
    async def scenario():
        chain = Chain(tls=True, transport=way)
        try:
            await chain.start()
            call = await chain.ring("6021")
            await chain.odoo.event(call["id"], "call.ringing")
            code, facts = await check(chain, "xmpp")
            assert (code, facts["encryption"][:3]) == ("ok", "TLS"), facts
            await chain.end("connector")
            settings = chain.folder / "connector.toml"
            text = settings.read_text().replace(
                "ca_bundle", 'xmpp_domain = "finesse.test"\n# ca_bundle'
            )
            settings.write_text(text)
            await chain.launch("connector")
            await states(chain, lambda line: ":" in line["link"])
            code, facts = await check(chain, "xmpp")
            assert code == "certificate", facts
        finally:
            await chain.stop()

    runner.run(scenario())
