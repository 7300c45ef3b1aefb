# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import pytest
from hypothesis import given
from hypothesis import strategies as st
from phone_number import is_mobile
from telling import check_template, compose

TEXT = "Ваш вопрос {number} ({topic}): {outcome}. Горячая линия"
NUMBER = "26-001234/1"


def test_message_names_number_topic_and_outcome():
    message = compose(TEXT, NUMBER, "Отопление", "Устранено")
    assert message == f"Ваш вопрос {NUMBER} (Отопление): Устранено. Горячая линия"


def test_long_topic_is_cut_at_the_end_of_a_word():
    message = compose(TEXT, NUMBER, "Отсутствие отопления " * 9, "Устранено")
    assert "отопления…)" in message or "Отсутствие…)" in message
    assert message.endswith("Устранено. Горячая линия")


def test_words_in_braces_inside_a_topic_stay_as_they_are():
    assert "{outcome}" in compose("{number} {topic}", NUMBER, "{outcome}", "Устранено")


@given(st.text(max_size=300), st.text(max_size=300))
def test_message_is_never_longer_than_two_parts(topic, outcome):
    message = compose(TEXT, NUMBER, topic, outcome)
    assert len(message) <= 134
    assert NUMBER in message


@pytest.mark.parametrize("text", ["Готово", "{number} {name}", "{number}" + "я" * 99])
def test_template_that_cannot_serve_is_refused(text):
    with pytest.raises(ValueError):
        check_template(text)


def test_message_goes_to_mobile_numbers_only():
    assert is_mobile("+79131234567")
    for number in ("+73852123456", "", None, "не номер"):
        assert not is_mobile(number)
