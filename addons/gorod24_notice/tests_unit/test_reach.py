# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reach import KINDS, Reach, day_of, first_sentence, nearest, phase_of
from reach.order import TYPES

NOW = datetime(2026, 11, 29, 12)

reaches = st.builds(
    Reach,
    notice=st.integers(1, 6),
    kind=st.sampled_from(KINDS),
    exact=st.booleans(),
    type=st.sampled_from(TYPES),
    coming=st.booleans(),
    begins=st.integers(0, 9),
)


def reach(notice, kind, **vals):
    plain = {"exact": True, "type": "planned", "coming": False, "begins": 0}
    return Reach(notice, kind, **{**plain, **vals})


def test_house_comes_before_street_and_street_before_town():
    found = nearest([reach(1, "city"), reach(2, "street"), reach(3, "house")])
    assert [one.notice for one in found] == [3, 2, 1]


def test_emergency_of_the_same_place_is_told_first():
    found = nearest([reach(1, "house"), reach(2, "house", type="emergency")])
    assert [one.notice for one in found] == [2, 1]


def test_what_has_begun_is_told_before_what_will():
    found = nearest([reach(1, "house", coming=True), reach(2, "city")])
    assert [one.notice for one in found] == [2, 1]


def test_a_notice_that_may_be_about_other_houses_comes_after_a_sure_one():
    found = nearest([reach(1, "range", exact=False), reach(2, "district")])
    assert [one.notice for one in found] == [2, 1]


@given(st.lists(reaches))
def test_each_notice_is_told_once_by_its_nearest_place(given_ones):
    found = nearest(given_ones)
    assert sorted(one.notice for one in found) == sorted(
        {one.notice for one in given_ones}
    )
    for one in found:
        same = [other for other in given_ones if other.notice == one.notice]
        assert nearest(same) == [one]


@given(st.lists(reaches, unique_by=lambda one: one.notice), st.randoms())
def test_the_order_of_the_base_does_not_matter(given_ones, rng):
    mixed = list(given_ones)
    rng.shuffle(mixed)
    assert nearest(mixed) == nearest(given_ones)


@pytest.mark.parametrize(
    ("begins", "due", "phase"),
    [
        (1, 3, "coming"),
        (-2, 3, "now"),
        (-2, None, "now"),
        (-5, -1, "overdue"),
        (0, 0, "now"),
    ],
)
def test_phase(begins, due, phase):
    moment = due is not None and NOW + timedelta(hours=due)
    assert phase_of(NOW + timedelta(hours=begins), moment, NOW) == phase


def test_days_are_said_by_the_local_midnight():
    assert day_of(datetime(2026, 11, 29, 23, 59), NOW) == "today"
    assert day_of(datetime(2026, 11, 30, 0, 0), NOW) == "tomorrow"
    assert day_of(datetime(2026, 12, 1, 0, 0), NOW) == "other"
    assert day_of(datetime(2026, 11, 28, 23, 0), NOW) == "other"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Нет воды. Подвоз у дома 5.", "Нет воды."),
        ("Авария на ул. Попова. Бригада на месте.", "Авария на ул. Попова."),
        ("Отключены дома по пр. Ленина и д. 5", "Отключены дома по пр. Ленина и д. 5"),
        ("  Нет\nсвета! Чинят ", "Нет света!"),
        ("", ""),
        (None, ""),
    ],
)
def test_first_sentence(text, said):
    assert first_sentence(text) == said


@pytest.mark.parametrize(
    "said",
    [
        "Нет холодной воды на ул. А. Петрова и ул. Попова.",
        "Отключена вода в пос. Южный и с. Власиха.",
        "Нет света на просп. Ленина, 5.",
        "Ремонт на пр-кте. Ленина и в мкр-не. Западном.",
        "Нет тепла: наб. Обская, туп. Южный, п. Лесной, ст. Алтайская.",
        "Нет света в квартале им. В. И. Ленина.",
        "Нет воды на ул. бр. Ждановых и ул. акад. Павлова, д. 5 (р.п. Южный).",
        "Нет воды по ул. Попова, 54-в.",
        "Уважаемые жители! На улице Попова нет горячей воды.",
        "Внимание! Уважаемые жители! Отключена вода.",
        "АВАРИЯ. Нет света в центре.",
        "Аварийное отключение! Нет света в центре.",
        "Добрый день! Нет света в центре.",
        "Внимание, отключена вода на Попова.",
        "Авария на теплотрассе, нет отопления.",
    ],
)
def test_what_is_read_names_the_trouble_and_its_place(said):
    """Shortened words do not cut a name, and a greeting alone is not read."""
    assert first_sentence(f"{said} Бригада на месте. Подвоз у дома 5.") == said


@given(st.text())
def test_first_sentence_is_the_beginning_of_the_text(text):
    assert " ".join(text.split()).startswith(first_sentence(text))
