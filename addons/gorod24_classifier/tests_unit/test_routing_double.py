# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Double answers: found exactly where the choice has two equals."""

import datetime
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st
from routing import Rule, choose, find_doubles

FIRST = datetime.date(2026, 1, 1)
DAYS = [FIRST + datetime.timedelta(i) for i in range(8)]
HOUSES = (500, 501, 502)
days = st.one_of(st.none(), st.sampled_from(DAYS))


@st.composite
def rule_lists(draw):
    rules = []
    for number in range(1, draw(st.integers(0, 7)) + 1):
        first, last = draw(days), draw(days)
        if first and last and last < first:
            first, last = last, first
        listed = draw(st.booleans())
        rules.append(
            Rule(
                number,
                draw(st.sampled_from([None, 3])),
                None if listed else draw(st.sampled_from([None, 40])),
                draw(st.frozensets(st.sampled_from(HOUSES), min_size=1))
                if listed
                else None,
                first,
                last,
                draw(st.integers(1, 2)),
            )
        )
    return rules


def _are_double(winner, loser):
    """Slowly: some day, at some house, both apply and only the date or number part
    them."""
    alike = winner.topic_id == loser.topic_id
    alike &= winner.participant_id != loser.participant_id
    if not alike or winner.address_id != loser.address_id:
        return False
    for house in HOUSES:
        for day in DAYS:
            found = choose([winner, loser], (3,), (40,), house, day)
            if len(found.ranked) == 2 and found.rule == winner:
                if found.ranked[1].step in ("date", "number"):
                    return True
    return False


@given(rule_lists())
def test_found_exactly_where_two_are_equal(rules):
    found = {(d.winner_id, d.loser_id) for d in find_doubles(rules)}
    expected = {
        (one.id, two.id) for one, two in permutations(rules, 2) if _are_double(one, two)
    }
    assert found == expected


def test_shared_houses_are_named():
    one = Rule(1, 3, None, frozenset([500, 501]), participant_id=1)
    two = Rule(2, 3, None, frozenset([501, 502]), participant_id=2)
    (double,) = find_doubles([one, two])
    assert double == (2, 1, {501}, True)
    (double,) = find_doubles([one, two._replace(date_from=FIRST)])
    assert not double.arbitrary
