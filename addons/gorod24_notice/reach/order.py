# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The order of what is told. Source: domain §10, «Matching order»."""

from typing import NamedTuple

#: Kinds of places, the nearest to a house first.
KINDS = ("house", "range", "street", "district", "city")
#: Types of notices, what cannot wait first.
TYPES = ("emergency", "incident", "planned", "information")


class Reach(NamedTuple):
    """One place of a notice that holds for the house asked about.

    kind: of :data:`KINDS`; exact: False when only the street is known, so that the
    notice may be about other houses of it; type: of :data:`TYPES`; coming: it has not
    begun; begins: its moment.
    """

    notice: int
    kind: str
    exact: bool
    type: str
    coming: bool
    begins: object


def nearest(reaches):
    """Each notice once, by its nearest place, the first to be told first.

    What holds already comes before what is to come, what surely holds for the house
    before what may, the nearest before the wide, an emergency before works.
    """
    best = {}
    for reach in sorted(reaches, key=_rank):
        best.setdefault(reach.notice, reach)
    return list(best.values())


def _rank(reach):
    return (
        reach.coming,
        not reach.exact,
        KINDS.index(reach.kind),
        TYPES.index(reach.type),
        reach.begins,
        reach.notice,
    )
