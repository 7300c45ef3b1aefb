# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rules of the choice of the responsible one; run with pytest, no Odoo needed."""

import datetime

from hypothesis import given
from hypothesis import strategies as st
from routing import Rule, applies, choose

DAY = datetime.date(2026, 3, 1)
TOPICS = (1, 2, 3)
PLACES = (10, 20, 30, 40)
HOUSE = 500

days = st.one_of(
    st.none(), st.dates(datetime.date(2025, 1, 1), datetime.date(2027, 1, 1))
)


@st.composite
def rules(draw, rule_id):
    return Rule(
        id=rule_id,
        topic_id=draw(st.sampled_from([None, *TOPICS, 9])),
        address_id=draw(st.sampled_from([None, *PLACES, 99])),
        building_ids=draw(
            st.one_of(
                st.none(), st.frozensets(st.sampled_from([HOUSE, 501]), min_size=1)
            )
        ),
        date_from=draw(days),
        date_to=draw(days),
        participant_id=draw(st.integers(1, 4)),
    )


@st.composite
def rule_lists(draw):
    return [draw(rules(i)) for i in range(draw(st.integers(0, 12)))]


def _choose(found, building=HOUSE, day=DAY):
    return choose(found, TOPICS, PLACES, building, day)


@given(rule_lists(), st.randoms())
def test_order_of_the_rules_does_not_matter(found, random):
    mixed = list(found)
    random.shuffle(mixed)
    assert _choose(found) == _choose(mixed)


@given(rule_lists())
def test_only_rules_that_apply_are_chosen(found):
    decision = _choose(found)
    chosen = [decision.rule, *decision.alternatives] if decision.rule else []
    assert all(applies(rule, TOPICS, PLACES, HOUSE, DAY) for rule in chosen)
    fitting = [r for r in found if applies(r, TOPICS, PLACES, HOUSE, DAY)]
    assert bool(decision.rule) == bool(fitting)


@given(rule_lists())
def test_nobody_is_offered_twice(found):
    decision = _choose(found)
    if decision.rule:
        chain = [decision.rule, *decision.alternatives]
        holders = [(r.participant_id, r.section_id) for r in chain]
        assert len(holders) == len(set(holders))


@given(rule_lists())
def test_unknown_house_never_gets_a_rule_for_houses(found):
    decision = _choose(found, building=None)
    if decision.rule:
        chain = [decision.rule, *decision.alternatives]
        assert all(rule.building_ids is None for rule in chain)


def test_list_of_houses_beats_any_territory():
    street = Rule(1, 3, 40, participant_id=1)
    houses = Rule(2, 1, None, frozenset([HOUSE]), participant_id=2)
    assert _choose([street, houses]).rule == houses


def test_deeper_territory_beats_deeper_topic():
    topic = Rule(1, 3, 20, participant_id=1)
    place = Rule(2, 1, 40, participant_id=2)
    decision = _choose([topic, place])
    assert decision.rule == place
    assert decision.alternatives == (topic,)


def test_deeper_topic_then_newer_rule():
    general = Rule(1, 1, 20, participant_id=1)
    exact = Rule(2, 3, 20, participant_id=2)
    newer = Rule(3, 3, 20, date_from=datetime.date(2026, 1, 1), participant_id=3)
    assert _choose([general, exact]).rule == exact
    assert _choose([general, exact, newer]).rule == newer


def test_period_is_inclusive_on_both_days():
    rule = Rule(1, 1, date_from=DAY, date_to=DAY, participant_id=1)
    assert _choose([rule]).rule == rule
    for shift in (-1, 1):
        assert _choose([rule], day=DAY + datetime.timedelta(shift)).rule is None
