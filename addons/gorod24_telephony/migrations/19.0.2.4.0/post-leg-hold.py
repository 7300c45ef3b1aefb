# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Legs of earlier calls learn how long the citizen was on hold at each telephone.

Where one operator talked, it is the hold of the call, by one statement. Where several
did, their events are folded again, some calls at a time.
"""

from odoo.addons.gorod24_telephony.conversation import EventError, fold, parse_event

BATCH = 1000
ALONE = """
UPDATE gorod24_call_leg leg SET hold_seconds = call.hold_seconds
  FROM gorod24_call call
 WHERE call.id = leg.call_id AND call.hold_seconds > 0
   AND leg.answered_at IS NOT NULL AND leg.hold_seconds IS NULL
   AND NOT EXISTS (SELECT FROM gorod24_call_leg other
                    WHERE other.call_id = call.id AND other.id != leg.id
                      AND other.answered_at IS NOT NULL)
"""
SHARED = """
SELECT leg.call_id FROM gorod24_call_leg leg
  JOIN gorod24_call call ON call.id = leg.call_id
 WHERE leg.answered_at IS NOT NULL AND leg.hold_seconds IS NULL
   AND leg.call_id > %s
   AND EXISTS (SELECT FROM gorod24_call_event event
                WHERE event.call_id = call.id AND event.type = 'call.held')
 GROUP BY leg.call_id HAVING count(*) > 1 ORDER BY leg.call_id LIMIT %s
"""
EVENTS = """
SELECT call_id, json_agg(payload) FROM gorod24_call_event
 WHERE call_id = ANY(%s) AND payload IS NOT NULL AND state = 'accepted'
 GROUP BY call_id
"""
WRITE = """
UPDATE gorod24_call_leg leg SET hold_seconds = told.seconds
  FROM unnest(%s::int[], %s::text[], %s::int[]) told (call_id, key, seconds)
 WHERE leg.call_id = told.call_id AND leg.key = told.key
"""


def migrate(cr, version):
    if not version:
        return
    cr.execute(ALONE)
    last = 0
    while True:
        cr.execute(SHARED, [last, BATCH])
        calls = [call for (call,) in cr.fetchall()]
        if not calls:
            return
        last = calls[-1]
        cr.execute(EVENTS, [calls])
        rows = [
            (call, key, seconds)
            for call, payloads in cr.fetchall()
            for key, seconds in _holds(payloads)
        ]
        if rows:
            cr.execute(WRITE, [list(column) for column in zip(*rows, strict=True)])


def _holds(payloads):
    """Yield (key of the leg, its seconds on hold) of one call."""
    try:
        legs = fold(map(parse_event, payloads)).legs
    except (EventError, ValueError):
        return  # a journal of an early version: the talk stays as it was counted
    turns = {}
    for leg in legs:
        turns[leg.key] = turns.get(leg.key, 0) + 1
        if leg.hold_seconds:
            yield f"{leg.key}#{turns[leg.key]}", leg.hold_seconds
