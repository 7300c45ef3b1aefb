# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rules alike in topic and place, in force at once, for different participants."""

import datetime
from typing import NamedTuple


class Double(NamedTuple):
    """Two such rules; house_ids: shared houses, None for a territory.

    arbitrary: they begin on the same day, so only the order of entry decides.
    """

    winner_id: int
    loser_id: int
    house_ids: frozenset | None
    arbitrary: bool


def find_doubles(rules):
    """Pairs of rules that differ in the participant only.

    :param rules: iterable of :class:`Rule` whose participants work
    :return: list of :class:`Double`; the winner is the one `choose` prefers
    """
    groups = {}
    for rule in rules:
        listed = rule.building_ids is not None
        key = (rule.topic_id, listed, None if listed else rule.address_id)
        groups.setdefault(key, []).append(rule)
    found = []
    for (_topic_id, listed, _address_id), group in groups.items():
        group.sort(key=_rank)
        found += _find_lists(group) if listed else _find_territories(group)
    return found


def _rank(rule):
    """As the last parts of `specificity`, the others being alike."""
    return rule.date_from or datetime.date.min, (rule.origin_id or rule.id, rule.id)


def _meet(one, two):
    """Different participants, and a day on which both are in force."""
    if one.participant_id == two.participant_id:
        return False
    return _begins_in_time(one, two) and _begins_in_time(two, one)


def _begins_in_time(one, two):
    return not (one.date_from and two.date_to) or one.date_from <= two.date_to


def _find_territories(group):
    for place, winner in enumerate(group):
        for loser in group[:place]:
            if _meet(winner, loser):
                yield _make(winner, loser, None)


def _find_lists(group):
    named = set()  # most lists share no house with any other
    for place, winner in enumerate(group):
        if not named.isdisjoint(winner.building_ids):
            for loser in group[:place]:
                shared = winner.building_ids & loser.building_ids
                if shared and _meet(winner, loser):
                    yield _make(winner, loser, shared)
        named |= winner.building_ids


def _make(winner, loser, houses):
    return Double(winner.id, loser.id, houses, winner.date_from == loser.date_from)
