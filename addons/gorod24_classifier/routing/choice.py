# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The most specific rule wins; the rest are ranked behind it.

Order of specificity: a list of houses before any territory; then the depth of the
territory; then the depth of the topic; then the newer rule; then the higher number.
"""

import datetime
from typing import NamedTuple

#: Steps of the comparison, in the order of :func:`specificity`.
STEPS = ("houses", "place", "topic", "date", "number")


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
    #: the rule this one was split from: it stands in the line in its place
    origin_id: int | None = None


class Ranked(NamedTuple):
    """A rule that applies and its place in the line.

    status: chosen, next, same (this section stands higher already), or why its
    participant is passed over: the code given to :func:`choose` in `barred`.
    step: one of STEPS, by which the rule is lower than the one above; "" for the first
    """

    rule: Rule
    status: str
    step: str = ""


class Decision(NamedTuple):
    """The chosen rule (None if nobody answers) and the next choices, ranked."""

    rule: Rule | None
    alternatives: tuple = ()
    #: every rule that applies as :class:`Ranked`, the passed over ones included
    ranked: tuple = ()

    def passed_over(self, status):
        """Rules with this status that stand above the chosen one."""
        found = []
        for line in self.ranked:
            if line.status == "chosen":
                break
            if line.status == status:
                found.append(line.rule)
        return found


def in_force(rule, on_date):
    """Whether a day lies in the period of a rule, both ends included."""
    begun = rule.date_from is None or rule.date_from <= on_date
    return begun and (rule.date_to is None or on_date <= rule.date_to)


def make_address_path(parent_path, district_id=None):
    """Address ids from the most general to the street, the district above it."""
    path = [int(part) for part in (parent_path or "").split("/") if part]
    if path and district_id and district_id not in path:
        path.insert(len(path) - 1, district_id)
    return path


def applies(rule, topic_path, address_path, building_id, on_date):
    """Whether a rule holds for this topic, place and day."""
    if not in_force(rule, on_date):
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
        (rule.origin_id or rule.id, rule.id),
    )


def find_step(higher, lower):
    """The first of STEPS in which two sort keys differ."""
    pairs = zip(STEPS, higher, lower, strict=True)
    return next((step for step, one, two in pairs if one != two), "")


def choose(rules, topic_path, address_path, building_id, on_date, barred=None):
    """Choose the responsible one.

    :param rules: iterable of :class:`Rule`; those that do not apply are ignored
    :param topic_path: topic ids from the root to the topic
    :param address_path: address ids from the region to the street
    :param building_id: the house, or None
    :param on_date: day of the choice (:class:`datetime.date`)
    :param barred: {participant id: code} of those who may not be chosen:
        complained about, archived
    :return: :class:`Decision`; alternatives never repeat a participant's section
    """
    barred = barred or {}
    keyed = [
        (specificity(rule, topic_path, address_path), rule)
        for rule in rules
        if applies(rule, topic_path, address_path, building_id, on_date)
    ]
    keyed.sort(key=lambda pair: pair[0], reverse=True)
    ranked, holders, above = [], set(), None
    for key, rule in keyed:
        holder = (rule.participant_id, rule.section_id)
        status = barred.get(rule.participant_id)
        if status is None:
            status = "same" if holder in holders else "next" if holders else "chosen"
            holders.add(holder)
        ranked.append(Ranked(rule, status, find_step(above, key) if above else ""))
        above = key
    return Decision(
        next((line.rule for line in ranked if line.status == "chosen"), None),
        tuple(line.rule for line in ranked if line.status == "next"),
        tuple(ranked),
    )
