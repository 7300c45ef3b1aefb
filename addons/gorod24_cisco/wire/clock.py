# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How much the clock of a recorder is off, by the recordings that name their call.

A recording with an exact reference begins when the telephone was answered (or came back
from hold). The difference of the two times is the error of the recorder's clock, plus a
small delay. The median of the latest differences is not led astray by a few odd ones.
"""

from statistics import median

KEEP = 50
ENOUGH = 5
LARGEST = 600.0  # seconds; more is not a wrong clock but a wrong call
SPREAD = 5.0  # seconds; differences that agree no better teach nothing
SMALL = 1.0  # seconds; not worth a correction


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
