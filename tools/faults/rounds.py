# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rounds of calls and blows, each judged when everything has come to rest."""

import asyncio
import contextlib
import random
import time
from dataclasses import dataclass, field

import aiohttp

from tools.bootstrap.errors import Trouble

from . import check, plot
from .screens import screens
from .town import town
from .victims import Victims

# Operators who are asked by others: nobody rings them of himself.
COLLEAGUES = 9
PATIENCE = 180.0  # a fault that lasts longer than this counts as lost
READY = 300.0
SHORT = (("connector", "backend"), ("worker", "prosody"), ("postmaster", "gevent"))


@dataclass
class Verdict:
    """How a round ended. ``faults``: texts; ``rested``: seconds after the last ring."""

    number: int
    blows: list
    calls: int = 0
    recordings: int = 0
    handed: int = 0
    cards: int = 0
    rested: float = 0.0
    faults: list = field(default_factory=list)


def kinds_of(dice):
    """Two or three different kinds for a round."""
    return dice.sample(Victims.KINDS, dice.choice((2, 2, 3)))


class Trial:
    """Plays rounds on one town. ``tell`` gets lines for a person."""

    def __init__(self, place, shown, http, seed, tell):
        self.town = place
        self.screens = shown
        self.http = http
        self.seed = seed
        self.tell = tell
        self.numbers = set()

    async def control(self, path, body=None):
        """Ask the simulator."""
        url = f"{self.town.stack.simulator_url}/control/{path}"
        method = self.http.get if body is None else self.http.post
        async with method(url, json=body) as answer:
            data = await answer.json()
        if answer.status >= 400:
            raise RuntimeError(f"simulator: {data}")
        return data

    async def round(self, number, kinds=None):
        """Play one round and judge it."""
        dice = random.Random(f"{self.seed}/{number}")  # noqa: S311
        kinds = kinds or kinds_of(dice)
        agents = [agent.id for agent in self.town.agents[:-COLLEAGUES]]
        colleagues = self.town.agents[-COLLEAGUES:]
        script = (
            plot.rings(dice, agents, self.numbers, colleagues),
            plot.blows(dice, kinds),
        )
        verdict = Verdict(number, [blow.kind for blow in script[1]])
        await self.until_ready()
        self.tell(f"Раунд {number}: {', '.join(verdict.blows)}")
        victims = Victims(self.town, dice)
        ids = set(await plot.play(script, self.control, victims, self._tell_blow))
        ledger = await self._ledger(ids)
        await self._judge(verdict, ledger)
        return verdict

    def _tell_blow(self, text):
        self.tell(f"  {text}")

    async def health(self):
        """What the connector says of itself."""
        secret = self.town.stack.secrets["connector_token"]
        url = f"http://127.0.0.1:{self.town.stack.ports['connector']}/v1/health"
        headers = {"Authorization": f"Bearer {secret}"}
        async with self.http.get(url, headers=headers) as answer:
            return await answer.json()

    async def until_ready(self):
        """Every line connected, every screen listening: the round begins in order."""
        async with asyncio.timeout(READY):
            while True:
                try:
                    health = await self.health()
                    lines = {line["link"] for line in health["lines"]}
                    feed = (await self.control("health"))["xmpp"]
                    if lines == {"connected"} and feed and self._all_listen():
                        return
                except (aiohttp.ClientError, OSError):
                    pass
                await asyncio.sleep(0.2)

    def _all_listen(self):
        return all(screen.ready.is_set() for screen in self.screens.values())

    async def _ledger(self, ids):
        """The ledger of these calls once all are over and the recorder is done."""
        async with asyncio.timeout(120):
            while True:
                calls = (await self.control("ledger"))["calls"]
                mine = [call for call in calls if call["id"] in ids]
                segments = [
                    sum(part["segments"] for part in call["parts"]) for call in mine
                ]
                written = [len(call["recordings"]) for call in mine]
                if len(mine) == len(ids) and segments == written:
                    return mine
                await asyncio.sleep(0.1)

    async def _judge(self, verdict, ledger):
        """Wait until all agrees; what still differs then is the fault."""
        begun = time.monotonic()
        verdict.calls = len(ledger)
        verdict.handed = sum(check.is_handed(call) for call in ledger)
        verdict.recordings = sum(len(call["recordings"]) for call in ledger)
        while True:
            verdict.faults = await asyncio.to_thread(self._compare, ledger)
            verdict.rested = time.monotonic() - begun
            if not verdict.faults or verdict.rested > PATIENCE:
                break
            await asyncio.sleep(0.5)
        numbers = {check.e164(call["number"]) for call in ledger}
        verdict.cards = sum(
            number in numbers
            for screen in self.screens.values()
            for number, _at in screen.cards.values()
        )

    def _compare(self, ledger):
        try:
            found = check.differences(ledger, *check.read(self.town, ledger))
        except Exception as error:  # the server may be down for a moment
            return [f"база не отвечает: {error}"]
        for agent, screen in self.screens.items():
            if screen.calls:
                found.append(f"на экране {agent} всё ещё звонок: {screen.calls}")
        return found


