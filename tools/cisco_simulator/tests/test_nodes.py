# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Two nodes of Finesse, the journal's files, TLS, and what the watchman sees."""

import signal

import aiohttp
import pytest

from tools.cisco_chain import COMMAND_TOKEN, Chain
from tools.cisco_chain.asking import moved, states


def test_call_is_seen_through_a_change_of_nodes(chain, runner):
    async def scenario():
        call = await chain.ring("6021")
        await chain.odoo.event(call["id"], "call.ringing")
        await moved(chain, "OUT_OF_SERVICE")
        first, second = (await chain.health())["nodes"].values()
        assert (first, second) == ("OUT_OF_SERVICE", "IN_SERVICE")
        answer = await chain.command("answer", "6021", dialog_id=call["id"])
        assert answer["ok"], answer
        await chain.odoo.event(call["id"], "call.answered")
        await chain.control(f"calls/{call['id']}/hangup", {})
        await chain.odoo.event(call["id"], "call.ended")
        assert chain.odoo.kinds(call["id"])[:3] == ["ringing", "answered", "ended"]
        await moved(chain, "IN_SERVICE")

    runner.run(scenario())


def test_dead_feed_behind_a_good_node(chain, runner):
    """The user finesse goes: lines move, ask for what nobody told, and come back."""

    async def scenario():
        before = {x["agent"]: x["reconnects"] for x in (await chain.health())["lines"]}
        await chain.control("feed", {"habit": "silent"})
        await chain.control("presence", {"here": False})
        call = await chain.ring("6021")
        ringing = await chain.odoo.event(call["id"], "call.ringing")
        assert ringing["recovered"]
        await states(chain, lambda x: x["reconnects"] > before[x["agent"]])
        await chain.control("presence", {"here": True})
        await chain.control("feed", {"habit": "normal"})
        await states(chain, lambda line: line["link"] == "connected")
        await chain.control(f"calls/{call['id']}/hangup", {})
        await chain.odoo.event(call["id"], "call.ended")
        assert chain.odoo.kinds(call["id"]) == ["ringing", "ended"]

    runner.run(scenario())


@pytest.mark.parametrize(("columns", "habit"), [(118, "half"), (129, "repeat")])
def test_journal_tells_of_a_call_that_was_never_seen(chain, runner, columns, habit):
    async def scenario():
        await chain.control("journal", {"columns": columns, "habit": habit})
        await chain.end("connector", signal.SIGKILL)
        call = await chain.ring("6023")
        await chain.control(f"calls/{call['id']}/answer", {})
        await chain.control(f"calls/{call['id']}/hangup", {})
        await chain.launch("connector")
        record = await chain.odoo.event(call["id"], "call.record", 60)
        assert record["remote_number"] == "83852123456"
        assert record["agent"]["extension"] == "2832"
        assert record["answered_at"] >= record["started_at"]
        await chain.until_connected()
        assert len(chain.odoo.of(call["id"], "call.record")) == 1

    runner.run(scenario())


def test_metrics_and_page_need_the_token(chain, runner):
    async def scenario():
        base = f"http://127.0.0.1:{chain.ports['command']}"
        async with chain.http.get(f"{base}/metrics") as refused:
            assert refused.status == 401
        auth = aiohttp.BasicAuth("prometheus", COMMAND_TOKEN)
        async with chain.http.get(f"{base}/metrics", auth=auth) as response:
            text = await response.text()
        assert 'gorod24_connector_line_connected{agent="6021"} 1' in text
        assert "gorod24_connector_event_door_up 1" in text
        assert "83852" not in text
        async with chain.http.get(base, auth=auth) as response:
            assert "Связь с Cisco" in await response.text()

    runner.run(scenario())


def test_own_certificate_authority(runner):
    async def scenario():
        chain = Chain(tls=True)
        try:
            await chain.start()
            call = await chain.ring("6021")
            await chain.odoo.event(call["id"], "call.ringing")
            done = await chain.command("answer", "6021", dialog_id=call["id"])
            assert done["ok"], done
            await chain.end("connector")
            settings = chain.folder / "connector.toml"
            text = settings.read_text().replace("ca_bundle", "# ca_bundle")
            settings.write_text(text)
            await chain.launch("connector")
            health = await states(chain, lambda line: ":" in line["link"])
            assert "Certificate" in health["lines"][0]["link"]
        finally:
            await chain.stop()

    runner.run(scenario())
