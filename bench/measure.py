# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Takes the times of both sides, in turns, each side in a process of its own.

Whatever else the machine does then slows both sides alike.
"""

import statistics
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from . import base, operations

WARM_UP = 3
BLOCK = 7


@dataclass(frozen=True)
class Timing:
    """Milliseconds of the runs of one operation, and SQL queries of the last one."""

    median: float
    p95: float
    low: float
    high: float
    queries: int
    note: str = ""


class Worker:
    """One side in its own process, where only its code is loaded."""

    def __init__(self, options, side):
        self._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
        self.keys = self._pool.submit(_open, options, side).result()

    def run(self, key, first, count):
        """``count`` runs of an operation: list of (ms, queries, note)."""
        return self._pool.submit(_runs, key, first, count).result()

    def close(self):
        self._pool.submit(_close).result()
        self._pool.shutdown()


def measure(options, sides, runs):
    """Return [{operation key: Timing} of each side]."""
    workers = [Worker(options, side) for side in sides]
    taken = [{key: [] for key in worker.keys} for worker in workers]
    for key in operations.KEYS:
        for worker in workers:
            if key in worker.keys:
                worker.run(key, 0, WARM_UP)
    for first in range(0, runs, BLOCK):
        count = min(BLOCK, runs - first)
        for key in operations.KEYS:
            for worker, found in zip(workers, taken, strict=True):
                if key in found:
                    found[key] += worker.run(key, WARM_UP + first, count)
    for worker in workers:
        worker.close()
    return [{key: _timing(rows) for key, rows in found.items()} for found in taken]


def _timing(rows):
    times = sorted(row[0] for row in rows)
    edge = len(times) // 10
    return Timing(
        median=statistics.median(times),
        p95=times[min(int(len(times) * 0.95), len(times) - 1)],
        low=times[edge],
        high=times[-1 - edge],
        queries=rows[-1][1],
        note=rows[-1][2],
    )


# In the worker's process ---------------------------------------------------------

_opened = {}


def _open(options, side):
    base.start_odoo(options)
    manager = base.environment(side, login=base.LOGIN)
    env = manager.__enter__()
    kind = operations.Ours if side.name == "ours" else operations.Plain
    subject = kind(env, side.rows)
    _opened.update(manager=manager, env=env, subject=subject)
    return [key for key in operations.KEYS if hasattr(subject, key)]


def _runs(key, first, count):
    env, operation = _opened["env"], getattr(_opened["subject"], key)
    rows = []
    for number in range(first, first + count):
        env.cr.rollback()
        env.invalidate_all()
        before, begun = env.cr.sql_log_count, time.perf_counter()
        note = operation(number)
        spent = (time.perf_counter() - begun) * 1000
        rows.append((spent, env.cr.sql_log_count - before, note or ""))
    env.cr.rollback()
    return rows


def _close():
    _opened["env"].cr.rollback()
    _opened.pop("manager").__exit__(None, None, None)
