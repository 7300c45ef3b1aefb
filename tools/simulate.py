# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`./gorod24 simulate`: plays stories of the exchange on a running hotline."""

import argparse
import asyncio
import json
import os
import sys
from pathlib import Path

import aiohttp

from tools.cisco_simulator.scripts import SCRIPTS, Hands


def listing():
    """The stories, one a line."""
    width = max(map(len, SCRIPTS))
    return "\n".join(f"  {name:<{width}}  {s.__doc__}" for name, s in SCRIPTS.items())


class Refused(Exception):
    """The simulator does not do it; the text is for the person."""


async def play(url, name, pace, count):
    """Play one story; returns the ids of its calls."""
    async with aiohttp.ClientSession() as http:

        async def control(path, body=None):
            method = http.get if body is None else http.post
            async with method(f"{url}/control/{path}", json=body) as response:
                answer = await response.json()
            if response.status >= 400:
                raise Refused(answer.get("error") or f"HTTP {response.status}")
            return answer

        agents = (await control("agents"))["agents"]
        agents = [agent for agent in agents if agent["state"] != "LOGOUT"]
        if len(agents) < 2:
            raise Refused("Нужны хотя бы два оператора на смене.")
        hands = Hands(control, agents, pace)
        story = SCRIPTS[name]
        await (story(hands, count) if name == "parallel" else story(hands))
        return hands.calls


def simulator_url():
    """Address of the running hotline's simulator; explains and leaves without one."""
    path = Path(os.environ.get("GOROD24_STACK", ""))
    if not path.is_file():
        sys.exit("Линия не запущена. Сначала: ./gorod24 run")
    url = json.loads(path.read_text(encoding="utf-8")).get("simulator_url")
    return url or sys.exit("Телефония выключена в настройках, звонить некому.")


def main():
    parser = argparse.ArgumentParser(
        prog="./gorod24 simulate",
        description="Истории телефонной станции на работающей линии.",
        epilog="Истории:\n" + listing(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("story", nargs="?", choices=SCRIPTS, metavar="ИСТОРИЯ")
    parser.add_argument(
        "--pace", type=float, default=2.0, help="пауза между действиями, секунд"
    )
    parser.add_argument(
        "--count", type=int, default=30, help="звонков сразу (parallel)"
    )
    options = parser.parse_args()
    if not options.story:
        print("Истории станции (./gorod24 simulate ИСТОРИЯ):\n" + listing())
        return 0
    print(f"{options.story}: {SCRIPTS[options.story].__doc__}")
    try:
        url = simulator_url()
        calls = asyncio.run(play(url, options.story, options.pace, options.count))
    except (Refused, aiohttp.ClientError) as error:
        print(f"✗ {error}")
        return 1
    print("Звонки: " + ", ".join(calls))
    return 0


if __name__ == "__main__":
    sys.exit(main())
