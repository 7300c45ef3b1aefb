# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Gaps of the competence: the quick set arithmetic against the plain choice."""

import datetime

from hypothesis import given
from hypothesis import strategies as st
from routing import Coverage, Rule, Town, applies
from routing.coverage import House

DAY = datetime.date(2026, 3, 1)
TOWN, NORTH, SOUTH = 1, 2, 3
STREETS = {10: (TOWN, 10), 11: (TOWN, 11)}
HOUSES = [
    House(100, 10, NORTH),
    House(101, 10, SOUTH),
    House(102, 11, SOUTH),
    House(103, 11, None),
    *(House(200 + i, 11, SOUTH) for i in range(20)),
]
PATH = (5, 6, 7)

rules = st.lists(
    st.tuples(
        st.sampled_from([None, *PATH, 8]),
        st.sampled_from([None, TOWN, NORTH, SOUTH, 10, 11]),
        st.one_of(
            st.none(),
            st.lists(st.sampled_from([h.id for h in HOUSES] + [999]), min_size=1),
        ),
    ),
    max_size=5,
)


@given(rules, st.sampled_from([NORTH, SOUTH, None]))
def test_a_gap_is_a_house_to_which_no_rule_applies(found, district):
    town = Town(HOUSES, STREETS)
    path = [TOWN, district] if district else [None]
    gap = Coverage(town, found).find_gap(PATH, path)
    made = [
        Rule(i, topic, address, frozenset(houses) if houses else None)
        for i, (topic, address, houses) in enumerate(found)
    ]
    missing = [
        house.id
        for house in HOUSES
        if house.district_id == district
        and not any(applies(rule, PATH, _path(house), house.id, DAY) for rule in made)
    ]
    named = sorted(town.name(gap[0])) if gap else []
    assert named == missing


def _path(house):
    street = STREETS[house.street_id]
    return (street[0], house.district_id, street[1])


def test_a_district_without_houses_is_a_gap_too():
    coverage = Coverage(Town([], {}), [(5, NORTH, None)])
    assert coverage.find_gap(PATH, [TOWN, NORTH]) is None
    assert coverage.find_gap(PATH, [TOWN, SOUTH]) == (0, 0)
    assert not coverage.covers_town(PATH)
    assert Coverage(Town([], {}), [(None, None, None)]).covers_town(PATH)
