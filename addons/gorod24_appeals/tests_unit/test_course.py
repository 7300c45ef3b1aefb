# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from course import FINISHED, OUTCOMES, QUESTION, RECEIVED, REFERRAL, find_fault
from hypothesis import given
from hypothesis import strategies as st

COURSES = st.sampled_from([QUESTION, REFERRAL])
NAMES = st.sampled_from([*QUESTION.states, *REFERRAL.states, "magic", "", None])


@given(COURSES, st.lists(st.tuples(NAMES, st.sampled_from([*OUTCOMES, None]))))
def test_no_path_leaves_the_known_states(course, wishes):
    state = course.start[0]
    for wish, outcome in wishes:
        if not find_fault(course, state, wish, outcome):
            state = wish
        assert state in course.states


@given(st.sampled_from(QUESTION.states), st.text())
def test_a_question_is_never_closed_without_an_outcome(state, outcome):
    if outcome not in OUTCOMES:
        assert find_fault(QUESTION, state, FINISHED, outcome)
    assert find_fault(QUESTION, state, FINISHED)


@given(COURSES, NAMES, NAMES)
def test_a_fault_is_named_exactly_when_the_move_is_not_in_the_table(course, one, two):
    fault = find_fault(course, one, two, "fixed")
    assert bool(fault) != course.allows(one, two)


def test_every_question_can_come_to_its_end():
    for state in QUESTION.states[:-1]:
        seen, wave = set(), {state}
        while wave:
            seen |= wave
            wave = {to for name in wave for to in QUESTION.moves[name]} - seen
        assert FINISHED in seen, state


def test_a_finished_referral_never_moves_again():
    assert not any(REFERRAL.get_next(end) for end in ("refused", "done", "withdrawn"))


def test_what_was_reported_is_told_before_the_end_or_sent_again():
    assert QUESTION.get_next("done") == ("registered", "sent", "informing", "closed")
    assert set(RECEIVED) < set(OUTCOMES)


def test_the_second_of_two_equal_moves_says_it_is_done():
    assert find_fault(QUESTION, "accepted", "accepted") == "same"
    assert find_fault(REFERRAL, "done", "done") == "same"
    assert find_fault(QUESTION, "registered", "accepted") == "order"
    assert find_fault(QUESTION, "registered", "nowhere") == "unknown"
