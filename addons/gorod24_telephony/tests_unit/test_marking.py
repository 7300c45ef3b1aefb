# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from hypothesis import given
from hypothesis import strategies as st
from marking import SHARES, total

ANSWERS = st.lists(
    st.tuples(st.integers(1, 100), st.sampled_from(list(SHARES))), max_size=12
)


def test_weights_count_and_what_does_not_apply_does_not():
    assert total([(30, "yes"), (10, "no")]) == 75
    assert total([(10, "partly"), (10, "yes")]) == 75
    assert total([(30, "yes"), (70, "na")]) == 100
    # 1/8 of a hundred is 12.5: a half goes up
    assert total([(10, "yes"), (70, "no")]) == 13
    assert total([(10, "na")]) is None
    assert total([]) is None


@given(ANSWERS)
def test_mark_is_between_none_and_all(answers):
    mark = total(answers)
    judged = [answer for _weight, answer in answers if answer != "na"]
    if not judged:
        assert mark is None
    else:
        assert 0 <= mark <= 100
        assert (mark == 100) >= (set(judged) == {"yes"})
        assert (mark == 0) >= (set(judged) == {"no"})


@given(ANSWERS, st.integers(1, 100))
def test_a_better_answer_never_lowers_the_mark(answers, weight):
    worse, middle, best = (
        total([*answers, (weight, answer)]) for answer in ("no", "partly", "yes")
    )
    assert worse <= middle <= best
