# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Calls that change hands, asked for by commands, over real processes."""

import asyncio


async def talking(chain, agent="6021", **values):
    """A citizen who already talks with the agent; returns the dialog id."""
    call = await chain.ring(agent, **values)
    await chain.odoo.event(call["id"], "call.ringing")
    assert (await chain.command("answer", agent, dialog_id=call["id"]))["ok"]
    await chain.odoo.event(call["id"], "call.answered")
    return call["id"]


async def lifts(chain, agent, dialog):
    """The colleague lifts his telephone as soon as it rings."""
    async with asyncio.timeout(60):
        while not (await chain.command("answer", agent, dialog_id=dialog))["ok"]:
            await asyncio.sleep(0.05)


def of_agent(chain, dialog, agent):
    events = chain.odoo.of(dialog)
    mine = [event for event in events if event["agent"].get("id") == agent]
    return [event["type"].partition(".")[2] for event in mine]


async def over(chain, dialog, agent):
    await chain.control(f"calls/{dialog}/hangup", {})
    await chain.odoo.until(lambda: "ended" in of_agent(chain, dialog, agent))


def test_consult_then_transfer(chain, runner):
    async def scenario():
        dialog = await talking(chain)
        asked = await chain.command("consult", "6021", dialog_id=dialog, number="2831")
        assert asked["ok"] and asked["dialog_id"] != dialog
        await lifts(chain, "6022", asked["dialog_id"])
        done = await chain.command("complete_transfer", "6021", dialog_id=dialog)
        assert done == {"ok": True, "dialog_id": dialog}
        await chain.odoo.until(lambda: "answered" in of_agent(chain, dialog, "6022"))
        # The colleague was asked before; his card opens only now, by the citizen.
        told = of_agent(chain, dialog, "6022")
        assert told == ["ringing", "answered"]
        ringing = next(
            event
            for event in chain.odoo.of(dialog, "call.ringing")
            if event["agent"]["id"] == "6022"
        )
        assert ringing["remote_number"] == "83852123456"
        await over(chain, dialog, "6022")
        assert of_agent(chain, dialog, "6021") == [
            "ringing",
            "answered",
            "held",
            "ended",
        ]
        first = next(
            event
            for event in chain.odoo.of(dialog, "call.ended")
            if event["agent"]["id"] == "6021"
        )
        assert first["end_reason"] == "transferred"

    runner.run(scenario())


def test_swapped_consult_keeps_the_citizen(chain, runner):
    async def scenario():
        dialog = await talking(chain)
        asked = await chain.command("consult", "6021", dialog_id=dialog, number="2831")
        second = asked["dialog_id"]
        await lifts(chain, "6022", second)
        assert (await chain.command("retrieve", "6021", dialog_id=dialog))["ok"]
        done = await chain.command("complete_transfer", "6021", dialog_id=dialog)
        assert done["ok"], done
        await chain.odoo.until(lambda: "answered" in of_agent(chain, dialog, "6022"))
        ringing = next(
            event
            for event in chain.odoo.of(dialog, "call.ringing")
            if event["agent"]["id"] == "6022"
        )
        # The surviving dialog is the consult call, the citizen is still the citizen.
        assert ringing["remote_number"] == "83852123456"
        assert {ref["value"] for ref in ringing["refs"]} == {dialog, second}
        await over(chain, second, "6022")

    runner.run(scenario())


def test_blind_transfer_rings_at_the_colleague(chain, runner):
    async def scenario():
        dialog = await talking(chain, "6023")
        done = await chain.command("transfer", "6023", dialog_id=dialog, number="2833")
        assert done == {"ok": True, "dialog_id": dialog}
        await chain.odoo.until(lambda: "ringing" in of_agent(chain, dialog, "6024"))
        assert (await chain.command("answer", "6024", dialog_id=dialog))["ok"]
        await over(chain, dialog, "6024")
        assert of_agent(chain, dialog, "6024") == ["ringing", "answered", "ended"]
        assert of_agent(chain, dialog, "6023")[-1] == "ended"

    runner.run(scenario())


def test_conference_and_leaving_it(chain, runner):
    async def scenario():
        dialog = await talking(chain, "6025")
        asked = await chain.command("consult", "6025", dialog_id=dialog, number="2835")
        await lifts(chain, "6026", asked["dialog_id"])
        done = await chain.command("conference", "6025", dialog_id=dialog)
        assert done == {"ok": True, "dialog_id": dialog}
        await chain.odoo.until(lambda: "answered" in of_agent(chain, dialog, "6026"))
        assert (await chain.command("drop", "6025", dialog_id=dialog))["ok"]
        await chain.odoo.until(lambda: "ended" in of_agent(chain, dialog, "6025"))
        assert "ended" not in of_agent(chain, dialog, "6026")
        await over(chain, dialog, "6026")

    runner.run(scenario())


