# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The buttons of the setup over real processes: what works says so, what fails, why."""

import asyncio
import json
import re

import pytest

from tools.cisco_chain import COMMAND_TOKEN, Chain
from tools.cisco_chain.asking import ask, check


async def restart_with(chain, *changes):
    """Start the connector anew with its file changed; returns the old text."""
    path = chain.folder / "connector.toml"
    old = text = path.read_text()
    for pattern, put in changes:
        text, count = re.subn(pattern, put, text, count=1, flags=re.DOTALL)
        assert count, pattern
    path.write_text(text)
    await chain.end("connector")
    await chain.launch("connector")
    # Thirty lines sign in at once: a stop amid that is slow on a busy computer.
    async with asyncio.timeout(180):
        while not await has_tried(chain):
            await asyncio.sleep(0.05)
    return old


async def has_tried(chain):
    """Every line has its link, or knows why not."""
    health = await chain.health()
    return health and all(line["link"] != "starting" for line in health["lines"])


async def restore(chain, old):
    (chain.folder / "connector.toml").write_text(old)
    await chain.end("connector")
    await chain.launch("connector")
    await chain.until_connected()


def test_every_link_that_works_says_so(chain, runner):
    async def scenario():
        for node in ("primary", "secondary"):
            code, facts = await check(chain, "finesse", node=node)
            assert code == "ok", facts
            assert facts["status"] == "IN_SERVICE"
            assert abs(facts["clock"]) <= 30
            code, facts = await check(chain, "xmpp", node=node)
            assert code == "ok", facts
            assert "PLAIN" in facts["mechanisms"]
        before = (await chain.control("agents"))["agents"]
        code, facts = await check(chain, "operator", agent_id="6021")
        assert (code, facts["extension"]) == ("ok", "2830"), facts
        # Nobody was signed in or out, nobody's state was touched.
        assert (await chain.control("agents"))["agents"] == before
        code, facts = await check(chain, "event_door", probe_id="press-1")
        assert code == "ok", facts
        probe = chain.odoo.events["finesse:fin1|probe|press-1"]
        assert (probe["type"], chain.odoo.repeats >= 1) == ("probe", True)
        assert (await check(chain, "event_door", probe_id="press-2"))[0] == "ok"
        for name in ("cdr", "recordings", "mediasense"):
            code, facts = await check(chain, name)
            assert code == "ok", facts
        assert not (await chain.control("health"))["calls"]

    runner.run(scenario())


def test_doors_of_the_setup_need_the_token_and_tell_no_secret(chain, runner):
    async def scenario():
        for path, body in (("settings", None), ("checks", {}), ("calibration", {})):
            assert (await ask(chain, path, body, token="wrong"))[0] == 401
        _status, answer = await ask(chain, "settings")
        told = json.dumps(answer)
        assert answer["settings"]["finesse.xmpp_port"] == chain.ports["gate"]
        assert ["6021", "2830"] in answer["settings"]["agents"]
        for secret in ("agent-pass-word", "media-secret", COMMAND_TOKEN):
            assert secret not in told
        assert (await check(chain, "nonsense"))[0] == "unknown_check"
        log = chain.log("connector")
        assert COMMAND_TOKEN not in log and "agent-pass-word" not in log

    runner.run(scenario())


def test_failures_are_told_apart(chain, runner):
    async def scenario():
        await chain.control("nodes", {"2": "OUT_OF_SERVICE"})
        code, facts = await check(chain, "finesse", node="secondary")
        assert (code, facts["status"]) == ("out_of_service", "OUT_OF_SERVICE")
        await chain.control("nodes", {"2": "IN_SERVICE"})
        assert (await check(chain, "operator", agent_id="9999"))[0] == "unknown_agent"
        (chain.folder / "cdr-failed/x.reason.txt").write_text("line 3: no number")
        code, facts = await check(chain, "cdr")
        assert (code, facts["refused"]) == ("ok", 1)
        assert facts["last_reason"] == "line 3: no number"
        await chain.odoo.stop()
        code, facts = await check(chain, "event_door")
        assert code == "refused" and str(chain.ports["odoo"]) in facts["host"]
        await chain.odoo.start()
        silent = await asyncio.start_server(lambda _r, _w: None, "127.0.0.1", 0)
        port = silent.sockets[0].getsockname()[1]
        old = await restart_with(
            chain,
            (r'base_url = "http://[^"]+"', 'base_url = "http://127.0.0.1:1/x"'),
            (r"xmpp_port = \d+", f'xmpp_port = {port}\nxmpp_domain = "finesse.test"'),
            (r'(\[agent\]\]\nid = "6021".*?password = ")[^"]+', r"\g<1>wrong"),
            (r'(\[odoo\].*?token = ")[^"]+', r"\g<1>wrong"),
            (r'(\[cdr\]\nfolder = "[^"]+)"', r'\g<1>/none"'),
            (r'password = "media-secret"', 'password = "wrong"'),
        )
        try:
            assert (await check(chain, "finesse"))[0] == "refused"
            code, facts = await check(chain, "xmpp")
            assert code == "timeout", facts
            assert (await check(chain, "event_door"))[0] == "token"
        finally:
            silent.close()
            await restore(chain, old)

    runner.run(scenario())


