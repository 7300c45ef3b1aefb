# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a CMR says of the line: neutral events ``call.quality`` (§6.2 of the sheet).

A CMR joins the CDR by its global call id and the leg. The telephone of the leg may be
the operator's (near) or the gateway to the city (far): both heard the same talk.
"""

import re

from . import cdr_calls, cdr_values
from .xmlread import stamp

# Our figure → the measure of varVQMetrics, as telephones name them.
_RATIOS = {
    "mos": "MLQK",
    "mos_min": "MLQKmn",
    "conceal_ratio": "CCR",
    "conceal_interval": "ICR",
    "conceal_worst": "ICRmx",
}
_SECONDS = {"conceal_seconds": "CS", "severe_seconds": "SCS"}
_LARGEST = {"mos": 5.0, "mos_min": 5.0}
# Counters of damaged rows; what is larger is no count of a talk.
_MOST = 2**31 - 1
_NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?", re.ASCII)


def figures(row):
    """{figure: number} of a :class:`~.cdr.CmrRow`; {} when it measured nothing.

    A measure that is missing, unknown or no number is left out.
    """
    if not (row.sent or row.received or row.lost):
        return {}
    counted = {
        "packets_sent": row.sent,
        "packets_received": row.received,
        "packets_lost": row.lost,
        "jitter_ms": min(row.jitter, 600_000),
        "latency_ms": min(row.latency, 600_000),
    }
    found = {name: n for name, n in counted.items() if 0 <= n <= _MOST}
    measures = {name.lower(): text for name, text in row.measures().items()}
    average = "mlqkav" if "mlqkav" in measures else "mlqk"
    for name, measure in (_RATIOS | {"mos": average}).items():
        text = measures.get(measure.lower(), "")
        # Telephones without this measure write 0.0: a mean opinion begins at 1.
        if _NUMBER.fullmatch(text) and float(text) <= _LARGEST.get(name, 1.0):
            if name not in _LARGEST or float(text) >= 1:
                found[name] = float(text)
    for name, measure in _SECONDS.items():
        text = measures.get(measure.lower(), "")
        if _NUMBER.fullmatch(text) and float(text) <= 86_400:
            found[name] = int(float(text))
    return found


def is_of(quality, row):
    """Does the CMR measure one of the two legs of the CDR row?"""
    same = (quality.cluster, quality.node, quality.call_id)
    return same == (row.cluster, row.node, row.call_id) and quality.leg in (
        row.orig_leg,
        row.dest_leg,
    )


def event(quality, rows, site):
    """The neutral event of a CMR, or None when no row of ``rows`` is its talk.

    :param rows: CDR rows of one conversation that a citizen had a part in.
    """
    told = figures(quality)
    own = [row for row in rows if not row.is_aside and is_of(quality, row)]
    desks = [(row, site.desk(row)) for row in own]
    desks = [(row, desk) for row, desk in desks if desk]
    if not told or not desks:
        return None
    row, desk = min(desks, key=lambda one: abs(one[0].disconnected - quality.stamped))
    end = max(row.disconnected, row.connected, row.originated)
    leg = row.dest_leg if desk == row.final_called else row.orig_leg
    system = f"{site.name}:{row.cluster}"[:64]
    names = {"gcid": row.gcid, "refci": str(quality.leg)}
    return {
        "event_id": f"{site.name}|cmr|{quality.key}"[:128],
        "source": system,
        "type": "call.quality",
        "at": stamp(cdr_values.moment(end)),
        "started_at": stamp(cdr_values.moment(row.originated)),
        "refs": [
            {"system": system, "kind": kind, "value": value}
            for kind, value in names.items()
        ],
        "agent": {"extension": desk[: cdr_calls.MAX_TEXT]},
        "quality": told | {"side": "near" if quality.leg == leg else "far"},
    }
