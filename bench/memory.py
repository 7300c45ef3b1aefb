# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""./gorod24 bench memory: does the connector's memory stay flat for hours of calls?

Real connector, Prosody and simulator; Odoo's doors are played. Citizens ring at a
steady rate, talk, hold, hang up or give up; recordings and the exchange's journal come
as in life; now and then the XMPP server is killed, so that every line opens anew.
"""

import argparse
import asyncio
import random
import re
import signal
import statistics
import sys
import time
from dataclasses import dataclass

from tools.cisco_chain import AGENTS, COMMAND_TOKEN, Chain

PREFIX = "gorod24_connector_"
NAMES = ("memory_bytes", "tasks", "objects", "spool_bytes")
SAMPLE_EVERY = 15.0


@dataclass(frozen=True)
class Sample:
    """What the connector said of itself ``at`` seconds after the start."""

    at: float
    values: dict


def slope(points):
    """Least squares: units of y per unit of x of [(x, y)]; 0.0 for fewer than two."""
    if len(points) < 2:
        return 0.0
    mid_x = statistics.fmean(x for x, _y in points)
    mid_y = statistics.fmean(y for _x, y in points)
    below = sum((x - mid_x) ** 2 for x, _y in points)
    return sum((x - mid_x) * (y - mid_y) for x, y in points) / below if below else 0.0


class Steady:
    """Plays calls at a rate and samples the connector meanwhile."""

    def __init__(self, chain, rate, seed):
        self.chain = chain
        self.rate = rate
        self.dice = random.Random(seed)  # noqa: S311
        self.samples = []
        self.rung = self.refused = self.restarts = 0
        self.begun = time.monotonic()

    async def run(self, seconds, restart_every, tell):
        """Play for so long; every part ends with the first one that fails."""
        async with asyncio.TaskGroup() as group:
            parts = [
                group.create_task(self._ring_for_ever()),
                group.create_task(self._sample_for_ever(tell)),
                group.create_task(self._sweep_for_ever()),
            ]
            if restart_every:
                parts.append(group.create_task(self._restart_xmpp(restart_every)))
            await asyncio.sleep(seconds)
            for part in parts:
                part.cancel()

    async def _ring_for_ever(self):
        """One ring after another, as a Poisson stream."""
        agents = list(AGENTS)
        while True:
            await asyncio.sleep(self.dice.expovariate(self.rate))
            number = f"83852{self.dice.randrange(100_000, 999_999)}"
            scenario = self.dice.choice(("normal", "normal", "hold", "abandon"))
            values = {"from": number, "scenario": scenario}
            if scenario == "abandon":
                values["ring_seconds"] = self.dice.uniform(0.5, 4)
            else:
                values["answer_seconds"] = self.dice.uniform(0.3, 3)
                values["talk_seconds"] = self.dice.uniform(1, 8)
            answer = await self.chain.control(
                "call", {"agent": self.dice.choice(agents), **values}, (201, 409)
            )
            self.rung += "id" in answer
            self.refused += "id" not in answer

    async def _sample_for_ever(self, tell):
        while True:
            await asyncio.sleep(SAMPLE_EVERY)
            sample = Sample(time.monotonic() - self.begun, await self._measure())
            self.samples.append(sample)
            tell(sample, self)

    async def _measure(self):
        url = f"http://127.0.0.1:{self.chain.ports['command']}/metrics"
        headers = {"Authorization": f"Bearer {COMMAND_TOKEN}"}
        async with self.chain.http.get(url, headers=headers) as response:
            text = await response.text()
        found = dict(re.findall(rf"^{PREFIX}(\w+) (\S+)$", text, re.MULTILINE))
        return {name: float(found[name]) for name in NAMES if name in found}

    async def _sweep_for_ever(self):
        """What has been taken is of no more use here; disks are not endless."""
        while True:
            await asyncio.sleep(60)
            for name in ("done", "cdr-done"):
                old = time.time() - 120
                for path in (self.chain.folder / name).glob("*"):
                    if path.stat().st_mtime < old:
                        path.unlink(missing_ok=True)
            self.chain.odoo.events.clear()
            self.chain.odoo.recordings.clear()

    async def _restart_xmpp(self, every):
        while True:
            await asyncio.sleep(every)
            await self.chain.end("prosody", signal.SIGKILL)
            await self.chain.launch("prosody")
            self.restarts += 1


def report(steady):
    """Lines: the first quarter, the last, and the slope of each figure."""
    samples = steady.samples
    quarter = max(1, len(samples) // 4)
    yield "| величина | первая четверть | последняя | наклон в час |"
    yield "|---|---:|---:|---:|"
    titles = (
        ("memory_bytes", "память, МБ", 1024 * 1024),
        ("objects", "объектов Python", 1),
        ("tasks", "задач asyncio", 1),
        ("spool_bytes", "очередь на диске, КБ", 1024),
    )
    for name, title, unit in titles:
        points = [(s.at / 3600, s.values.get(name, 0) / unit) for s in samples]
        ends = [
            statistics.median(y for _x, y in part)
            for part in (points[:quarter], points[-quarter:])
        ]
        # The first minutes fill what is bounded; the slope is of what follows.
        cells = [*ends, slope(points[quarter:])]
        yield f"| {title} | " + " | ".join(f"{cell:.1f}" for cell in cells) + " |"
    hours = (samples[-1].at if samples else 0) / 3600
    yield (
        f"\n{hours:.2f} ч, {len(AGENTS)} линий, {steady.rung} звонков"
        f" (занято было {steady.refused} раз), XMPP-сервер убит {steady.restarts} раз."
    )


def _tell(sample, steady):
    values = sample.values
    print(
        f"{sample.at:7.0f} с  {values['memory_bytes'] / 2**20:7.1f} МБ"
        f"  объектов {values.get('objects', 0):8.0f}"
        f"  задач {values.get('tasks', 0):5.0f}  звонков {steady.rung}",
        flush=True,
    )


async def play(options):
    """Start everything, play, print; the keep of the journal is cut to a moment."""
    chain = Chain(keep_hours=options.keep_hours)
    try:
        await chain.start()
        steady = Steady(chain, options.rate, options.seed)
        await steady.run(options.hours * 3600, options.restart * 60, _tell)
        print("\n".join(report(steady)))
    finally:
        await chain.stop()
    return 0


def main(argv):
    parser = argparse.ArgumentParser(prog="./gorod24 bench memory")
    parser.add_argument("--hours", type=float, default=1.0)
    parser.add_argument("--rate", type=float, default=1.0, help="звонков в секунду")
    parser.add_argument(
        "--restart",
        type=float,
        default=10.0,
        help="минут между падениями XMPP (0: нет)",
    )
    parser.add_argument(
        "--keep-hours",
        type=float,
        default=0.2,
        help="сколько помнить строки журнала (в жизни 24: память полна через сутки)",
    )
    parser.add_argument("--seed", type=int, default=24)
    return asyncio.run(play(parser.parse_args(argv)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