def test_wrong_password_and_lost_folder_are_told(chain, runner):
    async def scenario():
        old = await restart_with(
            chain,
            (r'(\[agent\]\]\nid = "6021".*?password = ")[^"]+', r"\g<1>wrong"),
        )
        try:
            code, facts = await check(chain, "operator", agent_id="6021")
            assert (code, facts["agent"]) == ("password", "6021")
            (chain.folder / "done").rename(chain.folder / "done-away")
            code, facts = await check(chain, "recordings")
            assert (code, facts["folder"]) == ("no_folder", f"{chain.folder}/done")
            (chain.folder / "done-away").rename(chain.folder / "done")
        finally:
            await restore(chain, old)

    runner.run(scenario())


def test_calibration_changes_what_journals_say_and_outlives_a_restart(chain, runner):
    async def scenario():
        def dialogs(event):
            return [ref for ref in event["refs"] if ref["kind"] == "dialog"]

        async def recorded(agent):
            call = await chain.ring(agent, answer_seconds=0)
            await chain.odoo.event(call["id"], "call.answered")
            await chain.control(f"calls/{call['id']}/hangup", {})
            gcid = f"{int(call['id']) >> 24}/{int(call['id']) & 0xFFFFFF}"
            return await chain.odoo.event(gcid, "call.record", 60)

        assert len(dialogs(await recorded("6024"))) == 1
        bad = await ask(chain, "calibration", {"dialog_ids_are_jtapi": "no"})
        assert bad[1]["code"] == "bad_request"
        _status, answer = await ask(
            chain, "calibration", {"dialog_ids_are_jtapi": False}
        )
        assert answer["ok"]
        assert dialogs(await recorded("6025")) == []
        await chain.end("connector")
        await chain.launch("connector")
        await chain.until_connected()
        _status, answer = await ask(chain, "settings")
        assert answer["settings"]["cdr.dialog_ids_are_jtapi"] is False
        assert dialogs(await recorded("6026")) == []
        await ask(chain, "calibration", {"dialog_ids_are_jtapi": True})

    runner.run(scenario())


@pytest.fixture(scope="module")
def tls_chain(runner):
    made = Chain(tls=True)
    try:
        runner.run(made.start())
        yield made
    finally:
        runner.run(made.stop())


def test_certificates_have_words_of_their_own(tls_chain, runner):
    async def scenario():
        chain = tls_chain
        code, facts = await check(chain, "xmpp")
        assert (code, facts["encryption"][:4]) == ("ok", "TLSv"), facts
        assert (await check(chain, "finesse"))[0] == "ok"
        # Signed by an authority we were not told of.
        old = await restart_with(
            chain,
            (r'ca_bundle = "[^"]+"\n', 'xmpp_domain = "finesse.test"\n'),
        )
        assert (await check(chain, "xmpp"))[0] == "certificate"
        assert (await check(chain, "finesse"))[0] == "certificate"
        (chain.folder / "connector.toml").write_text(old)
        await restart_with(
            chain,
            (r'xmpp_tls = "direct"', 'xmpp_tls = "direct"\nxmpp_domain = "other.test"'),
        )
        assert (await check(chain, "xmpp"))[0] == "certificate_name"
        assert (await check(chain, "finesse"))[0] == "other_domain"

    runner.run(scenario())
