# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The streets in memory and the comparison of names."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from parsing import StreetIndex, street_key, street_score, street_type

STREETS = [
    *("ленина", "попова", "георгия исакова", "ивана исакова", "павловский", "мира"),
    *("2 северо западная", "северо западная", "строителей", "советской армии"),
    *("приобская", "солнечная поляна", "40 лет октября|сузунская", "антона петрова"),
]
INDEX = StreetIndex([(i, key, 10) for i, key in enumerate(STREETS)])


def best(text):
    key = street_key(text)
    ids = INDEX.near(key)
    scored = [
        (max(street_score(key, k) for k in STREETS[i].split("|")), STREETS[i])
        for i in ids
    ]
    return max(scored)[1] if scored else ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("лен", "ленина"),
        ("лнеина", "ленина"),
        ("мриа", "мира"),
        ("миро", "мира"),
        ("сторителей", "строителей"),
        ("строиелт", "строителей"),
        ("г исакова", "георгия исакова"),
        ("исакова г", "георгия исакова"),
        ("сов армии", "советской армии"),
        ("северозападная", "северо западная"),
        ("2-я Северо-Западная", "2 северо западная"),
        ("на приобской", "приобская"),
        ("сузунской", "40 лет октября|сузунская"),
        ("петрова", "антона петрова"),
        ("солнечнаяполяна", "солнечная поляна"),
    ],
)
def test_the_meant_street_comes_first(typed, meant):
    assert best(typed) == meant


def test_nothing_fits_nonsense():
    assert INDEX.near("ъыъ") == []
    assert StreetIndex([]).near("ленина") == []


@given(st.sampled_from(STREETS), st.data())
def test_one_typing_error_never_loses_a_long_name(key, data):
    name = key.split("|")[0]
    longest = max(name.split(), key=len)
    if len(longest) < 5:
        return
    place = data.draw(st.integers(1, len(longest) - 2))
    kind = data.draw(st.sampled_from(["drop", "swap", "change"]))
    wrong = {
        "drop": longest[:place] + longest[place + 1 :],
        "swap": longest[:place]
        + longest[place + 1]
        + longest[place]
        + longest[place + 2 :],
        "change": longest[:place] + "ъ" + longest[place + 1 :],
    }[kind]
    assert STREETS.index(key) in INDEX.near(name.replace(longest, wrong))


@given(st.text(alphabet="абвегилнопрстуя0123456789 -.", max_size=40))
def test_keys_of_keys_are_the_same(text):
    key = street_key(text)
    # a name made of types («Линия Линии») may lose one of them each time
    assume(not any(street_type(word) for word in key.split()))
    assert street_key(key) == key
