# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who spends the processor: seconds of every part of a running town."""

import os
from collections import Counter
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
BUS, REQUESTS, DATABASE, BENCH = "шина Odoo", "Odoo", "PostgreSQL", "измеритель"
NAMES = {"simulator": "имитатор", "prosody": "Prosody", "connector": "служба связи"}


def _seconds(pid):
    """Processor seconds of a process and of its children that have ended."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return 0.0
    # The name in brackets may hold spaces; utime is the 12th field after it.
    fields = text.rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / TICK


def _children(pid):
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += map(int, task.read_text().split())
        except OSError:
            continue
    return found


def _is_bus(pid):
    try:
        return b"gevent" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def spent(town):
    """{part: processor seconds since its start} of a ``tools.faults.town.Town``."""
    found = Counter()
    for name, title in NAMES.items():
        pid = town.service(name).process.pid
        found[title] = sum(map(_seconds, (pid, *_children(pid))))
    head = town.service("odoo").process.pid
    found[REQUESTS] = _seconds(head)
    for pid in _children(head):
        found[BUS if _is_bus(pid) else REQUESTS] += _seconds(pid)
    server = town.cluster.server_pid()
    found[DATABASE] = sum(map(_seconds, (server, *_children(server))))
    found[BENCH] = _seconds(os.getpid())
    return found
