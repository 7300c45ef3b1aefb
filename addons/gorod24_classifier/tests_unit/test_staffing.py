# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from staffing import Absence, BadPhone, Member, find_cycle, normalise, pretty, resolve

A, B, C, D = 1, 2, 3, 4
DAY = date(2026, 3, 5)


def member(user, section=1, role="duty", number=None):
    return Member(number or user * 10 + section, section, user, role)


def away(member, substitute, first=DAY, last=DAY):
    return Absence(member.id, member.user_id, substitute, first, last)


def working(members, absences):
    return {p.member_id: p.user_id for p in resolve(members, absences)}


def test_a_substitute_works_in_the_role_of_the_absent():
    duty, head = member(A), member(B, role="head")
    posts = resolve([duty, head], [away(duty, C)])
    assert [(p.user_id, p.role, p.holder_id) for p in posts] == [
        (C, "duty", A),
        (B, "head", B),
    ]
    assert posts[0].absence.date_to == DAY and not posts[1].absence


def test_nobody_works_without_a_substitute():
    duty = member(A)
    assert working([duty], [away(duty, None)]) == {duty.id: None}


def test_the_chain_is_followed_to_its_end():
    one, two, three = member(A), member(B), member(C)
    absences = [away(one, B), away(two, C), away(three, D)]
    assert set(working([one, two, three], absences).values()) == {D}


def test_a_substitute_away_in_one_section_only_still_works():
    """Away is who is away everywhere: a change of shift in one place is no leave."""
    one, here, there = member(A), member(B), member(B, section=2)
    assert working([one, here, there], [away(one, B), away(there, C)]) == {
        one.id: B,
        here.id: B,
        there.id: C,
    }


def test_the_absence_of_the_same_section_and_role_decides():
    one = member(A)
    here, there = member(B), member(B, section=2)
    absences = [away(one, B), away(there, D), away(here, C)]
    assert working([one, here, there], absences)[one.id] == C


def test_a_chain_without_an_end_gives_nobody():
    one, two = member(A), member(B)
    ring = [away(one, B), away(two, A)]
    assert working([one, two], ring) == {one.id: None, two.id: None}
    assert working([one, two], [away(one, B), away(two, None)])[one.id] is None


def test_ring_is_found_on_the_common_days_only():
    march = [date(2026, 3, day) for day in range(1, 32)]
    first = away(member(A), B, march[0], march[9])
    second = away(member(B), C, march[4], march[20])
    closing = away(member(C), A, march[7], march[30])
    ring = find_cycle([first, second], closing)
    assert [link.absent_id for link in ring] == [C, A, B]
    assert {(link.date_from, link.date_to) for link in ring} == {(march[7], march[9])}
    later = closing._replace(date_from=march[10])
    assert not find_cycle([first, second], later)
    assert find_cycle([], away(member(A), A))


users = st.integers(1, 5)


@given(
    st.lists(st.tuples(users, st.none() | users), max_size=8, unique_by=lambda t: t[0])
)
def test_nobody_works_in_the_place_of_the_absent_while_away_himself(pairs):
    members = [member(user) for user in range(1, 6)]
    absences = [away(members[user - 1], substitute) for user, substitute in pairs]
    absent = {user for user, _substitute in pairs}
    for post in resolve(members, absences):
        assert post.user_id not in absent
        assert post.absence or post.user_id == post.holder_id


@given(st.lists(st.tuples(users, users), max_size=10, unique_by=lambda t: t[0]))
def test_absences_accepted_one_by_one_never_close_a_ring(pairs):
    """Then the chain always ends with a person who is at work."""
    taken = []
    for user, substitute in pairs:
        new = away(member(user), substitute)
        if not find_cycle(taken, new):
            taken.append(new)
    members = [member(user) for user in range(1, 6)]
    assert all(post.user_id for post in resolve(members, taken))


@pytest.mark.parametrize(
    ("typed", "number", "extension"),
    [
        ("8 (3852) 12-34-56", "+73852123456", ""),
        ("+7 385 212 34 56 доб. 12", "+73852123456", "12"),
        ("12-34-56", "+73852123456", ""),
        ("12-34-56 доб. 7", "+73852123456", "7"),
        ("8 913 000-11-22", "+79130001122", ""),
        ("112", "112", ""),
    ],
)
def test_phone_as_typed(typed, number, extension):
    assert normalise(typed) == (number, extension)


@pytest.mark.parametrize("typed", ["", "нет", "12", "8 999", "+7 000 000 00 00"])
def test_what_cannot_be_dialled_is_refused(typed):
    with pytest.raises(BadPhone):
        normalise(typed)


def test_phone_as_shown():
    assert pretty("+73852123456") == "+7 3852 12-34-56"
    assert pretty("+79130001122") == "+7 913 000-11-22"
    assert pretty("112") == "112"
