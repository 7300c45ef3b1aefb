# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re

import pytest
from finding import likeliest, name_words, read, words_query
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    "text, number, position",
    [
        ("2026-000123", "2026-000123", 0),
        ("№ 2026-000123/2", "2026-000123", 2),
        ("  №123 ", "123", 0),
        ("123/1", "123", 1),
        ("26 03", "", 0),
        ("попова 54", "", 0),
        ("", "", 0),
    ],
)
def test_number_of_an_appeal(text, number, position):
    reading = read(text)
    assert (reading.number, reading.position) == (number, position)


@pytest.mark.parametrize(
    "text, digits",
    [
        ("8 (3852) 12-34-56", "83852123456"),
        ("+7 913 123-45-67", "79131234567"),
        ("sip:83852123456@gw.local", "83852123456"),
        ("123456", "123456"),
        ("25-25-25 доб. 3", "252525"),
        ("25-25-25, вн. 12", "252525"),
        ("тел. 8-905-123-45-67", "89051234567"),
        ("Телефон: 25 25 25", "252525"),
        ("8‑905‑123‑45‑67", "89051234567"),
        ("8/3852/252525", "83852252525"),
        ("123456/1", ""),
        ("12-34", ""),
        ("ленина 54", ""),
        ("тополиная 252525", ""),
    ],
)
def test_digits_of_a_phone(text, digits):
    assert read(text).digits == digits


@pytest.mark.parametrize(
    "text, names",
    [
        ("Семёнова  АННА", ("семенова", "анна")),
        ("Иванов П. С.", ("иванов", "п", "с")),
        ("Петрова-Водкина", ("петрова-водкина",)),
        ("Ли Сергей", ("ли", "сергей")),
        ("А. Иванов", ("а", "иванов")),
        ("И.И. Петров", ("и", "и", "петров")),
        ("Ан", ()),
        ("Ли И. О.", ()),
        ("Иванов 5", ()),
        ("в подъезде третий день нет света", ()),
    ],
)
def test_words_of_a_name(text, names):
    assert read(text).names == names


@pytest.mark.parametrize(
    "text, query",
    [
        ("не горит фонарь", "'горит' & ('фонарь':* | 'фона':*)"),
        ("горит н", "'горит'"),
        ("школа 55", "'школа' & '55'"),
        ("ёлка", "'елка':*"),
        ("не", ""),
        ("", ""),
    ],
)
def test_query_of_words(text, query):
    assert words_query(read(text).words) == query


def test_finished_words_are_not_taken_for_beginnings():
    assert (
        words_query(read("фонарь").words, unfinished=False) == "('фонарь' | 'фона':*)"
    )


@given(st.text(max_size=150))
def test_any_line_is_read_and_its_query_holds_no_operators(text):
    query = words_query(read(text).words)
    for part in filter(None, re.split(r" & | \| ", query)):
        word = part.strip("()").removesuffix(":*").strip("'")
        assert word.replace("-", "").isalnum()


@pytest.mark.parametrize(
    "text, words",
    [
        ("Семёнова Анна-Мария", ["семенова", "анна-мария"]),
        ("Ли И. О.", []),
        ("ООО «Ромашка-2»", ["ооо", "ромашка"]),
        ("Қайрат", ["қайрат"]),
        (None, []),
    ],
)
def test_words_of_a_name_that_can_be_misspelt(text, words):
    assert name_words(text) == words


def test_likeliest_reading_of_a_misspelt_name_goes_first():
    surnames = [("иванова", 1.2), ("иванов", 1.5)]
    names = [("анна", 2.0), ("жанна", 1.0)]
    assert likeliest([surnames, names], 3) == [
        ("иванов", "анна"),
        ("иванова", "анна"),
        ("иванов", "жанна"),
    ]
    assert likeliest([surnames, []], 3) == []
