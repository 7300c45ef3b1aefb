# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Whatever way an address is written, the same house is read, and no other."""

from hypothesis import given, settings
from hypothesis import strategies as st
from parsing import House, house_key, parse, street_key, variants

TYPES = {
    "ул.": "ул. улица ул УЛ. улице".split(),
    "пр-кт": "пр. пр-т просп. проспект пр-кт".split(),
    "пер.": "пер. переулок пер".split(),
    "проезд": "проезд пр-д".split(),
    "б-р": "б-р бульвар бул.".split(),
    "тракт": "тракт тр-т".split(),
    "пл.": "пл. площадь".split(),
    "ш.": "шоссе ш.".split(),
}
STEMS = "Молодёжн Приобск Павловск Северо-Западн Красноармейск Нов Полев Лесн".split()
PEOPLE = "Ленина Попова Исакова Малахова Матросова Юрина Чкалова Гущина".split()
FIRST = ["", "", "Георгия ", "Г. ", "имени ", "Антона ", "А.С.", "космонавта "]
DATES = ["40 лет Октября", "8 Марта", "22 Января", "50-летия СССР", "9 Мая"]

adjectives = st.tuples(st.sampled_from(STEMS), st.sampled_from(["", "1-я ", "2-я "]))
names = st.one_of(
    st.tuples(st.sampled_from(FIRST), st.sampled_from(PEOPLE)).map("".join),
    adjectives.map(lambda pair: pair[1] + pair[0] + "ая"),
    st.sampled_from(DATES),
)
kinds = st.sampled_from(sorted(TYPES))
numbers = st.integers(1, 999).map(str)
houses = st.builds(
    House,
    numbers,
    st.sampled_from(["", "", "а", "б", "в", "г"]),
    st.one_of(st.just(""), numbers),
    st.one_of(
        st.just(()),
        numbers.map(lambda n: (("к", n),)),
        numbers.map(lambda n: (("с", n),)),
    ),
)
flats = st.one_of(st.just(""), numbers)


def spell_house(draw, house):
    """A house in one of its spellings."""
    letter = house.letter and draw(st.sampled_from(["", "-", " "])) + house.letter
    text = house.number + draw(st.sampled_from([letter, letter.upper()]))
    if house.fraction:
        text += draw(st.sampled_from(["/", " / ", "\\", " дробь "])) + house.fraction
    for sign, value in house.additions:
        spaced = {"к": [" корп. ", " корпус ", ", к. "], "с": [" стр. ", " строение "]}
        glued = [] if house.letter else {"к": ["к"], "с": ["стр "]}[sign]
        text += draw(st.sampled_from(spaced[sign] + glued)) + value
    return text


@st.composite
def addresses(draw):
    """(line, street type, name, house, flat)."""
    kind, name = draw(kinds), draw(names)
    house, flat = draw(houses), draw(flats)
    typed = draw(st.sampled_from(TYPES[kind]))
    number = spell_house(draw, house)
    if draw(st.booleans()):
        mark = draw(st.sampled_from([", ", ", д. ", " дом ", " д.", ", дом №"]))
        line = f"{typed} {name}{mark}{number}"
    else:
        line = f"дом {number} по {typed} {name}"
    if flat:
        line += draw(st.sampled_from([", кв. ", " кв ", ", квартира "])) + flat
    town = draw(st.sampled_from(["", "", "г. Барнаул, ", "656000, Барнаул, "]))
    line = town + line
    return draw(st.sampled_from([line, line.lower(), line.upper()])), (
        kind,
        name,
        house,
        flat,
    )


@settings(max_examples=1000)
@given(addresses())
def test_every_spelling_is_read_back(case):
    line, (kind, name, house, flat) = case
    parsed = parse(line, frozenset({"барнаул"}))
    assert parsed.street == street_key(name), line
    assert parsed.street_type == kind, line
    assert house_key(parsed.house) == house.key, line
    assert parsed.flat == flat, line
    assert parsed.place_kind == "house", line


@settings(max_examples=500)
@given(st.data(), houses, houses)
def test_another_house_is_never_read(data, one, other):
    read = [
        parse(f"ул. Попова, {spell_house(data.draw, house)}").house
        for house in (one, other)
    ]
    assert (house_key(read[0]) == house_key(read[1])) == (one == other)


KEYBOARD = dict(
    zip(
        "ёйцукенгшщзхъфывапролджэячсмитьбю",
        "`qwertyuiop[]asdfghjkl;'zxcvbnm,.",
        strict=True,
    )
)


@given(
    st.sampled_from(PEOPLE + ["молодежная", "строителей", "железнодорожная"]), numbers
)
def test_the_wrong_layout_is_read_back(name, number):
    line = f"{name} {number}".lower()
    typed = "".join(KEYBOARD.get(char, char) for char in line)
    assert parse(variants(typed)[0]) == parse(line)
