# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What tests ask of a running connector: its checks, and the state of its lines."""

import asyncio

from .chain import COMMAND_TOKEN


async def ask(chain, path, body=None, token=COMMAND_TOKEN):
    """What Odoo's setup does; (status, answer)."""
    url = f"http://127.0.0.1:{chain.ports['command']}/v1/{path}"
    headers = {"Authorization": f"Bearer {token}"}
    method = chain.http.get if body is None else chain.http.post
    async with method(url, json=body, headers=headers) as response:
        return response.status, await response.json()


async def check(chain, name, **values):
    status, answer = await ask(chain, "checks", {"check": name, **values})
    assert status == 200
    return answer["code"], answer["facts"]


async def states(chain, wanted):
    """Wait until the health of every line fits."""
    async with asyncio.timeout(120):
        while True:
            health = await chain.health()
            if health and all(wanted(line) for line in health["lines"]):
                return health
            await asyncio.sleep(0.1)


async def moved(chain, status):
    """The first node changes its status; every line opens a link to the other."""
    lines = (await chain.health())["lines"]
    before = {line["agent"]: line["reconnects"] for line in lines}

    def has_moved(line):
        again = line["reconnects"] > before[line["agent"]]
        return again and line["link"] == "connected"

    await chain.control("nodes", {"1": status})
    await states(chain, has_moved)
