# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""How well one end of a leg heard: figures of the telephone itself (CMR of CUCM)."""

import math
from dataclasses import dataclass

SIDES = ("near", "far")
# Figure → the largest value that is one. Milliseconds, packets, seconds; ``mos`` from
# 1 to 5; the ratios of concealed sound from 0 to 1.
WHOLE = {
    "packets_sent": 2**31 - 1,
    "packets_received": 2**31 - 1,
    "packets_lost": 2**31 - 1,
    "jitter_ms": 600_000,
    "latency_ms": 600_000,
    "conceal_seconds": 86_400,
    "severe_seconds": 86_400,
}
RATIOS = {
    "mos": 5.0,
    "mos_min": 5.0,
    "conceal_ratio": 1.0,
    "conceal_interval": 1.0,
    "conceal_worst": 1.0,
}
FIGURES = (*WHOLE, *RATIOS)
# Fifty packets a second: who sent five seconds of sound and got none heard nothing.
SPOKEN = 250


@dataclass(frozen=True)
class Limits:
    """From where a talk is hard to follow.

    Delay: ITU-T G.114 (150 ms one way); jitter: Cisco's design guide for voice (30 ms);
    ``mos`` 3.6: "some users dissatisfied" by ITU-T G.107. The administrator may set
    others.
    """

    mos: float = 3.6
    loss_percent: float = 2.0
    jitter_ms: float = 30.0
    latency_ms: float = 150.0
    conceal_percent: float = 3.0


def read_figures(value):
    """The figures of an event as sorted (name, value) pairs, and the side.

    What is unknown is left alone: exchanges differ in what they measure.

    :raises ValueError: with a text that names the wrong figure.
    """
    if not isinstance(value, dict):
        raise ValueError("quality: an object is expected")
    side = value.get("side") or "near"
    if side not in SIDES:
        raise ValueError(f"quality.side: one of {', '.join(SIDES)} is expected")
    found = {"side": side}
    for name in FIGURES:
        number = value.get(name)
        if number is None:
            continue
        most = WHOLE.get(name) or RATIOS[name]
        if isinstance(number, bool) or not isinstance(number, int | float):
            raise ValueError(f"quality.{name}: a number is expected")
        if not math.isfinite(number) or not 0 <= number <= most:
            raise ValueError(f"quality.{name}: from 0 to {most} is expected")
        found[name] = int(number) if name in WHOLE else float(number)
    if len(found) == 1:
        raise ValueError("quality: at least one figure is expected")
    return tuple(sorted(found.items()))


def loss_percent(figures):
    """Share of the packets that did not come, %; None when it is not known."""
    lost, came = figures.get("packets_lost"), figures.get("packets_received")
    if lost is None or came is None or not lost + came:
        return None
    return 100 * lost / (lost + came)


def fault(figures, limits):
    """What was wrong: silence, loss, mos, conceal, jitter, latency; '' for nothing.

    The first in the order of what people notice most.
    """
    if figures.get("packets_received") == 0:
        if figures.get("packets_sent", 0) >= SPOKEN:
            return "silence"
    if (loss_percent(figures) or 0) > limits.loss_percent:
        return "loss"
    # A mean opinion begins at 1: 0 is how some telephones say "not measured".
    if 0 < (figures.get("mos") or 0) < limits.mos:
        return "mos"
    if (figures.get("conceal_ratio") or 0) * 100 > limits.conceal_percent:
        return "conceal"
    if (figures.get("jitter_ms") or 0) > limits.jitter_ms:
        return "jitter"
    if (figures.get("latency_ms") or 0) > limits.latency_ms:
        return "latency"
    return ""


def nearest_leg(legs, started_at, ended_at, clocks):
    """Index of the leg that shares the most time with a measurement, or None.

    :param legs: (start, end or None) of the legs of its telephone.
    :param clocks: by how much the two clocks may differ (timedelta): without common
        time the nearest within it.
    """

    def share(place):
        begin, end = legs[place]
        return min(end or ended_at, ended_at) - max(begin, started_at)

    return max(
        (place for place in range(len(legs)) if share(place) >= -clocks),
        key=share,
        default=None,
    )
