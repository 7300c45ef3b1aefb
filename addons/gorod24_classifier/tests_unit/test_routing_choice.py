# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rules of the choice of the responsible one; run with pytest, no Odoo needed."""

import datetime

from hypothesis import given
from hypothesis import strategies as st
from routing import Rule, applies, choose, make_address_path, specificity

DAY = datetime.date(2026, 3, 1)
TOPICS = (1, 2, 3)
PLACES = (10, 20, 30, 40)
HOUSE = 500

days = st.one_of(
    st.none(), st.dates(datetime.date(2025, 1, 1), datetime.date(2027, 1, 1))
)
barred = st.dictionaries(
    st.integers(1, 4), st.sampled_from(["complained", "archived"]), max_size=3
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
        section_id=draw(st.one_of(st.none(), st.integers(1, 2))),
        origin_id=draw(st.one_of(st.none(), st.integers(1, 12))),
    )


@st.composite
def rule_lists(draw):
    return [draw(rules(i)) for i in range(draw(st.integers(0, 12)))]


def _choose(found, building=HOUSE, day=DAY, barred=None):
    return choose(found, TOPICS, PLACES, building, day, barred)


def _chain(decision):
    return [decision.rule, *decision.alternatives] if decision.rule else []


@given(rule_lists(), st.randoms(), barred)
def test_order_of_the_rules_does_not_matter(found, random, out):
    mixed = list(found)
    random.shuffle(mixed)
    assert _choose(found, barred=out) == _choose(mixed, barred=out)


@given(rule_lists())
def test_only_rules_that_apply_are_chosen(found):
    decision = _choose(found)
    assert all(applies(r, TOPICS, PLACES, HOUSE, DAY) for r in _chain(decision))
    fitting = [r for r in found if applies(r, TOPICS, PLACES, HOUSE, DAY)]
    assert bool(decision.rule) == bool(fitting)


@given(rule_lists(), st.dates(datetime.date(2024, 1, 1), datetime.date(2028, 1, 1)))
def test_a_rule_out_of_its_period_is_never_named(found, day):
    for line in _choose(found, day=day).ranked:
        assert line.rule.date_from is None or line.rule.date_from <= day
        assert line.rule.date_to is None or line.rule.date_to >= day


@given(rule_lists(), st.data())
def test_a_less_specific_rule_changes_nothing(found, data):
    before = _choose(found)
    extra = data.draw(rules(100))
    paths = TOPICS, PLACES
    if not before.rule or not applies(extra, *paths, HOUSE, DAY):
        return
    if specificity(extra, *paths) < specificity(before.rule, *paths):
        after = _choose([*found, extra])
        assert after.rule == before.rule
        assert [r for r in _chain(after) if r != extra][0] == before.rule


@given(rule_lists(), barred)
def test_the_line_is_ranked_and_nobody_stands_in_it_twice(found, out):
    decision = _choose(found, barred=out)
    chain = _chain(decision)
    keys = [specificity(rule, TOPICS, PLACES) for rule in chain]
    assert keys == sorted(keys, reverse=True)
    holders = [(r.participant_id, r.section_id) for r in chain]
    assert len(holders) == len(set(holders))


@given(rule_lists(), barred)
def test_the_complained_about_one_is_never_offered(found, out):
    decision = _choose(found, barred=out)
    assert not {r.participant_id for r in _chain(decision)} & set(out)
    allowed = [r for r in found if r.participant_id not in out]
    same = _choose(allowed)
    assert (decision.rule, decision.alternatives) == (same.rule, same.alternatives)


@given(rule_lists(), barred)
def test_every_rule_that_applies_is_explained_once(found, out):
    decision = _choose(found, barred=out)
    fitting = {r.id for r in found if applies(r, TOPICS, PLACES, HOUSE, DAY)}
    ids = [line.rule.id for line in decision.ranked]
    assert sorted(ids) == sorted(fitting)
    assert [bool(line.step) for line in decision.ranked] == [
        i > 0 for i in range(len(ids))
    ]
    assert sum(line.status == "chosen" for line in decision.ranked) == bool(
        decision.rule
    )


@given(rule_lists())
def test_unknown_house_never_gets_a_rule_for_houses(found):
    chain = _chain(_choose(found, building=None))
    assert all(rule.building_ids is None for rule in chain)


def test_list_of_houses_beats_any_territory():
    street = Rule(1, 3, 40, participant_id=1)
    houses = Rule(2, 1, None, frozenset([HOUSE]), participant_id=2)
    decision = _choose([street, houses])
    assert decision.rule == houses
    assert decision.ranked[1].step == "houses"


def test_deeper_territory_beats_deeper_topic():
    topic = Rule(1, 3, 20, participant_id=1)
    place = Rule(2, 1, 40, participant_id=2)
    decision = _choose([topic, place])
    assert decision.rule == place
    assert decision.alternatives == (topic,)
    assert decision.ranked[1].step == "place"


def test_deeper_topic_then_newer_rule():
    general = Rule(1, 1, 20, participant_id=1)
    exact = Rule(2, 3, 20, participant_id=2)
    newer = Rule(3, 3, 20, date_from=datetime.date(2026, 1, 1), participant_id=3)
    assert _choose([general, exact]).rule == exact
    decision = _choose([general, exact, newer])
    assert decision.rule == newer
    assert [line.step for line in decision.ranked] == ["", "date", "topic"]


def test_a_rule_split_from_another_stands_in_its_place():
    first = Rule(1, 3, 20, participant_id=1)
    second = Rule(2, 3, 20, participant_id=2)
    copy = Rule(3, 3, 20, participant_id=3, origin_id=1)
    assert _choose([first, second, copy]).rule == second


def test_period_is_inclusive_on_both_days():
    rule = Rule(1, 1, date_from=DAY, date_to=DAY, participant_id=1)
    assert _choose([rule]).rule == rule
    for shift in (-1, 1):
        assert _choose([rule], day=DAY + datetime.timedelta(shift)).rule is None


def test_the_complained_about_one_above_the_choice_is_told():
    about = Rule(1, 3, 40, participant_id=1)
    other = Rule(2, 3, 20, participant_id=2)
    wider = Rule(3, 3, 10, participant_id=1)
    decision = _choose([about, other, wider], barred={1: "complained"})
    assert decision.rule == other
    assert decision.passed_over("complained") == [about]


def test_the_district_stands_just_above_the_street():
    assert make_address_path("1/5/40/", 20) == [1, 5, 20, 40]
    assert make_address_path("1/20/40/", 20) == [1, 20, 40]
    assert make_address_path("", 20) == []
