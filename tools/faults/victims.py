# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who is killed with SIGKILL, and who starts it again."""

import asyncio
import os
import signal
from pathlib import Path


def _children(pid):
    """Processes started by ``pid``: {pid: command line}."""
    found = {}
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            try:
                line = Path(f"/proc/{child}/cmdline").read_bytes()
            except OSError:
                continue
            found[int(child)] = line.replace(b"\0", b" ").decode("utf-8", "replace")
    return found


def _kill(pid):
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return  # it went by itself a moment ago


class Victims:
    """Kills by kind. Each method returns what it did, for the journal of the round."""

    KINDS = ("connector", "worker", "backend", "postmaster", "prosody", "gevent")

    def __init__(self, town, dice):
        self.town = town
        self.dice = dice

    async def strike(self, kind, down):
        """Kill; start again after ``down`` seconds where nobody else does."""
        if kind in ("connector", "prosody"):
            await asyncio.to_thread(self.town.kill, kind)
            await asyncio.sleep(down)
            await asyncio.to_thread(self.town.start, kind)
        elif kind == "postmaster":
            _kill(self.town.cluster.server_pid())
            await asyncio.sleep(down)
            await asyncio.to_thread(self.town.cluster.revive)
        elif kind == "backend":
            await asyncio.to_thread(self._backend)
        else:
            self._odoo(kind)

    def _odoo(self, kind):
        """A child of Odoo's head process, which starts another by itself."""
        master = self.town.service("odoo").process.pid
        children = _children(master)
        bus = {pid for pid, line in children.items() if " gevent" in line}
        chosen = bus if kind == "gevent" else set(children) - bus
        if chosen:
            _kill(self.dice.choice(sorted(chosen)))

    def _backend(self):
        """One connection of Odoo; PostgreSQL ends all others and recovers itself."""
        rows = self.town.query(
            "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'"
            " AND pid <> pg_backend_pid() AND datname = current_database()"
        )
        if rows:
            _kill(int(self.dice.choice(rows)[0]))
