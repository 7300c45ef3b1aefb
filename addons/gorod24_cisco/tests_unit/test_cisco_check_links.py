# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Each check against a small web server that plays Finesse and Odoo."""

import asyncio
from dataclasses import replace
from types import SimpleNamespace

import aiohttp
import pytest
from aiohttp import web
from gorod24_cisco.connector.calibration import Calibration
from gorod24_cisco.connector.checks import Checks
from gorod24_cisco.connector.rest import FinesseRest
from gorod24_cisco.connector.settings import build
from test_cisco_connector import DATA

SYSTEM = (
    "<SystemInfo><status>{}</status><xmppDomain>d.example</xmppDomain></SystemInfo>"
)
USER = (
    "<User><loginId>6021</loginId><state>{}</state><extension>{}</extension>"
    "<uri>/finesse/api/User/6021</uri></User>"
)
TAKEN = '{"results": [{"status": "accepted"}, {"status": "duplicate"}]}'


def ask(answers, link="connected", **payload):
    """Answer of one check; ``answers``: {end of the path: (status, text)}."""

    async def scenario():
        seen = []

        async def handler(request):
            seen.append((request.method, request.path, await request.text()))
            status, text = answers[request.path.rsplit("/", 1)[1]]
            return web.Response(status=status, text=text)

        app = web.Application()
        app.router.add_route("*", "/{tail:.*}", handler)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        url = f"http://127.0.0.1:{port}"
        finesse = DATA["finesse"] | {"base_url": f"{url}/finesse/api"}
        settings = build(
            DATA | {"finesse": finesse, "odoo": {"url": url, "token": "t"}}
        )
        async with aiohttp.ClientSession() as http:
            answer = await Checks(connector(settings, http, link), http).check(payload)
        await runner.cleanup()
        return answer, seen

    return asyncio.run(scenario())


def connector(settings, http, link):
    agent = settings.agents[0]
    rest = FinesseRest(http, settings, agent)
    line = SimpleNamespace(agent=agent, rest=rest, state=link)
    spool = SimpleNamespace(is_empty=lambda: True)
    poster = SimpleNamespace(
        url=f"{settings.odoo_url}/gorod24/telephony/v1/events",
        headers={"Authorization": "Bearer t"},
        spool=spool,
        last_error="",
    )
    return SimpleNamespace(
        settings=settings,
        lines={agent.id: line},
        calibration=Calibration(replace(settings)),
        poster=poster,
    )


@pytest.mark.parametrize(
    ("status", "text", "code"),
    [
        (200, SYSTEM.format("IN_SERVICE"), "ok"),
        (200, SYSTEM.format("PARTIAL_SERVICE"), "out_of_service"),
        (200, "<html><p>Welcome</p></html>", "not_finesse"),
        (200, "plain words", "not_finesse"),
        (401, "", "password"),
        (404, "", "http"),
    ],
)
def test_system_info_is_read_or_its_fault_named(status, text, code):
    answer, seen = ask({"SystemInfo": (status, text)}, check="finesse")
    assert (answer["code"], answer["ok"]) == (code, code == "ok")
    assert {method for method, *_rest in seen} == {"GET"}
    if code == "ok":
        assert answer["facts"]["xmpp_domain"] == "d.example"
        assert abs(answer["facts"]["clock"]) <= 2


@pytest.mark.parametrize(
    ("user", "link", "code"),
    [
        ((200, USER.format("NOT_READY", "2830")), "connected", "ok"),
        ((200, USER.format("LOGOUT", "")), "connected", "ok"),
        ((200, USER.format("READY", "2899")), "connected", "other_extension"),
        ((200, USER.format("READY", "2830")), "disconnected: x", "no_link"),
        ((401, ""), "connected", "password"),
        ((404, ""), "connected", "no_user"),
        ((403, ""), "connected", "operator_refused"),
    ],
)
def test_operator_is_only_read(user, link, code):
    answer, seen = ask({"6021": user}, link, check="operator", agent_id="6021")
    assert answer["code"] == code
    assert {method for method, *_rest in seen} == {"GET"}


@pytest.mark.parametrize(
    ("status", "text", "code"),
    [
        (200, TAKEN, "ok"),
        (401, "{}", "token"),
        (404, "", "http"),
        (200, '{"results": [{"status": "rejected"}]}', "rejected"),
        (200, "<html>", "rejected"),
        # The same event taken twice as new would double calls, too.
        (200, TAKEN.replace("duplicate", "accepted"), "rejected"),
    ],
)
def test_probe_event_is_sent_twice_and_judged(status, text, code):
    answers = {"events": (status, text)}
    answer, seen = ask(answers, check="event_door", probe_id="1")
    assert answer["code"] == code
    assert seen[0][2].count("finesse:fin1|probe|1") == 2


def test_what_is_not_there_is_said():
    assert ask({}, check="finesse", node="secondary")[0]["code"] == "not_configured"
    for name in ("cdr", "recordings", "mediasense"):
        assert ask({}, check=name)[0]["code"] == "not_configured"
    assert ask({}, check="operator", agent_id="1")[0]["code"] == "unknown_agent"
    assert ask({}, check="operator")[0]["code"] == "unknown_agent"
    unknown = ask({"SystemInfo": (500, "")}, check="xmpp")[0]
    assert unknown["code"] == "no_domain"
