# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Is an event with a known name about the call that has this name?

Exchanges use their names again: after days, and after a restart of a node within hours.
So a name alone is no proof (§2 of the protocol sheet): time, number and telephone must
agree with it.
"""

from datetime import timedelta

from .fold import SAME_CALL

# Beyond this after its end a call goes on only for the same citizen.
AT_ONCE = timedelta(minutes=5)
# And, when he hides his number, only at one of its telephones: a queue is not longer.
PATIENCE = timedelta(minutes=30)


def is_same_call(event, started_at, ended_at, last_at, is_same_number, extensions):
    """Return whether the :class:`Event` belongs to a call with one of its names.

    :param started_at, ended_at, last_at: naive UTC; ended_at None while the call goes
        on, last_at is the latest moment known of it.
    :param is_same_number: True, False, or None when one of the two is not known.
    :param extensions: telephones that the call was at.
    """
    begin = event.started_at or event.at
    if not started_at - SAME_CALL <= event.at or begin > last_at + SAME_CALL:
        return False
    if ended_at is None:
        return True
    gap = max(begin - ended_at, started_at - event.at)
    if gap <= AT_ONCE:
        return True
    if is_same_number is not None:
        return is_same_number
    is_elsewhere = event.extension and extensions and event.extension not in extensions
    return not (gap > PATIENCE and is_elsewhere)
