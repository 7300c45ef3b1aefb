# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import pytest
from hypothesis import given
from hypothesis import strategies as st
from phone_number import last_digits, normalise, pretty

CITY = "+73852123456"


@pytest.mark.parametrize(
    "raw",
    [
        "+73852123456",
        "83852123456",
        "73852123456",
        "3852123456",
        "123456",
        "12-34-56",
        "8 (3852) 12-34-56",
        "983852123456",
        "9083852123456",
        "sip:83852123456@gw.example",
        "83852123456#",
    ],
)
def test_every_spelling_is_the_same_citizen(raw):
    assert normalise(raw) == CITY


@pytest.mark.parametrize(
    "raw", [None, "", "anonymous", "Unknown", "b00123", "BIB", "2830", "12", "+7385"]
)
def test_what_is_no_outside_number_is_never_looked_up(raw):
    assert normalise(raw) is None


def test_mobile_number_is_not_taken_for_an_outside_prefix():
    assert normalise("9132345678") == "+79132345678"
    assert normalise("89132345678") == "+79132345678"
    assert normalise("989132345678") == "+79132345678"


def test_foreign_number_stays_foreign():
    assert normalise("+77272345678") == "+77272345678"


@given(st.text(max_size=40))
def test_any_text_gives_a_number_or_none(text):
    number = normalise(text)
    assert number is None or (number.startswith("+") and number[1:].isdigit())


@given(st.integers(min_value=9130000000, max_value=9139999999))
def test_normalising_twice_changes_nothing(national):
    number = normalise(str(national))
    assert number is None or normalise(number) == number


def test_last_digits_and_pretty():
    assert last_digits(CITY) == "3852123456"
    assert last_digits("112") is False
    assert pretty(CITY) == "+7 3852 12-34-56"
    assert pretty("+79132345678") == "+7 913 234-56-78"
    assert pretty("112") == "112"
