# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The escalation ladder: whom to tell about a term, and when, each of them once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

WARNING = "warning"
BREACH = "breach"
AFTER = "after"
MOMENTS = (WARNING, BREACH, AFTER)


class Rung(NamedTuple):
    """One step of the ladder.

    moment: ``warning`` (the term nears its end), ``breach`` (it has passed) or
    ``after`` (``delay`` real minutes later); role: whom to tell.
    """

    step_id: int
    moment: str
    delay: int = 0
    role: str = ""


class Climb(NamedTuple):
    """What a sweep does: whom to tell, what to pass over, when to look next."""

    tell: tuple[Rung, ...]
    skip: tuple[Rung, ...]
    next_at: datetime | None


def rung_time(rung: Rung, warn_at: datetime | None, target: datetime):
    """When a rung is reached, or None when the term is never warned about."""
    if rung.moment == WARNING:
        return warn_at
    if rung.moment == BREACH:
        return target
    return target + timedelta(minutes=rung.delay)


def climb(
    rungs: Iterable[Rung],
    warn_at: datetime | None,
    target: datetime,
    done: Collection[int],
    now: datetime,
) -> Climb:
    """Choose the rungs to tell about at a moment.

    After a time of standing still several rungs may have been passed: only the
    highest reached is told, so that nobody is flooded; those below are passed over.

    :param done: ids of the steps told or passed over before
    """
    reached, later = [], []
    for rung in rungs:
        moment = rung_time(rung, warn_at, target)
        if moment is None or rung.step_id in done:
            continue
        (reached if moment <= now else later).append((moment, rung))
    top = max((moment for moment, _rung in reached), default=None)
    return Climb(
        tuple(rung for moment, rung in reached if moment == top),
        tuple(rung for moment, rung in reached if moment != top),
        min((moment for moment, _rung in later), default=None),
    )
