# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Choosing the call of a recording, in tiers, and never by guess."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

# Clocks of recorder and exchange may differ by this much when a reference agrees.
TOLERANCE = timedelta(minutes=3)
MIN_OVERLAP = 0.5
_NATIONAL_DIGITS = 10


@dataclass(frozen=True)
class LegSpan:
    """When one extension was on the call.

    ended_at None: it still is, or nobody knows for certain when it ended.
    """

    extension: str
    started_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True)
class CallSpan:
    """A call that a recording could belong to."""

    call_id: int
    started_at: datetime
    ended_at: datetime | None = None
    remote_number: str = ""
    refs: frozenset = frozenset()  # {(kind, value)}
    legs: tuple = ()
    clusters: frozenset = frozenset()  # of the exchange, as far as they are known


@dataclass(frozen=True)
class Match:
    """The chosen call and the tier, or call_id None; ``reason`` is a code for people.

    Reasons: ref, number, extension (matched); no_candidate, ambiguous (not matched).
    """

    call_id: int | None
    tier: int
    reason: str
    candidates: tuple = ()


def best_match(sidecar, calls):
    """Return the :class:`Match` of a recording among ``calls``.

    Tier 1: a reference is equal and time (and extension, when both know it) agree.
    Tier 2: extension and remote number are equal and half of the recording lies inside.
    Tier 3: extension is equal, half of the recording lies inside, the numbers do not
    contradict. Each tier needs exactly one call; two make it a matter for a person.
    Tiers 2 and 3 know a call by its time, so only a leg with a certain end counts.
    While the recorder's clock is not known, a telephone and a time alone prove nothing:
    its short talk of now may lie inside the next call. Tier 3 is then for a person.
    """
    calls = sorted(calls, key=lambda call: call.call_id)
    tiers = (
        (1, "ref", _by_ref),
        (2, "number", _by_number),
        (3, "extension", _by_extension),
    )
    for tier, reason, fits in tiers[: 3 if sidecar.clock_known else 2]:
        found = tuple(call.call_id for call in calls if fits(sidecar, call))
        if len(found) == 1:
            return Match(found[0], tier, reason, found)
        if found:
            return Match(None, 0, "ambiguous", found)
    return Match(None, 0, "no_candidate")


def _by_ref(sidecar, call):
    if not sidecar.refs & call.refs:
        return False
    # Two clusters count their calls alike.
    if sidecar.cluster and call.clusters and sidecar.cluster not in call.clusters:
        return False
    extensions = {leg.extension for leg in call.legs if leg.extension}
    if sidecar.extension and extensions and sidecar.extension not in extensions:
        return False
    end = call.ended_at or datetime.max - TOLERANCE
    return (
        sidecar.started_at <= end + TOLERANCE
        and sidecar.ended_at >= call.started_at - TOLERANCE
    )


def _by_number(sidecar, call):
    same = same_number(sidecar.remote_number, call.remote_number)
    return bool(same) and _inside(sidecar, call)


def _by_extension(sidecar, call):
    same = same_number(sidecar.remote_number, call.remote_number)
    return same is not False and _inside(sidecar, call)


def _inside(sidecar, call):
    """Does half of the recording lie inside a leg of its extension?"""
    if not sidecar.extension:
        return False
    return any(
        leg.extension == sidecar.extension
        and leg.ended_at
        and _share(sidecar, leg) >= MIN_OVERLAP
        for leg in call.legs
    )


def _share(sidecar, leg):
    """Return the part (0…1) of the recording that lies inside the leg."""
    start = max(sidecar.started_at, leg.started_at)
    end = min(sidecar.ended_at, leg.ended_at)
    if not sidecar.duration:
        return 1.0 if start <= end else 0.0
    return max(0.0, (end - start).total_seconds() / sidecar.duration)


def same_number(one, other):
    """Return True / False for two telephone numbers, None when one is not known."""
    one, other = (re.sub(r"\D", "", text or "") for text in (one, other))
    if not one or not other:
        return None
    short = min(len(one), len(other), _NATIONAL_DIGITS)
    if short < 5:
        return one == other
    return one[-short:] == other[-short:]
