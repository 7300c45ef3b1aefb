# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Lists of houses and announcements."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parsing import house_key, parse_list


def told(text):
    """«street: numbers» of every item that gives houses."""
    found = []
    for item in parse_list(text):
        if not item.problem:
            numbers = ", ".join(
                ("кроме " if n.excluded else "") + str(n) for n in item.numbers
            )
            found.append(f"{item.street}: {numbers}")
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "ул. Попова, 50–98 чёт., 1–15 нечёт.; пр. Ленина 3, 5, 7а",
            ["попова: 50–98 чёт., 1–15 нечёт.", "ленина: 3, 5, 7А"],
        ),
        (
            "ул. Попова, дома с 50 по 98 (четная сторона)",
            ["попова: 50–98 чёт."],
        ),
        ("вся улица Титова", ["титова: все"]),
        ("ул. Титова (вся)", ["титова: все"]),
        ("ул. Титова, чётная сторона", ["титова: все чёт."]),
        ("нечётная сторона ул. Титова", ["титова: все нечёт."]),
        ("вся улица Титова, чётная сторона", ["титова: все чёт."]),
        ("вся ул. Титова (чётная сторона)", ["титова: все чёт."]),
        ("улица Титова полностью, нечётная сторона", ["титова: все нечёт."]),
        ("нечётная сторона улицы Титова полностью", ["титова: все нечёт."]),
        ("вся ул. Титова, чётные дома", ["титова: все чёт."]),
        ("вся улица Титова, кроме чётной стороны", ["титова: все нечёт."]),
        ("ул. Титова, кроме чётной стороны", ["титова: все нечёт."]),
        ("ул. Титова 1–50, кроме чётных", ["титова: 1–50 нечёт."]),
        ("Титова 1–50, кроме нечётных 7–15", ["титова: 1–50, кроме 7–15 нечёт."]),
        ("вся ул. Титова, чётная и нечётная стороны", ["титова: все"]),
        ("ул. Титова, чётная и нечётная стороны", ["титова: все"]),
        (
            "вся ул. Титова, нечётная сторона, вся ул. Попова",
            ["титова: все нечёт.", "попова: все"],
        ),
        (
            "вся ул. Титова, чётная сторона ул. Попова 2–10",
            ["титова: все", "попова: 2–10 чёт."],
        ),
        (
            "попова 50 малахова 12",
            ["попова: 50", "малахова: 12"],
        ),
        (
            "9 Мая 5, 7; 40 лет Октября, 5; 8 марта 12, 14",
            ["9 мая: 5, 7", "40 лет октября: 5", "8 марта: 12, 14"],
        ),
        ("ул. Западная 5-я, 64, 66а", ["5 западная: 64, 66А"]),
        (
            "Западная 5я 64–68 чёт.; Попова 5, 7",
            ["5 западная: 64–68 чёт.", "попова: 5, 7"],
        ),
        (
            "2-я Северо-Западная: 55, 61А\n2 Северо-Западная 63",
            ["2 северо западная: 55, 61А", "2 северо западная: 63"],
        ),
        (
            "дома № 1–33 и 2–18 по улице Приобской, а также № 1–23 по Депутатской",
            ["приобской: 1–33 нечёт., 2–18 чёт.", "депутатской: 1–23"],
        ),
        (
            "ул. Ленина 5, 7, дома 1-3 по ул. Попова",
            ["ленина: 5, 7", "попова: 1–3"],
        ),
        ("Попова 1-99 кроме 5, 7", ["попова: 1–99, кроме 5, кроме 7"]),
        (
            "Попова 54/1, 54 корп. 1, 54 стр 2, 12 кв. 1-20, 14",
            ["попова: 54/1, 54 корп. 1, 54 стр. 2, 12, 14"],
        ),
        (
            "проспекты: Ленина 5, Космонавтов 6; улицы: Юрина 7",
            ["ленина: 5", "космонавтов: 6", "юрина: 7"],
        ),
        (
            "1. ул. Попова 5\n2. ул. Юрина 7\n3) Ленина 3",
            ["попова: 5", "юрина: 7", "ленина: 3"],
        ),
        ("Попова 5, 7,\n9, 11", ["попова: 5, 7, 9, 11"]),
        ("Попова 1-20, 30-40 чет", ["попова: 1–20, 30–40 чёт."]),
        ("с 9 по 15-2 Попова", []),
        # districts of blocks whose name is a number
        ("мкр. 6а, 19а, 20; кв-л 1022 3", ["6 а: 19А, 20", "1022: 3"]),
        # houses without a number of their own
        ("ул. Горького, соор. 16/2", ["горького: соор. 16/2"]),
        ("Ленина 5 корп 1, корп 2, 7", ["ленина: 5 корп. 1, 5 корп. 2, 7"]),
    ],
)
def test_lists(text, expected):
    assert told(text) == expected


