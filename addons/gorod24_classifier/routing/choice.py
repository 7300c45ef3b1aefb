# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The most specific rule wins; the rest are ranked behind it.

Order of specificity: a list of houses before any territory; then the depth of the
territory; then the depth of the topic; then the newer rule; then the higher id.
"""

import datetime
from typing import NamedTuple


class Rule(NamedTuple):
    """A competence rule. None means "any"; building_ids None means "no list"."""

    id: int
    topic_id: int | None = None
    address_id: int | None = None
    building_ids: frozenset | None = None
    date_from: datetime.date | None = None
    date_to: datetime.date | None = None
    participant_id: int | None = None
    section_id: int | None = None
    person_id: int | None = None


class Decision(NamedTuple):
    """The chosen rule (None if nobody answers) and the next choices, ranked."""

    rule: Rule | None
    alternatives: tuple = ()


def _in_force(rule, on_date):
    begun = rule.date_from is None or rule.date_from <= on_date
    return begun and (rule.date_to is None or on_date <= rule.date_to)


def applies(rule, topic_path, address_path, building_id, on_date):
    """Whether a rule holds for this topic, place and day."""
    if not _in_force(rule, on_date):
        return False
    if rule.topic_id is not None and rule.topic_id not in topic_path:
        return False
    if rule.building_ids is not None:
        return building_id is not None and building_id in rule.building_ids
    return rule.address_id is None or rule.address_id in address_path


def specificity(rule, topic_path, address_path):
    """Sort key of a rule that applies; the greater, the more specific."""
    listed = rule.building_ids is not None  # then the territory says nothing
    by_address = rule.address_id is not None and not listed
    address = address_path.index(rule.address_id) + 1 if by_address else 0
    topic = topic_path.index(rule.topic_id) + 1 if rule.topic_id else 0
    return (
        listed,
        address,
        topic,
        rule.date_from or datetime.date.min,
        rule.id,
    )


def choose(rules, topic_path, address_path, building_id, on_date):
    """Choose the responsible one.

    :param rules: iterable of :class:`Rule`; those that do not apply are ignored
    :param topic_path: topic ids from the root to the topic
    :param address_path: address ids from the region to the street
    :param building_id: the house, or None
    :param on_date: day of the choice (:class:`datetime.date`)
    :return: :class:`Decision`; alternatives never repeat a participant's section
    """
    fitting = [
        rule
        for rule in rules
        if applies(rule, topic_path, address_path, building_id, on_date)
    ]
    fitting.sort(
        key=lambda rule: specificity(rule, topic_path, address_path), reverse=True
    )
    ranked, seen = [], set()
    for rule in fitting:
        holder = (rule.participant_id, rule.section_id)
        if holder not in seen:
            seen.add(holder)
            ranked.append(rule)
    return Decision(ranked[0] if ranked else None, tuple(ranked[1:]))
