# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which node serves, and what one operator's trouble is to the others."""

import asyncio
import time
from dataclasses import replace

import pytest
from gorod24_cisco.connector import cluster as cluster_module
from gorod24_cisco.connector import line as line_module
from gorod24_cisco.connector import metrics
from gorod24_cisco.connector.cluster import Cluster
from gorod24_cisco.connector.faults import CheckFailed
from gorod24_cisco.connector.line import Line
from gorod24_cisco.connector.link import LinkError, PasswordRefused
from gorod24_cisco.connector.rest import FinesseError
from gorod24_cisco.connector.settings import SettingsError, build
from test_cisco_connector import DATA

GOOD = {"status": "IN_SERVICE", "xmpp_domain": "fin.example"}
SECOND = {"base_url": "http://127.0.0.1:9", "xmpp_host": "127.0.0.1"}


@pytest.fixture
def settings(tmp_path):
    finesse = DATA["finesse"] | {"secondary": SECOND}
    return replace(build(DATA | {"finesse": finesse}), spool=tmp_path)


class Rest:
    """SystemInfo as one operator is told it; counts how often he asked."""

    def __init__(self, answer=GOOD, is_accepted=False):
        self.answer, self.is_accepted, self.asked = answer, is_accepted, 0

    async def system(self, _base):
        self.asked += 1
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def refused():
    return Rest(FinesseError("Authorization Failure", status=401))


def run(work):
    return asyncio.run(work)


def test_wrong_password_of_one_operator_is_no_news_of_the_node(settings):
    async def scenario():
        cluster = Cluster(settings)
        first, _second = cluster.nodes
        await cluster.choose(Rest())
        since = dict(cluster.since)
        cluster.known[first] = (float("-inf"), *cluster.known[first][1:])
        bad = refused()
        with pytest.raises(PasswordRefused):
            await cluster.choose(bad)
        assert bad.asked == 1  # not at the other node, too: that is one try more
        assert cluster.since == since
        assert cluster.health()[first.host] == "IN_SERVICE"
        assert (await cluster.choose(Rest()))[0] is first

    run(scenario())


def test_password_that_was_good_is_tried_at_the_other_node(settings):
    async def scenario():
        cluster = Cluster(settings)
        first, second = cluster.nodes
        await cluster.status(Rest(), second)
        bad = refused()
        bad.is_accepted = True
        assert (await cluster.choose(bad))[0] is second
        assert await cluster.better(bad, second, is_down=False) is None
        assert first not in cluster.known

    run(scenario())


@pytest.mark.parametrize(
    "answer",
    [{"status": "", "xmpp_domain": "fin.example"}, {**GOOD, "xmpp_domain": ""}],
)
def test_page_of_maintenance_is_not_in_service(settings, answer):
    with pytest.raises(LinkError, match="no "):
        run(Cluster(settings).choose(Rest(answer)))


def test_node_whose_xmpp_is_dead_is_left_alone_until_it_speaks(settings, monkeypatch):
    speaks, asked = False, []

    async def probe(_settings, node, domain):
        asked.append((node, domain))
        if not speaks:
            raise CheckFailed("not_xmpp")

    monkeypatch.setattr(cluster_module, "probe", probe)

    async def scenario():
        nonlocal speaks
        cluster = Cluster(replace(settings, return_after=0.0))
        first, second = cluster.nodes
        rest = Rest()
        assert (await cluster.choose(rest))[0] is first
        cluster.settings = replace(settings, return_after=3600.0)
        for _line in range(30):  # all telephones of one node notice it at once
            cluster.failed(first)
        pause = cluster.avoided[first] - time.monotonic()
        assert 60 <= pause <= cluster_module.AVOID_MOST
        assert (await cluster.choose(rest))[0] is second
        cluster.opened(second)
        assert await cluster.better(rest, second, is_down=False) is None
        assert asked == []
        cluster.settings = replace(settings, return_after=0.0)
        cluster.avoided[first] = 0.0
        assert await cluster.better(rest, second, is_down=False) is None
        assert asked == [(first, "fin.example")]
        speaks = True
        cluster.avoided[first] = 0.0
        assert await cluster.better(rest, second, is_down=False) is first

    run(scenario())


def line_of(settings, cluster):
    return Line(settings, settings.agents[0], None, lambda _events: None, "r", cluster)


def test_refused_password_is_tried_ever_more_rarely(settings, monkeypatch):
    waits = []

    async def sleep(seconds):
        waits.append(seconds)
        if len(waits) > 4:
            raise asyncio.CancelledError

    async def scenario():
        line = line_of(settings, Cluster(settings))
        line.rest = refused()
        monkeypatch.setattr(line_module.asyncio, "sleep", sleep)
        with pytest.raises(asyncio.CancelledError):
            await line.run()
        assert line.rest.asked == 5
        return line.health()

    health = run(scenario())
    assert [round(wait / 60) for wait in waits] == [10, 20, 30, 30, 30]
    assert health["password_refused"]
    page = metrics.page({"ok": False, "lines": [health]})
    assert "не принимает пароль" in page and "refused" not in page


def test_unexpected_error_of_one_line_ends_only_its_session(settings, caplog):
    async def scenario():
        line = line_of(settings, Cluster(settings))
        line.rest = Rest(ZeroDivisionError())
        return await line._session()

    assert run(scenario()) == "unexpected error: ZeroDivisionError"
    assert "6021" in caplog.text


def test_repair_survives_what_it_meets(settings, monkeypatch):
    async def scenario():
        line = line_of(settings, Cluster(settings))
        times = 0
        done = asyncio.Event()

        async def compare():
            nonlocal times
            times += 1
            if times == 1:
                line.hurry.set()
                raise RuntimeError
            done.set()
            return True

        line.compare = compare
        task = asyncio.create_task(line._repair())
        await asyncio.wait_for(done.wait(), 20)
        task.cancel()

    run(scenario())


def test_events_that_no_disk_took_are_told_anew_after_a_restart(settings):
    async def scenario():
        line = line_of(settings, Cluster(settings))
        line.tracker.state = "READY"
        line._tell([{"event_id": "1"}])
        line.put = lambda _events: False
        line._tell([{"event_id": "2"}])
        line._stop_writing(now=True)
        assert not line._memory.exists()
        line.put = lambda _events: True
        line._tell([{"event_id": "2"}])
        line._stop_writing(now=True)
        assert line._memory.exists()

    run(scenario())


def test_memory_is_written_at_once_and_once_for_many_events(settings):
    written = asyncio.Event()

    async def scenario():
        line = line_of(settings, Cluster(settings))
        write, times = line._write_memory, []

        def count():
            times.append(1)
            write()
            written.set()

        line._write_memory = count
        for state in ("READY", "RESERVED", "TALKING"):
            line.tracker.state = state
            line._tell([{"event_id": state}])
        await asyncio.wait_for(written.wait(), 20)
        assert len(times) == 1
        assert "TALKING" in line._memory.read_text()

    run(scenario())


@pytest.mark.parametrize("agent_id", ["60 21", "60@21", "../6021", "60/21", "a'b"])
def test_agent_id_that_is_no_id_is_named(agent_id):
    agents = [DATA["agent"][0] | {"id": agent_id}]
    with pytest.raises(SettingsError, match="wrong character"):
        build(DATA | {"agent": agents})