def test_headings_name_the_town_of_what_follows():
    items = parse_list("с. Лебяжье:\nЦентральная, 1–20\nМира 5\nп. Южный, Мира 3")
    assert [(i.locality, i.street) for i in items] == [
        ("с лебяжье", "центральная"),
        ("с лебяжье", "мира"),
        ("п южный", "мира"),
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("чётная сторона от Малахова до Попова", "stretch"),
        ("Ленина от Молодёжной до пл. Победы", "stretch"),
        ("ул. Ленина", "no_numbers"),
        ("вся ул. Ленина, чётная сторона, дома 2–10", "unread"),
        ("просим сообщить о причинах отключения", "unread"),
        ("с 9:00 до 18:00", "unread"),
    ],
)
def test_what_is_no_list_is_said_so(text, problem):
    problems = [item.problem for item in parse_list(text)]
    assert problems == [problem]


PROSE = (
    "Сегодня, 6 сентября, с 10:00 до 16.30 на теплосети диаметром 500 мм в 45 частных"
    " домах отключат воду. Справки: 8 (3852) 50-60-70, 1200 абонентов, ФЗ № 44-ФЗ,"
    " до 20 часов 7 октября 2023 года."
)


def test_prose_gives_no_house():
    assert told(PROSE) == []


def test_a_range_holds_what_lies_in_it():
    (item,) = parse_list("Попова 50–62а чёт.")
    held = [
        number
        for number in ("48", "50", "51", "50/1", "54в", "62", "62а", "62б", "64")
        if item.numbers[0].holds(house_key(number))
    ]
    assert held == ["50", "50/1", "54в", "62", "62а"]


numbers = st.integers(1, 400)
streets = st.sampled_from(
    ["ул. Попова", "Ленина", "пр. Космонавтов", "2-я Северо-Западная", "9 Мая"]
)
ranges = st.tuples(numbers, st.integers(1, 60)).map(lambda t: (t[0], t[0] + t[1]))


@given(streets, st.lists(numbers, min_size=1, max_size=8), ranges)
def test_a_written_list_is_read_back(street, single, span):
    low, high = span
    text = f"{street}, {', '.join(map(str, single))}, с {low} по {high}"
    (item,) = parse_list(text)
    held = {n for n in range(1, 470) if any(x.holds(str(n)) for x in item.numbers)}
    assert held == set(single) | set(range(low, high + 1))


@given(st.text(max_size=120))
def test_no_text_breaks_the_list_reader(text):
    parse_list(text)


WORDS = (
    "ул. Попова Ленина 5 12 50–98 чёт. нечёт. ( ) ; : , \n дома с по и а также кроме"
    " вся сторона улицы: район с. 9 мая 54/1 корп. 2 № кв. 7-я - г."
).split(" ")


@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))
def test_no_likely_list_breaks_the_reader(text):
    for item in parse_list(text):
        assert item.problem or (item.street and item.numbers)
