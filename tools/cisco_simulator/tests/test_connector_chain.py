# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""One call and its troubles, over real processes and a real XMPP server."""

import asyncio
import hashlib
import signal
import statistics

from tools.cisco_chain import AGENTS, PASSWORD


def test_a_call_with_commands_and_its_recording(chain, runner):
    async def scenario():
        call = await chain.ring("6021", talk_seconds=30)
        dialog = call["id"]
        ringing = await chain.odoo.event(dialog, "call.ringing")
        print(f"\nring → event: {1000 * (ringing['got'] - call['rung_at']):.0f} ms")
        assert ringing["remote_number"] == "83852123456"
        assert ringing["dialed_number"] == "6024"
        assert ringing["agent"] == {"id": "6021", "extension": "2830"}
        assert (ringing["direction"], ringing["recovered"]) == ("in", False)
        for name, dialog_id in (
            ("answer", dialog),
            ("hold", dialog),
            ("retrieve", None),
            ("drop", dialog),
        ):
            answer = await chain.command(name, "6021", dialog_id=dialog_id)
            assert answer == {"ok": True, "dialog_id": dialog}
        ended = await chain.odoo.event(dialog, "call.ended")
        assert ended["end_reason"] == "normal"
        wanted = ["ringing", "answered", "held", "retrieved", "ended"]
        assert chain.odoo.kinds(dialog) == wanted
        times = [event["at"] for event in chain.odoo.of(dialog)]
        assert times == sorted(times)
        await _recordings(chain, dialog, 2)

    runner.run(scenario())


async def _recordings(chain, dialog, count):
    def mine():
        found = [
            (meta, content)
            for meta, content in chain.odoo.recordings
            if meta["refs"].get("dialog_id") == dialog
        ]
        return found if len(found) == count else None

    found = await chain.odoo.until(mine)
    for number, (meta, content) in enumerate(found, 1):
        assert meta["segment"] == number
        assert content[:4] == b"RIFF"
        assert meta["sha256"] == hashlib.sha256(content).hexdigest()
    async with asyncio.timeout(60):
        while list((chain.folder / "in").glob(f"{dialog}*")):
            await asyncio.sleep(0.05)
    assert len(list((chain.folder / "done").glob(f"{dialog}*"))) == 2 * count


def test_nobody_answers_and_caller_gives_up(chain, runner):
    async def scenario():
        gone = await chain.ring("6022", scenario="abandon", ring_seconds=0.1)
        missed = await chain.ring("6023", scenario="no_answer", ring_seconds=0.1)
        first = await chain.odoo.event(gone["id"], "call.ended")
        second = await chain.odoo.event(missed["id"], "call.ended")
        assert first["end_reason"] == "abandoned"
        assert second["end_reason"] == "no_answer"
        assert chain.odoo.kinds(gone["id"]) == ["ringing", "ended"]

    runner.run(scenario())


def test_call_that_nobody_lifts_is_the_same_call_at_the_next(chain, runner):
    """One citizen is one call, whoever was asked before somebody answered."""

    async def scenario():
        call = await chain.ring(
            "6022", scenario="no_answer", ring_seconds=0.1, then_agent="6023"
        )
        dialog = call["id"]
        await chain.odoo.until(lambda: len(chain.odoo.of(dialog, "call.ringing")) == 2)
        first, second = chain.odoo.of(dialog, "call.ringing")
        assert (first["agent"]["id"], second["agent"]["id"]) == ("6022", "6023")
        assert (await chain.command("answer", "6023", dialog_id=dialog))["ok"]
        await chain.odoo.event(dialog, "call.answered")
        await chain.control(f"calls/{dialog}/hangup", {})
        await chain.odoo.until(lambda: len(chain.odoo.of(dialog, "call.ended")) == 2)
        reasons = [event["end_reason"] for event in chain.odoo.of(dialog, "call.ended")]
        assert reasons == ["no_answer", "normal"]
        await chain.odoo.until(lambda: len(chain.odoo.of(dialog, "call.record")) == 2)

    runner.run(scenario())


def test_dialling_out(chain, runner):
    async def scenario():
        answer = await chain.command(
            "dial", "6024", number="9 (8-3852) 12-34-56", request_id="r1"
        )
        assert answer["ok"], answer
        again = await chain.command("dial", "6024", number="1", request_id="r1")
        assert again == answer
        dialog = answer["dialog_id"]
        dialing = await chain.odoo.event(dialog, "call.dialing")
        assert dialing["direction"] == "out"
        assert dialing["remote_number"] == "983852123456"
        await chain.odoo.event(dialog, "call.answered")
        assert (await chain.command("drop", "6024"))["ok"]
        await chain.odoo.event(dialog, "call.ended")
        assert chain.odoo.kinds(dialog) == ["dialing", "answered", "ended"]

    runner.run(scenario())


def test_dialling_a_busy_number(chain, runner):
    async def scenario():
        answer = await chain.command("dial", "6025", number="83852000017")
        ended = await chain.odoo.event(answer["dialog_id"], "call.ended")
        assert ended["end_reason"] == "busy"
        assert chain.odoo.kinds(answer["dialog_id"]) == ["dialing", "ended"]

    runner.run(scenario())


