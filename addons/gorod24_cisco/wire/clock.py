# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How much the clock of a recorder is off, by the recordings that name their call.

A recording with an exact reference begins when the telephone was answered (or came back
from hold). The difference of the two times is the error of the recorder's clock, plus a
small delay. The median of the latest differences is not led astray by a few odd ones.
Where no recording names its call, each has several talks of its telephone near it: the
one difference that all of them share is the error of the clock.
"""

from statistics import median

KEEP = 50
ENOUGH = 5
LARGEST = 600.0  # seconds; more is not a wrong clock but a wrong call
SPREAD = 5.0  # seconds; differences that agree no better teach nothing
SMALL = 1.0  # seconds; not worth a correction
NEAR = 2.0  # seconds; differences this near are the same


def learn(differences, seconds):
    """The list of latest differences with one more.

    :param seconds: recorder's start minus true start of the same talk.
    """
    if not -LARGEST <= seconds <= LARGEST:
        return list(differences)
    return [*differences, round(float(seconds), 3)][-KEEP:]


def offset(differences):
    """Seconds to subtract from the recorder's times; 0.0 while it is not sure."""
    if len(differences) < ENOUGH:
        return 0.0
    middle = median(differences)
    spread = median(abs(one - middle) for one in differences)
    if spread > SPREAD or abs(middle) < SMALL:
        return 0.0
    return middle


def is_known(differences):
    """Are there enough differences, and do they agree?"""
    if len(differences) < ENOUGH:
        return False
    middle = median(differences)
    return median(abs(one - middle) for one in differences) <= SPREAD


def agreed(rounds):
    """The difference that recordings without references share, or None.

    :param rounds: for each recording its differences to all talks that it may be of.
    Four of five recordings must have it, and no other difference half as many: talks at
    one distance from each other would speak for two.
    """
    rounds = [one for one in rounds if one]
    if len(rounds) < ENOUGH:
        return None

    def support(value):
        return sum(any(abs(one - value) <= NEAR for one in found) for found in rounds)

    values = {value: support(value) for found in rounds for value in found}
    best = max(values.values())
    if best < ENOUGH or best * 5 < len(rounds) * 4:
        return None
    middle = median(value for value, votes in values.items() if votes == best)
    rivals = [
        v
        for v, votes in values.items()
        if abs(v - middle) > 2 * NEAR and votes * 2 > best
    ]
    return None if rivals else middle
