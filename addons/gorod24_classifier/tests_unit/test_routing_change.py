# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Bulk change of rules: history stays, the new one answers from the day on."""

import datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from routing import (
    Affected,
    Close,
    Create,
    Rule,
    Shrink,
    Withdraw,
    choose,
    plan_change,
)

DAY = datetime.date(2026, 3, 1)
BEFORE = datetime.date(2026, 2, 28)
TOPICS = (1, 2, 3)
PLACES = (10, 20, 40)
HOUSES = (500, 501, 502)
OLD, NEW = 1, 9
HOLDER = (NEW, 90, None)
days = st.one_of(
    st.none(), st.dates(datetime.date(2026, 1, 1), datetime.date(2026, 5, 1))
)


def apply_steps(rules, steps):
    """Rules after the steps, as the model writes them."""
    by_id = {rule.id: rule for rule in rules}
    for step in steps:
        match step:
            case Close():
                by_id[step.rule_id] = by_id[step.rule_id]._replace(date_to=step.date_to)
            case Withdraw():
                del by_id[step.rule_id]
            case Shrink():
                by_id[step.rule_id] = by_id[step.rule_id]._replace(
                    building_ids=step.building_ids
                )
            case Create():
                number = 1000 + len(by_id)
                by_id[number] = step.rule._replace(id=number)
    return list(by_id.values())


@st.composite
def towns(draw):
    rules = []
    for number in range(1, draw(st.integers(1, 10)) + 1):
        first, last = draw(days), draw(days)
        if first and last and last < first:
            first, last = last, first
        listed = draw(st.booleans())
        rules.append(
            Rule(
                id=number,
                topic_id=draw(st.sampled_from([None, *TOPICS])),
                address_id=None if listed else draw(st.sampled_from([None, *PLACES])),
                building_ids=draw(st.frozensets(st.sampled_from(HOUSES), min_size=1))
                if listed
                else None,
                date_from=first,
                date_to=last,
                participant_id=draw(st.sampled_from([OLD, 2, 3])),
            )
        )
    return rules


def _affect(rule, moving, topic_id):
    """As the model does it: which part of a rule of OLD moves."""
    topics = ()
    if topic_id and (rule.topic_id or 0) < topic_id:
        topics = (topic_id,)
    elif topic_id and rule.topic_id not in TOPICS[TOPICS.index(topic_id) :]:
        return None
    if moving is None:
        return Affected(rule, topic_ids=topics)
    part = moving if rule.building_ids is None else rule.building_ids & moving
    if not part:
        return None
    whole = rule.building_ids is not None and part == rule.building_ids
    return Affected(rule, whole, part, topic_ids=topics)


@settings(max_examples=300)
@given(
    towns(),
    st.one_of(st.none(), st.frozensets(st.sampled_from(HOUSES), min_size=1)),
    st.sampled_from([None, 2, 3]),
    st.sampled_from(HOUSES),
    st.dates(datetime.date(2025, 12, 1), datetime.date(2026, 6, 1)),
)
def test_history_stays_and_the_new_one_answers(rules, moving, topic, house, day):
    parts = [_affect(r, moving, topic) for r in rules if r.participant_id == OLD]
    parts = [part for part in parts if part]
    after = apply_steps(rules, plan_change(parts, DAY, HOLDER))
    was = choose(rules, TOPICS, PLACES, house, day).rule
    now = choose(after, TOPICS, PLACES, house, day).rule
    if was is None:
        assert now is None
    elif day < DAY:
        assert now.participant_id == was.participant_id
        assert (now.topic_id, now.address_id) == (was.topic_id, was.address_id)
    elif was.participant_id == OLD and was.id in {p.rule.id for p in parts}:
        inside = moving is None or house in moving
        assert now.participant_id == (NEW if inside else OLD)
    else:
        assert now.participant_id in (was.participant_id, NEW)
    if was and moving is not None and house not in moving:
        assert now.participant_id == was.participant_id


def test_ten_houses_leave_a_list_of_a_hundred():
    hundred = frozenset(range(100))
    ten = frozenset(range(10))
    rule = Rule(7, 3, None, hundred, datetime.date(2024, 1, 1), participant_id=OLD)
    steps = plan_change([Affected(rule, False, ten)], DAY, HOLDER)
    assert steps[0] == Shrink(7, hundred - ten)
    before, moved = steps[1].rule, steps[2].rule
    assert (before.participant_id, before.building_ids) == (OLD, ten)
    assert (before.date_from, before.date_to) == (rule.date_from, BEFORE)
    assert (moved.participant_id, moved.section_id) == (NEW, 90)
    assert (moved.building_ids, moved.date_from, moved.date_to) == (ten, DAY, None)
    assert [step.kind for step in steps[1:]] == ["before", "moved"]


def test_a_rule_that_begins_later_keeps_its_first_day():
    later = datetime.date(2026, 4, 1)
    rule = Rule(7, 3, 20, date_from=later, participant_id=OLD)
    withdraw, create = plan_change([Affected(rule)], DAY, HOLDER)
    assert withdraw == Withdraw(7)
    assert create.rule.date_from == later
    assert create.rule.participant_id == NEW


def test_a_rule_ended_before_is_left_alone():
    rule = Rule(7, 3, 20, date_to=BEFORE, participant_id=OLD)
    assert plan_change([Affected(rule)], DAY, HOLDER) == []
    ends_that_day = rule._replace(date_to=DAY)
    close, create = plan_change([Affected(ends_that_day)], DAY, HOLDER)
    assert close == Close(7, BEFORE)
    assert (create.rule.date_from, create.rule.date_to) == (DAY, DAY)


def test_houses_are_carved_out_of_a_territory():
    rule = Rule(7, 1, 20, participant_id=OLD)
    (create,) = plan_change([Affected(rule, False, frozenset([500]))], DAY, HOLDER)
    assert create.rule.building_ids == {500}
    assert create.rule.address_id is None
    (create,) = plan_change([Affected(rule, False, None, 40)], DAY, HOLDER)
    assert (create.rule.address_id, create.rule.building_ids) == (40, None)


def test_one_topic_is_carved_out_of_a_group():
    rule = Rule(7, 1, 20, participant_id=OLD)
    steps = plan_change([Affected(rule, topic_ids=(2, 5))], DAY, HOLDER)
    assert [step.rule.topic_id for step in steps] == [2, 5]
    assert {step.rule.address_id for step in steps} == {20}
