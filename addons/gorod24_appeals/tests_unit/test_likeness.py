# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from hypothesis import given
from hypothesis import strategies as st
from likeness import LIKE, likeness

WORDS = st.text(alphabet="абвгдеёжз 12", max_size=40)


def test_same_trouble_in_other_words():
    assert likeness("Не горит фонарь во дворе", "во дворе фонари не горят") >= LIKE
    assert likeness("прорвало трубу в подвале", "В подвале прорвало трубу!") == 1


def test_other_trouble_is_not_alike():
    assert likeness("Не горит фонарь во дворе", "холодные батареи в квартире") == 0


def test_one_common_word_is_a_coincidence():
    assert likeness("фонарь", "яма на дороге, фонарь далеко, темно") == 0


def test_yo_is_ye():
    assert likeness("тёмный подъезд", "темный подъезд") == 1


@given(WORDS, WORDS)
def test_symmetric_and_between_zero_and_one(one, other):
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1


@given(WORDS)
def test_nothing_is_like_nothing(text):
    assert likeness(text, "") == 0
