# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Troubles of one event, session, node or password stay with that one."""

import asyncio
import contextlib
import json
import signal

import pytest

from tools.cisco_chain import AGENTS, PASSWORD, Chain

POISON = "83852666666"


async def over(chain, call):
    await chain.control(f"calls/{call['id']}/hangup", {})
    return await chain.odoo.event(call["id"], "call.ended")


def test_event_at_which_odoo_stumbles_holds_up_no_card(chain, runner):
    async def scenario():
        chain.odoo.poison = {POISON}
        bad = await chain.ring("6021", **{"from": POISON})
        good = await chain.ring("6022")
        await chain.odoo.event(good["id"], "call.ringing")
        await chain.control(f"calls/{bad['id']}/hangup", {})
        await over(chain, good)
        path = chain.folder / "spool/rejected.jsonl"
        # While nothing else is taken, Odoo may be ill as a whole, and all wait.
        async with asyncio.timeout(120):
            while (await chain.health())["events_waiting"]:
                await over(chain, await chain.ring("6022"))
        lines = [json.loads(line) for line in path.read_text().splitlines()]
        kinds = {line["event"]["type"] for line in lines}
        assert kinds >= {"call.ringing", "call.ended"}
        assert {line["event"]["remote_number"] for line in lines} == {POISON}
        assert not chain.odoo.of(bad["id"])

    runner.run(scenario())
    chain.odoo.poison = set()


def test_calls_of_other_departments_are_not_the_hotlines(chain, runner):
    async def scenario():
        await chain.control("journal", {"stranger": "83852777777"})
        call = await chain.ring("6023", answer_seconds=0)
        await chain.odoo.event(call["id"], "call.answered")
        await over(chain, call)
        await chain.odoo.event(call["id"], "call.record", 60)
        numbers = {event.get("remote_number") for event in chain.odoo.events.values()}
        assert "83852777777" not in numbers
        health = await chain.health()
        assert health["cdr"]["rows"] > health["cdr"]["files_failed"] == 0

    runner.run(scenario())


def test_bad_sessions_of_mediasense_hold_up_no_recording(chain, runner):
    async def scenario():
        await chain.until_subscribed()
        for habit in ("broken", "lost", "normal"):
            await chain.control("mediasense", {"habit": habit})
            call = await chain.ring("6024", answer_seconds=0)
            await chain.odoo.event(call["id"], "call.answered")
            await over(chain, call)
            async with asyncio.timeout(30):
                while not (chain.folder / f"done/{call['id']}-1.wav").exists():
                    await asyncio.sleep(0.05)

        def arrived():
            return [
                meta
                for meta, _sound in chain.odoo.recordings
                if meta["recorder"] == "mediasense"
                and meta["agent_extension"] == "2833"
            ]

        assert len(await chain.odoo.until(arrived, 90)) == 1
        health = await chain.health()
        assert health["mediasense"]["sessions_owed"] == 2
        assert health["mediasense"]["state"] == "ok"

    runner.run(scenario())


def test_node_that_forgets_a_call_once_ends_it_not(chain, runner):
    async def scenario():
        call = await chain.ring("6025", answer_seconds=0)
        await chain.odoo.event(call["id"], "call.answered")
        await chain.control("nodes", {"forget": "6025"})
        await chain.end("prosody", signal.SIGKILL)
        await chain.launch("prosody")
        async with asyncio.timeout(90):
            while (await chain.control("nodes", {}))["forgotten"]:
                await asyncio.sleep(0.05)
        await chain.until_connected()
        ended = await over(chain, call)
        assert not ended["recovered"]
        assert chain.odoo.kinds(call["id"]) == ["ringing", "answered", "ended"]

    runner.run(scenario())


class OwnDoor(Chain):
    """The first node has an XMPP door of its own, which can be shut alone."""

    def __init__(self):
        super().__init__()
        self.door = self.door_port = None
        self.open = set()

    def _node(self, name):
        text = super()._node(name)
        if name == "simulator":
            port = f"xmpp_port = {self.ports['gate']}"
            text = text.replace(port, f"xmpp_port = {self.door_port}")
        return text

    async def start(self):
        await self.open_door(0)
        await super().start()

    async def stop(self):
        self.shut_door()
        await super().stop()

    async def open_door(self, port=None):
        port = self.door_port if port is None else port
        self.door = await asyncio.start_server(self._pass_on, "127.0.0.1", port)
        self.door_port = self.door.sockets[0].getsockname()[1]

    def shut_door(self):
        if self.door is not None:
            self.door.close()
            for writer in self.open:
                writer.transport.abort()
            self.door = None

    async def _pass_on(self, reader, writer):
        async def pipe(source, target):
            with contextlib.suppress(OSError):
                while data := await source.read(65536):
                    target.write(data)
                    await target.drain()
            target.close()

        self.open.add(writer)
        with contextlib.suppress(OSError):
            far = await asyncio.open_connection("127.0.0.1", self.ports["c2s"])
            await asyncio.gather(pipe(reader, far[1]), pipe(far[0], writer))
        writer.close()
        self.open.discard(writer)

    async def until_passing(self, wanted):
        """Wait until all lines, or none, go through the door."""
        async with asyncio.timeout(120):
            while len(self.open) != wanted or not await self._is_connected():
                await asyncio.sleep(0.1)


@pytest.fixture(scope="module")
def own_door(chain, runner):
    made = OwnDoor()
    try:
        runner.run(made.start())
        yield made
    finally:
        runner.run(made.stop())


def test_lines_leave_a_node_whose_xmpp_alone_is_dead_and_come_back(own_door, runner):
    async def scenario():
        chain = own_door
        await chain.until_passing(len(AGENTS))
        chain.shut_door()
        await chain.until_passing(0)
        health = await chain.health()
        assert set(health["nodes"].values()) == {"IN_SERVICE"}
        call = await chain.ring("6021")
        await chain.odoo.event(call["id"], "call.ringing")
        await over(chain, call)
        # Looked at again and again in vain: nobody leaves the good node for that.
        before = {line["agent"]: line["reconnects"] for line in health["lines"]}
        async with asyncio.timeout(120):
            while chain.log("connector").count("XMPP dead") < 3:
                await asyncio.sleep(0.1)
        lines = (await chain.health())["lines"]
        assert {line["agent"]: line["reconnects"] for line in lines} == before
        await chain.open_door()
        await chain.until_passing(len(AGENTS))

    runner.run(scenario())


def test_wrong_password_of_one_operator_is_his_alone(own_door, runner):
    async def scenario():
        chain = own_door
        await chain.end("connector")
        settings = chain.folder / "connector.toml"
        good = settings.read_text()
        mine = f'id = "6030"\nextension = "2839"\npassword = "{PASSWORD}"'
        assert mine in good
        settings.write_text(good.replace(mine, mine.replace(PASSWORD, "wrong")))
        before = len(chain.log("connector"))
        await chain.launch("connector")
        async with asyncio.timeout(90):
            while True:
                health = await chain.health() or {"lines": []}
                links = {line["agent"]: line["link"] for line in health["lines"]}
                bad = links.pop("6030", "")
                if "refused" in bad and set(links.values()) == {"connected"}:
                    break
                await asyncio.sleep(0.1)
        assert set(health["nodes"].values()) <= {"IN_SERVICE", "not asked"}
        refused = {x["agent"] for x in health["lines"] if x["password_refused"]}
        assert refused == {"6030"}
        told = chain.log("connector")[before:]
        assert told.count("agent 6030: link lost") == 1
        settings.write_text(good)

    runner.run(scenario())
