# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Houses change hands from a day on; what was true before that day stays true.

:func:`plan_change` turns the rules of the former participant into steps. After
them the choice on any earlier day names the same one as before, and from the day
on the new one wherever a rule of the former one was chosen within the scope.
"""

import datetime
from typing import NamedTuple

from .choice import Rule


class Affected(NamedTuple):
    """A rule and the part of it that moves.

    whole: its whole place moves; else `building_ids` or `address_id` say which part.
    topic_ids: topics below the rule's own that move; empty: all of the rule.
    """

    rule: Rule
    whole: bool = True
    building_ids: frozenset | None = None
    address_id: int | None = None
    topic_ids: tuple = ()


class Close(NamedTuple):
    """The rule ends on this day."""

    rule_id: int
    date_to: datetime.date


class Withdraw(NamedTuple):
    """The rule begins after the day of change: it is archived, another replaces it."""

    rule_id: int


class Shrink(NamedTuple):
    """The rule keeps these houses only."""

    rule_id: int
    building_ids: frozenset


class Create(NamedTuple):
    """A new rule; kind: "moved" (the new one answers) or "before" (the history)."""

    rule: Rule
    source_id: int
    kind: str = "moved"


def plan_change(affected, day, holder):
    """Steps that move the rules.

    :param affected: iterable of :class:`Affected`, rules that end before `day`
        are passed over
    :param day: the first day of the new participant
    :param holder: (participant id, section id, person id) of the new one
    :return: list of steps
    """
    steps = []
    for part in affected:
        if part.rule.date_to is None or part.rule.date_to >= day:
            steps += _plan_rule(part, day, holder)
    return steps


def _plan_rule(part, day, holder):
    rule = part.rule
    begun = rule.date_from is None or rule.date_from < day
    moved = _make_moved(rule, day if begun else rule.date_from, holder)
    if not begun:
        moved = moved._replace(origin_id=rule.origin_id or rule.id)
    if part.topic_ids or not (part.whole or rule.building_ids is not None):
        return _carve(part, moved)
    if part.whole:
        return [_end(rule, day, begun), Create(moved, rule.id)]
    return _split(part, moved, day, begun)


def _make_moved(rule, date_from, holder):
    participant_id, section_id, person_id = holder
    return rule._replace(
        id=0,
        date_from=date_from,
        participant_id=participant_id,
        section_id=section_id,
        person_id=person_id,
        origin_id=None,
    )


def _end(rule, day, begun):
    if begun:
        return Close(rule.id, day - datetime.timedelta(1))
    return Withdraw(rule.id)


def _carve(part, moved):
    """A more exact rule beside the wide one, which stays as it is."""
    if not part.whole:
        moved = moved._replace(
            building_ids=part.building_ids, address_id=part.address_id
        )
    topics = part.topic_ids or (moved.topic_id,)
    return [
        Create(moved._replace(topic_id=topic_id, origin_id=None), part.rule.id)
        for topic_id in topics
    ]


def _split(part, moved, day, begun):
    """Some houses leave a list: the rest stays in the rule, with its first day."""
    rule, leaving = part.rule, part.building_ids
    steps = [Shrink(rule.id, rule.building_ids - leaving)]
    if begun:
        before = rule._replace(
            id=0,
            building_ids=leaving,
            date_to=day - datetime.timedelta(1),
            origin_id=rule.origin_id or rule.id,
        )
        steps.append(Create(before, rule.id, "before"))
    return [*steps, Create(moved._replace(building_ids=leaving), rule.id)]
