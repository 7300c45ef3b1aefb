# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""./gorod24 bench ring: from the ring at the exchange to the card at the operator.

Real processes: simulator, Prosody, connector, Odoo with workers and its websocket
process, PostgreSQL; each operator has a bus websocket of his own. Measured is the time
from the moment the simulator begins to ring to the moment the message that opens the
card has reached the operator's websocket.
"""

import argparse
import asyncio
import contextlib
import os
import random
import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass

import aiohttp

from tools.bootstrap.ports import any_free
from tools.faults.check import e164
from tools.faults.desks import desks
from tools.faults.front import Front
from tools.faults.rounds import Trial
from tools.faults.screens import screens
from tools.faults.town import town

from . import cpu

PATIENCE = 120


@dataclass(frozen=True)
class Pattern:
    """How rings come: all in one instant, or as a Poisson stream."""

    title: str
    seconds: float

    def moments(self, dice, count):
        """Seconds from the start at which each citizen rings."""
        if not self.seconds:
            return [0.0] * count
        return sorted(dice.uniform(0, self.seconds) for _ring in range(count))


def patterns(lines, wanted=("instant", "stream")):
    """The same number of rings spread over ten rings a second, and the instant."""
    spread = max(10.0, lines / 10)
    known = {
        "stream": Pattern(f"пуассоновски за {spread:.0f} с", spread),
        "instant": Pattern("все в один миг", 0.0),
    }
    return [pattern for name, pattern in known.items() if name in wanted]


async def once(trial, pattern, dice, places=None):
    """Milliseconds of each ring of one wave; then everybody hangs up.

    :param places: {agent: Desk}; theirs are counted to the card on the screen.
    :return: ([of the messages], [of the screens], {part: processor seconds until the
        last card}).
    """
    agents = [agent.id for agent in trial.town.agents]
    numbers = dice.sample(range(200_000, 999_999), len(agents))

    async def ring(agent, number, moment):
        await asyncio.sleep(moment)
        body = {"agent": agent, "from": f"83852{number}"}
        return await trial.control("call", body)

    moments = pattern.moments(dice, len(agents))
    before = cpu.spent(trial.town)
    calls = await asyncio.gather(*map(ring, agents, numbers, moments))
    found = await asyncio.gather(*(_card(trial.screens, call) for call in calls))
    worked = cpu.spent(trial.town)
    worked.subtract(before)
    screens_found = [
        1000 * (await places[call["agent"]].shown_at(e164(call["number"])))
        - 1000 * call["rung_at"]
        for call in calls
        if call["agent"] in (places or {})
    ]
    for call in calls:
        await trial.control(f"calls/{call['id']}/hangup", {})
    async with asyncio.timeout(PATIENCE):
        while any(screen.calls for screen in trial.screens.values()):
            await asyncio.sleep(0.1)
        # The next wave begins when all of this one has been told.
        while (await trial.health())["events_waiting"]:
            await asyncio.sleep(0.1)
    return found, screens_found, worked


async def _card(shown, call):
    """Milliseconds from the ring to its card."""
    screen, number = shown[call["agent"]], e164(call["number"])
    async with asyncio.timeout(PATIENCE):
        while True:
            screen.changed.clear()
            for told, moment in list(screen.cards.values()):
                if told == number:
                    return 1000 * (moment - call["rung_at"])
            await screen.changed.wait()


def share(values, part):
    """The value that ``part`` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


async def measure(place, options):
    """Yield (pattern, [of the messages], [of the screens], {part: seconds})."""
    timeout = aiohttp.ClientTimeout(total=60)
    link = aiohttp.TCPConnector(limit=0)
    async with contextlib.AsyncExitStack() as stack:
        http = aiohttp.ClientSession(
            timeout=timeout, connector=link, auto_decompress=False
        )
        await stack.enter_async_context(http)
        bus = f"http://127.0.0.1:{place.stack.ports['gevent']}"
        front = Front(http, place.stack.url, bus, any_free(1)[0])
        await stack.enter_async_context(front.open())
        places = await stack.enter_async_context(
            desks(place, front.url, options.browsers)
        )
        shown = await stack.enter_async_context(screens(place, http))
        trial = Trial(place, shown, http, options.seed, print)
        await trial.until_ready()
        dice = random.Random(options.seed)  # noqa: S311
        await once(trial, Pattern("", 5.0), dice, places)
        for pattern in patterns(len(place.agents), options.patterns):
            told, seen, worked = [], [], Counter()
            for _run in range(options.runs):
                one, other, work = await once(trial, pattern, dice, places)
                told += one
                seen += other
                worked.update(work)
            yield pattern, told, seen, worked


def show(lines, options):
    """Build a town of so many lines and print its rows."""
    with town(lines, options.workers) as place:
        begun = time.monotonic()

        async def rows():
            async for pattern, told, seen, worked in measure(place, options):
                print(row(lines, pattern, "сообщение", told), flush=True)
                if seen:
                    print(row(lines, pattern, "карточка в Chromium", seen), flush=True)
                print(work(worked, len(told)), file=sys.stderr)

        asyncio.run(rows())
        load = os.getloadavg()[0]
        spent = time.monotonic() - begun
        print(f"  ({spent:.0f} с, нагрузка к концу {load:.1f})", file=sys.stderr)


def row(lines, pattern, what, found):
    """One row of the table, in Markdown."""
    cells = (statistics.median(found), share(found, 0.95), share(found, 0.99))
    text = " | ".join(f"{cell:.0f}" for cell in (*cells, max(found)))
    return f"| {lines} | {pattern.title} | {what} | {len(found)} | {text} |"


def work(worked, rings):
    """Milliseconds of the processor for one ring, by part."""
    parts = ", ".join(
        f"{part} {1000 * seconds / rings:.1f}" for part, seconds in worked.most_common()
    )
    total = 1000 * worked.total() / rings
    return f"  процессор на вызов, мс: {parts}; всего {total:.1f}"


def main(argv):
    parser = argparse.ArgumentParser(prog="./gorod24 bench ring")
    parser.add_argument("--lines", type=int, nargs="+", default=[30, 300])
    parser.add_argument("--runs", type=int, default=5, help="волн каждого вида")
    parser.add_argument("--workers", type=int, default=2, help="процессов Odoo")
    parser.add_argument("--browsers", type=int, default=2, help="мест с Chromium")
    parser.add_argument("--seed", type=int, default=24)
    parser.add_argument(
        "--patterns",
        nargs="+",
        choices=("stream", "instant"),
        default=("stream", "instant"),
        help="какие виды волн",
    )
    options = parser.parse_args(argv)
    print("| линий | как звонят | дошло | раз | медиана, мс | 95 % | 99 % | худший |")
    print("|---:|---|---|---:|---:|---:|---:|---:|")
    for lines in options.lines:
        show(lines, options)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
