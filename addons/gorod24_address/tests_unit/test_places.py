# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Places that are no house, orders and spoken forms; what operators type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parsing import parse, readings, variants

TOWNS = frozenset({"барнаул", "лебяжье", "власиха"})


def read(text):
    """The parts that are not empty, as a dict."""
    return {k: v for k, v in parse(text, TOWNS)._asdict().items() if v}


@pytest.mark.parametrize(
    "text",
    [
        "54 ленина",
        "д. 54 ленина",
        "дом 54 по ленина",
        "в доме 54 на Ленина",
        "ленина 54",
        "54 дом по ленина",
        "ленина дом номер 54",
        "ленина, пятьдесят четвёртый дом",
        "ленина пятьдесят четыре",
    ],
)
def test_order_of_street_and_house_does_not_matter(text):
    parsed = parse(text)
    assert (parsed.street, parsed.house) == ("ленина", "54")


@pytest.mark.parametrize(
    ("text", "house", "flat"),
    [
        ("ленина пятьдесят четыре вэ", "54В", ""),
        ("ленина пятьдесят четыре дробь один", "54/1", ""),
        ("ленина сто двадцать три квартира двенадцать", "123", "12"),
        ("ленина двадцать корпус два", "20 корп. 2", ""),
    ],
)
def test_numbers_said_in_words(text, house, flat):
    parsed = parse(text)
    assert (parsed.street, parsed.house, parsed.flat) == ("ленина", house, flat)


def test_letters_for_entrance_and_floor():
    parsed = parse("попова 50 п 3 э 2")
    assert (parsed.house, parsed.entrance, parsed.floor) == ("50", "3", "2")


def test_a_name_with_a_numeral_stays_a_name():
    assert parse("Сорок лет Октября 5").street == "40 лет октября"
    assert parse("сто").street == "сто"


def test_letter_or_preposition_is_left_to_the_directory():
    houses = [r.address.house for r in readings("54 в ленина") if r.address.house]
    assert houses == ["54В", "54"]
    assert parse("Ленина 54 в подъезде 3").house == "54"
    assert parse("Ленина 54 в 3 подъезде").house == "54"
    assert parse("юрина 204 в кв 5").house == "204В"


@pytest.mark.parametrize(
    "text",
    [
        "Попова / Малахова",
        "угол Попова и Малахова",
        "на углу Попова и Малахова",
        "перекрёсток улиц Попова и Малахова",
        "Попова и Малахова",
        "Попова угол Малахова",
        "г. Барнаул, пересечение Попова с Малахова",
    ],
)
def test_crossings(text):
    parsed = parse(text, TOWNS)
    assert (parsed.place_kind, parsed.street) == ("crossing", "попова")
    assert parsed.cross_street.endswith("малахова")
    assert not parsed.house


def test_one_name_with_and_is_no_crossing():
    parsed = parse("Минина и Пожарского 5")
    assert (parsed.place_kind, parsed.street) == ("house", "минина и пожарского")


def test_a_corner_house_keeps_both_streets():
    parsed = parse("ул. Лермонтова, 2 / улица К. Маркса, 30")
    assert (parsed.place_kind, parsed.street, parsed.house) == (
        "house",
        "лермонтова",
        "2",
    )
    assert parsed.cross_street == "ул. к маркса"


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("Ленина от Молодёжной до пл. Победы", "молодежной", "пл. победы"),
        ("Ленина между Молодёжной и Димитрова", "молодежной", "димитрова"),
        ("между Молодёжной и Димитрова по Ленина", "молодежной", "димитрова"),
        ("участок ул. Ленина от Попова до Юрина", "попова", "юрина"),
        ("Ленина от 50 до 98", "д. 50", "д. 98"),
        ("Ленина с дома 50 по 98", "д. 50", "д. 98"),
    ],
)
def test_stretches(text, begin, end):
    parsed = parse(text)
    assert (parsed.place_kind, parsed.street) == ("stretch", "ленина")
    assert (parsed.cross_street, parsed.stretch_to) == (begin, end)
    assert not parsed.house


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("опора 12 на Попова", {"place_kind": "pole", "pole": "12"}),
        ("Попова столб №5", {"place_kind": "pole", "pole": "5"}),
        ("возле столба 7 по ул. Попова", {"place_kind": "pole", "pole": "7"}),
        ("двор дома Попова 50", {"place_kind": "yard", "house": "50"}),
        ("во дворе Попова 50", {"place_kind": "yard", "house": "50"}),
        ("двор дома 50 по ул. Попова", {"place_kind": "yard", "house": "50"}),
        ("напротив дома 5 по Попова", {"note": "напротив", "house": "5"}),
        ("рядом с домом Попова 50", {"note": "рядом с", "house": "50"}),
        ("школа 55 на Попова", {"place_kind": "landmark", "landmark": "школа 55"}),
        ("Попова 50 магазин Мария-Ра", {"house": "50", "place_kind": "house"}),
        ("Попова, остановка Спичка", {"place_kind": "stop", "stop": "Спичка"}),
    ],
)
def test_places_on_a_street(text, expected):
    found = read(text)
    assert found["street"] == "попова"
    assert {key: found.get(key) for key in expected} == expected


@pytest.mark.parametrize(
    "text",
    ["школа 55", "остановка Площадь Победы", "ТЦ Огни", "возле школы 55", "кв 5"],
)
def test_no_house_is_made_of_a_landmark(text):
    parsed = parse(text)
    assert (parsed.street, parsed.house) == ("", "")


@pytest.mark.parametrize(
    "text",
    [
        "20… +120 °С. Обладают стандартным проходом",
        "671ea901-641e-4ce9-9815-604e7223de6c",
        "набор детей 2006 г.",
        "площадью 4700 кв.м",
    ],
)
def test_no_house_is_made_of_a_measure(text):
    assert not parse(text).house


def test_village_before_the_street():
    parsed = parse("в селе Лебяжье на Центральной 5", TOWNS)
    assert (parsed.locality, parsed.street, parsed.house) == (
        "в селе лебяжье",
        "центральной",
        "5",
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ktybyf 54-d", "ленина 54-в"),
        ("ghjcgtrn ktybyf 54/1", "проспект ленина 54/1"),
        ("gjgjdf, 50", "попова, 50"),
        (";tktpyjljhj;yfz 3", "железнодорожная 3"),
    ],
)
def test_wrong_keyboard_layout(typed, meant):
    assert variants(typed)[0] == meant


def test_latin_by_sound_and_plain_russian():
    assert variants("prospekt Lenina 54")[1] == "проспект ленина 54"
    assert variants("ленина 54") == []
    assert variants("54B") == []


@given(st.text(max_size=80))
def test_no_text_breaks_the_readers(text):
    assert readings(text)
    assert all(isinstance(other, str) for other in variants(text))


LIKELY = st.lists(
    st.sampled_from(
        "ул ленина попова угол и / от до между опора столб двор дом 54 12 в с по на"
        " остановка школа напротив , - 5-я лет кв подъезд вход корп стр лит б".split()
    ),
    max_size=12,
).map(" ".join)


@given(LIKELY)
def test_no_likely_text_breaks_the_readers(text):
    found = readings(text)
    assert found
    assert all(0 < reading.score <= 1 for reading in found)
