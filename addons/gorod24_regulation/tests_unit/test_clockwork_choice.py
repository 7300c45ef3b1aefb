# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Which limit times a term: by kind, day, utility service, topic and choice."""

from datetime import date, timedelta

from clockwork import EXECUTION, MINUTES, RESTORATION, Rule, choose
from hypothesis import given
from hypothesis import strategies as st

DAY = date(2026, 11, 28)
HOUSE, WATER, TAP = 1, 2, 3
PATH = (TAP, WATER, HOUSE)


def limit(rule_id, kind=EXECUTION, **more):
    return Rule(kind, MINUTES, 10, rule_id=rule_id, **more)


def chosen(rules, **case):
    found = choose(rules, case.pop("kind", EXECUTION), case.pop("day", DAY), **case)
    return found and found.rule_id


def test_the_nearest_topic_wins_over_a_wider_one_and_over_none():
    rules = [
        limit(1),
        limit(2, scope=frozenset([HOUSE])),
        limit(3, scope=frozenset([WATER, 77])),
    ]
    assert chosen(rules, path=PATH) == 3
    assert chosen(rules, path=(HOUSE,)) == 2
    assert chosen(rules, path=(99,)) == 1
    assert chosen(rules) == 1


def test_a_limit_for_other_topics_only_limits_nothing():
    assert chosen([limit(1, scope=frozenset([77]))], path=PATH) is None


def test_an_amendment_follows_the_limit_it_changes():
    old = limit(1, valid_to=DAY)
    new = limit(2, valid_from=DAY + timedelta(days=1))
    assert chosen([old, new]) == 1
    assert chosen([old, new], day=DAY + timedelta(days=1)) == 2


def test_the_first_limit_of_a_service_counts_until_a_person_knows_better():
    rules = [
        limit(1, RESTORATION, service="electricity", rank=45),
        limit(2, RESTORATION, service="electricity", rank=40),
        limit(3, RESTORATION, service="gas", rank=10),
    ]
    case = {"kind": RESTORATION, "service": "electricity"}
    assert chosen(rules, **case) == 2
    assert chosen(rules, **case, preferred=1) == 1
    # a limit of another service is no choice
    assert chosen(rules, **case, preferred=3) == 2
    assert chosen(rules, kind=RESTORATION) is None


ids = st.integers(0, 5)
limits = st.builds(
    Rule,
    kind=st.sampled_from([EXECUTION, RESTORATION]),
    base=st.just(MINUTES),
    amount=st.just(1),
    service=st.sampled_from(["", "gas", "heating"]),
    rank=ids,
    scope=st.frozensets(ids, max_size=2),
    valid_from=st.sampled_from([None, DAY - timedelta(1), DAY + timedelta(1)]),
    rule_id=st.integers(1, 9),
)


@given(st.lists(limits), ids, st.lists(ids, unique=True), st.integers(0, 9))
def test_what_is_chosen_may_be_chosen_and_nothing_fits_nearer(rules, one, path, liked):
    service = ["", "gas", "heating"][one % 3]
    found = choose(rules, RESTORATION, DAY, service, path, liked)
    fitting = [
        rule
        for rule in rules
        if rule.kind == RESTORATION
        and rule.is_valid_on(DAY)
        and rule.service == service
        and (not rule.scope or rule.scope & set(path) or rule.rule_id == liked != 0)
    ]
    assert (found is None) == (not fitting)
    if found is None or (liked and found.rule_id == liked):
        return

    def steps(rule):
        return min((path.index(i) for i in rule.scope & set(path)), default=len(path))

    assert found in fitting
    assert (steps(found), found.rank) == min((steps(r), r.rank) for r in fitting)
