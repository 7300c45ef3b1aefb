# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rules of the parsing package; run with pytest, no Odoo needed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parsing import (
    House,
    house_key,
    house_sort_key,
    parse,
    read_house,
    same_street,
    street_key,
    street_score,
)

LETTERS = "абвгдежз"
LATIN = {"а": "a", "в": "b", "е": "e"}
STREETS = [
    ("пр-кт", "ленина"),
    ("ул.", "попова"),
    ("ул.", "георгия исакова"),
    ("тракт", "павловский"),
    ("ул.", "антона петрова"),
    ("ул.", "40 лет октября"),
    ("ул.", "1 западная"),
    ("пер.", "ядринцева"),
    ("проезд", "южный"),
    ("б-р", "9 января"),
]
SPELLINGS = {
    "пр-кт": ["пр.", "пр-т", "просп.", "проспект", "пр-кт", "ПР."],
    "ул.": ["ул.", "улица", "ул", "УЛ."],
    "тракт": ["тракт", "тр-т"],
    "пер.": ["пер.", "переулок", "пер"],
    "проезд": ["проезд", "пр-д"],
    "б-р": ["б-р", "бульвар", "бул."],
}

numbers = st.integers(1, 999).map(str)
fractions = st.one_of(
    st.just(""), numbers, st.tuples(numbers, st.sampled_from("аб")).map("".join)
)
additions = st.dictionaries(st.sampled_from("кс"), numbers, max_size=2).map(
    lambda found: tuple(sorted(found.items()))
)
houses = st.builds(
    House,
    numbers,
    st.one_of(st.just(""), st.sampled_from(LETTERS)),
    fractions,
    additions,
)
WORDS = {"к": ["к", "корп.", "корпус", "кор "], "с": ["стр.", "строение ", "стр "]}


@st.composite
def written_houses(draw, house):
    """The same house as different people write it."""
    letter = house.letter
    if letter:
        if letter in LATIN and not house.fraction and draw(st.booleans()):
            letter = LATIN[letter]
        letter = draw(st.sampled_from([letter, letter.upper()]))
        letter = draw(st.sampled_from(["", "-", " ", "–"])) + letter
    text = house.number + letter
    if house.fraction:
        text += draw(st.sampled_from(["/", " / ", "\\"])) + house.fraction
    for sign, value in draw(st.permutations(house.additions)):
        text += draw(st.sampled_from([" ", ", "])) + draw(st.sampled_from(WORDS[sign]))
        text += value
    return text


@settings(max_examples=500)
@given(st.data(), houses)
def test_spelling_of_house_does_not_matter(data, house):
    text = data.draw(written_houses(house))
    prefix = data.draw(st.sampled_from(["", "д.", "дом ", "Д "]))
    assert house_key(prefix + text) == house.key


@given(houses, houses)
def test_different_houses_never_match(one, other):
    assert (house_key(str(one)) == house_key(str(other))) == (one == other)


@given(houses)
def test_house_survives_printing(house):
    assert read_house(str(house)) == house


@settings(max_examples=600)
@given(st.data(), st.sampled_from(STREETS), houses, st.one_of(st.just(""), numbers))
def test_whole_address_survives_writing(data, street, house, flat):
    kind, name = street
    spelled = data.draw(st.sampled_from(SPELLINGS[kind]))
    before = data.draw(st.booleans())
    line = f"{spelled} {name}" if before else f"{name} {spelled}"
    line = data.draw(st.sampled_from([line, line.title(), line.upper()]))
    line += data.draw(st.sampled_from([", ", ", д. ", " дом "]))
    line += data.draw(written_houses(house))
    if flat:
        line += data.draw(st.sampled_from([", кв. ", " кв", ", квартира "])) + flat
    parsed = parse(line)
    assert parsed.street == name, line
    assert parsed.street_type == kind, line
    assert house_key(parsed.house) == house.key, line
    assert parsed.flat == flat, line


@given(st.text(max_size=60))
def test_no_text_breaks_the_parser(text):
    parsed = parse(text)
    assert all(isinstance(part, str) for part in parsed)
    assert isinstance(house_key(text), str)
    assert isinstance(street_key(text), str)


@given(st.text(alphabet="абвленипоукс1234567890 ,./-кв", max_size=40))
def test_no_likely_text_breaks_the_parser(text):
    parse(text)
    house_key(text)


@pytest.mark.parametrize(
    "text",
    ["пр. Ленина, 54-в", "Ленина 54 В", "ленина пр-т д.54в", "проспект Ленина 54B"],
)
def test_the_first_case_of_the_proposal(text):
    parsed = parse(text)
    assert parsed.street == "ленина"
    assert house_key(parsed.house) == house_key("54в") == "54в"


def test_neighbouring_numbers_differ():
    keys = {house_key(t) for t in ("54", "54/1", "54 корп. 1", "54 стр. 2", "54-в")}
    assert len(keys) == 5


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("ул. Г. Исакова", "Георгия Исакова"),
        ("Королёва", "королева"),
        ("ул. имени Ленина", "Ленина"),
        ("1-я Западная", "Западная 1-я"),
        ("Первая Западная", "1-я Западная ул."),
    ],
)
def test_one_street_many_names(left, right):
    assert same_street(street_key(left), street_key(right))


@pytest.mark.parametrize(
    ("left", "right"),
    [("И. Исакова", "Георгия Исакова"), ("1-я Западная", "2-я Западная")],
)
def test_other_streets_stay_other(left, right):
    assert not same_street(street_key(left), street_key(right))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Барнаул Попова 50-12", ("попова", "50", "12")),
        ("г. Барнаул, ул. Попова, д. 50, кв. 12", ("попова", "50", "12")),
        (
            "Алтайский край, г Барнаул, р-н Ленинский, ул Попова, 50",
            ("попова", "50", ""),
        ),
        ("Павловский тракт 251в кв12 под 3 эт 5", ("павловский", "251В", "12")),
        ("ул. Набережная 5", ("набережная", "5", "")),
        ("Набережная 5", ("набережная", "5", "")),
        ("5-я линия 12", ("5", "12", "")),
        ("22 Января 136", ("22 января", "136", "")),
        ("попова50", ("попова", "50", "")),
        ("мкр. Южный, ул. Чайковского 14", ("чайковского", "14", "")),
        ("опора 15 ул. Попова 50", ("попова", "50", "")),
    ],
)
def test_addresses_as_people_say_them(text, expected):
    parsed = parse(text, frozenset({"барнаул"}))
    assert (parsed.street, parsed.house, parsed.flat) == expected


def test_entrance_and_floor_either_side_of_the_number():
    parsed = parse("Ленина 54 3 подъезд 2 этаж")
    assert (parsed.house, parsed.entrance, parsed.floor) == ("54", "3", "2")
    parsed = parse("Ленина 54, подъезд 3, этаж 2")
    assert (parsed.house, parsed.entrance, parsed.floor) == ("54", "3", "2")


def test_typing_errors_up_to_two_letters():
    assert street_score("лнеина", "ленина") > 0.6
    assert street_score("сторителей", "строителей") > 0.6
    assert street_score("балтийскоя", "балтийская") > 0.6
    assert street_score("попова", "ленина") < 0.5


def test_initial_beats_other_name():
    query = street_key("Г. Исакова")
    assert street_score(query, "георгия исакова") > street_score(query, "ивана исакова")


def test_houses_are_ordered_for_people():
    keys = ["10", "2", "10/1", "10а"]
    assert sorted(keys, key=house_sort_key) == ["2", "10", "10а", "10/1"]