async def watch_odoo(place, tell):
    """What systemd does: Odoo's head process ends when it loses the database."""
    stopped = False
    while True:
        service = place.service("odoo")
        if not service.is_running():
            if not stopped:
                tell("  Odoo остановился сам, поднимаю")
            stopped = True
            with contextlib.suppress(Trouble):  # its port may be busy for a moment
                await asyncio.to_thread(place.start, "odoo")
                stopped = False
        await asyncio.sleep(1.0)


async def run_rounds(place, seed, plan, tell, first=1):
    """Verdicts of the rounds of ``plan``: a list of kinds, None for chance.

    :param first: number of the first of them; a round is the same under its number.
    """
    timeout = aiohttp.ClientTimeout(total=10)
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(timeout=timeout, connector=connector) as http:
        async with screens(place, http) as shown:
            trial = Trial(place, shown, http, seed, tell)
            watch = asyncio.create_task(watch_odoo(place, tell))
            try:
                return await _play_all(trial, enumerate(plan, first), tell)
            finally:
                watch.cancel()
                await asyncio.gather(watch, return_exceptions=True)


async def _play_all(trial, plan, tell):
    verdicts = []
    for number, kinds in plan:
        one = await trial.round(number, kinds)
        verdicts.append(one)
        for text in one.faults:
            tell(f"    ✗ {text}")
        tell(
            f"  звонков {one.calls}, переданных {one.handed}, записей"
            f" {one.recordings}, улеглось за {one.rested:.0f} с, сбоев"
            f" {len(one.faults)}"
        )
    return verdicts


def trial(seed, plan, lines=30, tell=print, first=1):
    """Build a town, play the plan, return the verdicts."""
    tell(f"Зерно случая: {seed} (повторить: ./gorod24 faults --seed {seed})")
    with town(lines + COLLEAGUES) as place:
        return asyncio.run(run_rounds(place, seed, plan, tell, first))


def report(verdicts):
    """Lines of a table in Markdown."""
    yield (
        "| раунд | убиты | звонков | переданных | записей | карточек"
        " | улеглось за, с | сбои |"
    )
    yield "|---:|---|---:|---:|---:|---:|---:|---:|"
    for one in verdicts:
        cells = (one.number, ", ".join(one.blows), one.calls, one.handed)
        cells += (one.recordings, one.cards, f"{one.rested:.0f}", len(one.faults))
        yield "| " + " | ".join(map(str, cells)) + " |"
    names = ("calls", "handed", "recordings")
    calls, handed, sounds = (sum(getattr(v, key) for v in verdicts) for key in names)
    faults = sum(len(one.faults) for one in verdicts)
    yield (
        f"\nВсего звонков {calls}, из них переданных {handed}, записей {sounds},"
        f" сбоев {faults}."
    )