def test_colleague_who_is_busy_and_coming_back_to_the_citizen(chain, runner):
    async def scenario():
        await talking(chain, "6027")
        dialog = await talking(chain, "6028")
        await chain.command("consult", "6028", dialog_id=dialog, number="2836")
        early = await chain.command("complete_transfer", "6028", dialog_id=dialog)
        assert early["reason"] == "CF_INVALID_CALL_STATE"
        back = await chain.command("retrieve", "6028", dialog_id=dialog)
        assert back["ok"], back
        await over(chain, dialog, "6028")
        assert of_agent(chain, dialog, "6028")[-2:] == ["retrieved", "ended"]
        assert (await chain.command("drop", "6027"))["ok"]

    runner.run(scenario())


def test_changed_mind_ends_the_consult_call_only(chain, runner):
    async def scenario():
        dialog = await talking(chain)
        asked = await chain.command("consult", "6021", dialog_id=dialog, number="2831")
        await lifts(chain, "6022", asked["dialog_id"])
        done = await chain.command("end_consult", "6021", dialog_id=dialog)
        assert done == {"ok": True, "dialog_id": asked["dialog_id"]}
        assert (await chain.command("retrieve", "6021", dialog_id=dialog))["ok"]
        await over(chain, dialog, "6021")
        assert of_agent(chain, asked["dialog_id"], "6022") == []

    runner.run(scenario())


def test_bar_knows_the_talk_with_the_colleague(chain, runner):
    """What the operator's bar shows and does while a colleague is asked."""

    async def line():
        return (await chain.command("line_state", "6021"))["line"]

    async def consult_is(state):
        """The news of it comes after the answer to the command."""
        async with asyncio.timeout(60):
            while (await line())["consult"] != {"number": "2831", "state": state}:
                await asyncio.sleep(0.05)

    async def scenario():
        dialog = await talking(chain)
        assert (await line())["consult"] is None
        asked = await chain.command("consult", "6021", dialog_id=dialog, number="2831")
        await lifts(chain, "6022", asked["dialog_id"])
        await consult_is("talking")
        keys = await chain.command("send_dtmf", "6021", digits="12", consult=True)
        assert keys == {"ok": True, "dialog_id": asked["dialog_id"]}
        assert (await chain.command("retrieve", "6021", dialog_id=dialog))["ok"]
        await consult_is("held")
        back = await chain.command("retrieve_consult", "6021", consult=True)
        assert back == {"ok": True, "dialog_id": asked["dialog_id"]}
        later = await chain.command("not_ready", "6021", reason="1")
        assert later["ok"] and (await line())["pending_state"] == "NOT_READY"
        assert (await chain.command("end_consult", "6021"))["ok"]
        assert (await line())["consult"] is None
        assert (await chain.command("retrieve", "6021", dialog_id=dialog))["ok"]
        await over(chain, dialog, "6021")

    runner.run(scenario())


def test_tones_wrap_up_and_reasons(chain, runner):
    async def scenario():
        dialog = await talking(chain)
        sent = await chain.command("send_dtmf", "6021", dialog_id=dialog, digits="12#")
        assert sent == {"ok": True, "dialog_id": dialog}
        assert (await chain.control("health"))["tones"][-1] == [dialog, "12#"]
        await chain.command("wrap_up", "6021", dialog_id=dialog, reason="Консультация")
        call = await chain.control(f"calls/{dialog}")
        assert call["wrap_up"] == "Консультация"
        refused = await chain.command("send_dtmf", "6021", dialog_id=dialog, digits="A")
        assert refused["code"] == "bad_request"
        await over(chain, dialog, "6021")
        reasons = (await chain.command("reason_codes", "6021"))["reasons"]
        assert {"id": "12", "label": "Обед"} in reasons
        labels = await chain.command("reason_codes", "6021", category="wrap_up")
        assert "Консультация" in [reason["label"] for reason in labels["reasons"]]
        paused = await chain.command("not_ready", "6021", reason="12")
        assert paused == {"ok": True, "agent_state": "NOT_READY"}
        await chain.command("ready", "6021")

    runner.run(scenario())


def test_number_that_comes_one_notification_later(chain, runner):
    async def scenario():
        call = await chain.ring("6022", late_data=True)
        ringing = await chain.odoo.event(call["id"], "call.ringing")
        # while it still rings
        update = await chain.odoo.event(call["id"], "call.updated")
        assert (ringing["remote_number"], update["remote_number"]) == (
            "",
            "83852123456",
        )
        await chain.command("answer", "6022", dialog_id=call["id"])
        answered = await chain.odoo.event(call["id"], "call.answered")
        assert answered["remote_number"] == "83852123456"
        await over(chain, call["id"], "6022")
        assert of_agent(chain, call["id"], "6022") == [
            "ringing",
            "updated",
            "answered",
            "ended",
        ]

    runner.run(scenario())


def test_number_that_comes_during_the_talk(chain, runner):
    async def scenario():
        dialog = await talking(chain, "6022", late_data="talk")
        answered = await chain.odoo.event(dialog, "call.answered")
        update = await chain.odoo.event(dialog, "call.updated")
        assert answered["remote_number"] == ""
        assert update["remote_number"] == "83852123456"
        await over(chain, dialog, "6022")

    runner.run(scenario())