def test_commands_that_fail_say_why(chain, runner):
    async def scenario():
        assert (await chain.command("answer", "6026", dialog_id="1"))["code"] == (
            "Dialog Not Found"
        )
        assert (await chain.command("drop", "6026"))["code"] == "no_call"
        assert (await chain.command("dial", "6026", number="abc"))["code"] == (
            "bad_request"
        )
        assert (await chain.command("dial", "1"))["code"] == "unknown_agent"
        refused = await chain.command("drop", "6026", token="wrong")
        assert refused["code"] == "unauthorised"
        call = await chain.ring("6026")
        await chain.odoo.event(call["id"], "call.ringing")
        held = await chain.command("hold", "6026", dialog_id=call["id"])
        assert held["code"] == "Call Operation Failure"
        await chain.control(f"calls/{call['id']}/hangup", {})
        await chain.odoo.event(call["id"], "call.ended")

    runner.run(scenario())


def test_state_of_the_agent(chain, runner):
    async def scenario():
        for name, state in (("not_ready", "NOT_READY"), ("ready", "READY")):
            answer = await chain.command(name, "6027")
            assert answer == {"ok": True, "agent_state": state}
            await chain.odoo.until(
                lambda state=state: [
                    event
                    for event in chain.odoo.events.values()
                    if event.get("agent_state") == state
                    and event["agent"]["id"] == "6027"
                ]
            )

    runner.run(scenario())


def test_odoo_away_and_connector_killed_lose_nothing(chain, runner):
    async def scenario():
        await chain.odoo.stop()
        call = await chain.ring("6028")
        dialog = call["id"]
        async with asyncio.timeout(60):
            while not (await chain.health())["events_waiting"]:
                await asyncio.sleep(0.02)
        assert (await chain.command("answer", "6028", dialog_id=dialog))["ok"]
        await chain.end("connector", signal.SIGKILL)
        await chain.control(f"calls/{dialog}/hangup", {})
        other = await chain.ring("6029", answer_seconds=0)
        await chain.launch("connector")
        await chain.odoo.start()
        ended = await chain.odoo.event(dialog, "call.ended")
        assert ended["recovered"]
        assert chain.odoo.kinds(dialog) == ["ringing", "answered", "ended"]
        answered = await chain.odoo.event(other["id"], "call.answered")
        assert answered["recovered"]
        await chain.until_connected()
        await chain.control(f"calls/{other['id']}/hangup", {})
        await chain.odoo.event(other["id"], "call.ended")
        assert chain.odoo.kinds(other["id"]) == ["ringing", "answered", "ended"]
        await _recordings(chain, dialog, 1)

    runner.run(scenario())


def test_xmpp_lost_in_the_middle_of_a_call(chain, runner):
    async def scenario():
        call = await chain.ring("6021", answer_seconds=0)
        await chain.odoo.event(call["id"], "call.answered")
        ringing = await chain.ring("6022")
        await chain.odoo.event(ringing["id"], "call.ringing")
        await chain.end("prosody", signal.SIGKILL)
        await chain.control(f"calls/{call['id']}/hangup", {})
        fresh = await chain.ring("6023")
        await chain.launch("prosody")
        ended = await chain.odoo.event(call["id"], "call.ended", 30)
        assert ended["recovered"]
        assert ended["end_reason"] == "normal"
        missed = await chain.odoo.event(fresh["id"], "call.ringing", 30)
        assert missed["recovered"]
        await chain.until_connected()
        assert chain.odoo.kinds(ringing["id"]) == ["ringing"]
        for one in (ringing, fresh):
            await chain.control(f"calls/{one['id']}/hangup", {})
            await chain.odoo.event(one["id"], "call.ended")
            assert chain.odoo.kinds(one["id"]) == ["ringing", "ended"]

    runner.run(scenario())


def test_thirty_telephones_at_once(chain, runner):
    async def scenario():
        calls = await asyncio.gather(*(chain.ring(agent) for agent in AGENTS))
        delays = []
        for call in calls:
            event = await chain.odoo.event(call["id"], "call.ringing")
            delays.append(1000 * (event["got"] - call["rung_at"]))
        delays.sort()
        print(
            f"\n30 rings at once → events: median {statistics.median(delays):.0f} ms, "
            f"95 % {delays[28]:.0f} ms, slowest {delays[-1]:.0f} ms"
        )
        for call in calls:
            await chain.control(f"calls/{call['id']}/hangup", {})
        for call in calls:
            await chain.odoo.event(call["id"], "call.ended")
            assert chain.odoo.kinds(call["id"]) == ["ringing", "ended"]

    runner.run(scenario())


def test_clean_end_and_no_secret_in_the_log(chain, runner):
    async def scenario():
        assert await chain.end("connector") == 0
        assert await chain.end("simulator") == 0
        for name in ("connector", "simulator"):
            assert PASSWORD not in chain.log(name)
            assert "83852123456" not in chain.log(name)
        assert "Traceback" not in chain.log("connector")

    runner.run(scenario())
