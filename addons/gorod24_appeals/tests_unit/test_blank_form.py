# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import io

import pytest
from blank_form import Labels, format_serial, parse_serial, render
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

numbers = st.integers(1, 10**9)
LABELS = Labels(
    title="Бланк обращения",
    service="Город 24",
    rows=((("Фамилия, имя, отчество", 1),), (("Телефон", 0.5), ("Адрес", 0.5))),
    choices=(("Вид", ("заявление", "жалоба")),),
    question="Вопрос",
    question_rows=((("Слова гражданина", 1),), (("", 1),)),
    question_choices=(("Срочность", ("аварийная",)),),
    footer=((("Подпись", 1),),),
    hint="Внести в программу в первый час работы",
)


@given(numbers)
def test_serial_is_read_back_as_it_was_printed(number):
    assert parse_serial(format_serial(number)) == number


@given(numbers)
def test_serial_is_read_in_the_spelling_of_a_person(number):
    printed = format_serial(number)
    assert parse_serial(printed.lower().replace("-", " ")) == number
    assert parse_serial(printed.replace("Б-", "")) == number


@given(numbers, st.data())
def test_one_wrong_digit_is_noticed(number, data):
    printed = format_serial(number)
    places = [place for place, char in enumerate(printed) if char.isdecimal()]
    place = data.draw(st.sampled_from(places))
    other = data.draw(st.sampled_from("0123456789".replace(printed[place], "")))
    assert parse_serial(printed[:place] + other + printed[place + 1 :]) is None


@pytest.mark.parametrize(
    "text", ["", None, "Б-", "7", "Б-000000-0", "А-000123-7", "①②"]
)
def test_nonsense_is_no_serial(text):
    assert parse_serial(text) is None


def test_every_sheet_has_its_own_number_and_all_the_fields():
    serials = [format_serial(number) for number in (1, 2, 3)]
    pages = PdfReader(io.BytesIO(render(serials, LABELS))).pages
    assert len(pages) == 3
    for page, serial in zip(pages, serials, strict=True):
        text = page.extract_text()
        assert serial in text
        for word in (
            "Фамилия, имя, отчество",
            "Адрес",
            "жалоба",
            "Вопрос 2",
            "Подпись",
        ):
            assert word in text
        width, height = (float(side) for side in page.mediabox[2:])
        assert (round(width), round(height)) == (595, 842), "A4"
