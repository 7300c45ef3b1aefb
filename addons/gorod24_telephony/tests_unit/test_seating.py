# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import pytest
from hypothesis import given
from hypothesis import strategies as st
from seating import read_table


@pytest.mark.parametrize(
    "text",
    [
        "ivanova\t6021\t2830\npetrov\t6022\t2831",
        "Логин;Агент;Номер\r\nivanova;6021;2830\r\n\r\npetrov;6022;2831;;\r\n",
        '\ufeff"ivanova","6021","2830"\npetrov, 6022 ,2831',
    ],
)
def test_spreadsheets_and_csv_are_read_alike(text):
    seats, problems = read_table(text)
    assert not problems
    assert [(s.login, s.agent, s.extension) for s in seats] == [
        ("ivanova", "6021", "2830"),
        ("petrov", "6022", "2831"),
    ]


def test_each_mistake_names_its_line():
    text = "a;6021;2830\nb;6021;2831\nA;6023;2830\nonly one 1\nc;60 21;28x\nd;1;2;3"
    _seats, problems = read_table(text)
    found = {(p.line, p.code, p.other) for p in problems}
    assert found == {
        (2, "agent_twice", 1),
        (3, "login_twice", 1),
        (3, "extension_twice", 1),
        (4, "columns", 0),
        (5, "agent", 0),
        (5, "extension", 0),
        (6, "columns", 0),
    }


def test_too_long_table_is_refused_whole():
    seats, problems = read_table("a;1;2\n" * 3000)
    assert not seats
    assert problems[0].code == "too_long"


@given(st.text())
def test_any_text_is_answered(text):
    seats, problems = read_table(text)
    good = {seat.line for seat in seats} - {problem.line for problem in problems}
    assert all(seat.agent and seat.extension for seat in seats if seat.line in good)
