# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Runs the operations of one side as an operator and takes the times."""

import gc
import statistics
import time
from dataclasses import dataclass

from . import base

WARM_UP = 3


@dataclass(frozen=True)
class Timing:
    """Milliseconds of the runs of one operation, and SQL queries of the last one."""

    median: float
    low: float
    high: float
    queries: int
    note: str = ""


def measure_side(options, side, runs):
    """{operation key: Timing} of one side; meant for a process of its own."""
    from . import operations

    base.start_odoo(options)
    with base.environment(side, login=base.LOGIN) as env:
        kind = operations.Ours if side.name == "ours" else operations.Plain
        subject = kind(env, side.rows)
        return {
            key: _measure(env, getattr(subject, key), runs)
            for key in operations.KEYS
            if hasattr(subject, key)
        }


def _measure(env, operation, runs):
    times, note, queries = [], "", 0
    for number in range(WARM_UP + runs):
        env.cr.rollback()
        env.invalidate_all()
        gc.collect()
        before, begun = env.cr.sql_log_count, time.perf_counter()
        note = operation(number)
        times.append((time.perf_counter() - begun) * 1000)
        queries = env.cr.sql_log_count - before
    env.cr.rollback()
    kept = sorted(times[WARM_UP:])
    edge = len(kept) // 10
    return Timing(
        median=statistics.median(kept),
        low=kept[edge],
        high=kept[-1 - edge],
        queries=queries,
        note=note or "",
    )
