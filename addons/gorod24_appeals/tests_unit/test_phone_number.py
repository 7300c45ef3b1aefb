# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from phone_number import is_own, last_digits, normalise, pretty

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
        "+7 (3852) 12/34/56",
        "sip:+73852123456@10.0.0.1;user=phone",
        '"Иванов" <sip:83852123456@gw.example>',
        "tel:+7-3852-12-34-56",
        "12-34-56 доб. 3",
        "9073852123456",
    ],
)
def test_every_spelling_is_the_same_citizen(raw):
    assert normalise(raw) == CITY


@pytest.mark.parametrize(
    "raw",
    [
        None,
        "",
        "anonymous",
        "Unknown",
        "b00123",
        "BIB",
        "BIB2830",
        "2830",
        "12",
        "+7385",
    ],
)
def test_what_is_no_outside_number_is_never_looked_up(raw):
    assert normalise(raw) is None


def test_mobile_number_is_not_taken_for_an_outside_prefix():
    assert normalise("9132345678") == "+79132345678"
    assert normalise("89132345678") == "+79132345678"
    assert normalise("989132345678") == "+79132345678"


def test_foreign_number_stays_foreign():
    assert normalise("+77272345678") == "+77272345678"


def test_foreign_number_survives_a_lost_plus_and_every_prefix():
    for raw in (
        "+998901234567",
        "998901234567",
        "810998901234567",
        "9810998901234567",
    ):
        assert normalise(raw) == "+998901234567", raw
    assert normalise("375291234567") == "+375291234567"


def test_own_numbers_of_the_city_are_known_in_any_spelling():
    own = ("12-34-56", "385237*", "")
    assert is_own(CITY, own)
    assert is_own("+73852371001", own)
    assert not is_own("+73852123457", own)
    assert not is_own("+79132345678", own)


# Lies beside the repository where the builders work; not a part of it.
DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "phones"


@pytest.mark.skipif(not DATA.is_dir(), reason="the collected spellings are not here")
def test_spellings_found_in_the_web_give_their_numbers():
    with (DATA / "web_landline_shapes.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    wrong = [
        (row["example_raw"], normalise(row["example_raw"]))
        for row in rows
        if row["example_e164"] and normalise(row["example_raw"]) != row["example_e164"]
    ]
    assert len(rows) > 5
    assert not wrong


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
