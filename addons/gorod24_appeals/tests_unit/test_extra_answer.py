# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import pytest
from extra_answer import AnswerError, read_value
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ("char", " 15-Б ", "15-Б"),
        ("char", "   ", None),
        ("text", None, None),
        ("integer", "1 024", 1024),
        ("integer", 7, 7),
        ("float", "36,6", 36.6),
        ("boolean", "yes", True),
        ("boolean", "no", False),
        ("boolean", False, False),
        ("boolean", "", None),
        ("date", "2026-11-23", "2026-11-23"),
        ("datetime", "2026-11-23T10:20", "2026-11-23 10:20:00"),
        ("selection", "stairs", "stairs"),
    ],
)
def test_answers_are_read(kind, raw, value):
    assert read_value(kind, ("flat", "stairs"), raw) == value


@pytest.mark.parametrize(
    ("kind", "raw", "code"),
    [
        ("char", 5, "text"),
        ("char", "я" * 251, "long"),
        ("char", ["я"], "text"),
        ("integer", "много", "number"),
        ("integer", "1,5", "whole"),
        ("integer", "1e40", "whole"),
        ("float", "nan", "number"),
        ("float", True, "number"),
        ("boolean", "может быть", "yes_no"),
        ("date", "23.11.2026", "date"),
        ("date", "0026-11-23", "date"),
        ("datetime", 5, "date"),
        ("selection", "roof", "choice"),
        ("selection", {"a": 1}, "number"),
    ],
)
def test_wrong_answers_are_refused(kind, raw, code):
    with pytest.raises(AnswerError) as refused:
        read_value(kind, ("flat", "stairs"), raw)
    assert refused.value.code == code


anything = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.lists(st.text())
)


@given(st.sampled_from(["char", "integer", "float", "boolean", "date"]), anything)
def test_nothing_breaks_the_reader(kind, raw):
    try:
        read_value(kind, (), raw)
    except AnswerError:
        pass
