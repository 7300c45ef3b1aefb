# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import random
from datetime import datetime

from city import expand_houses, make_calls, make_people, make_stories

UNTIL = datetime(2026, 11, 23, 17, 0)
TOPICS = [
    {"code": "heat", "weight": 5, "season": "winter", "words": "", "result": ""},
    {"code": "light", "weight": 5, "season": "", "words": "", "result": ""},
]


def test_ranges_become_houses():
    assert expand_houses("2-6 чет;3-7 нечет;54-в") == [
        *("2", "4", "6"),
        *("3", "5", "7"),
        "54-в",
    ]
    assert expand_houses("1-3") == ["1", "2", "3"]


def test_the_same_seed_gives_the_same_city():
    first = make_people(random.Random(24), 50)
    assert first == make_people(random.Random(24), 50)
    assert len({person["phone"] for person in first}) == 50


def test_stories_are_ordered_and_end_before_now():
    stories = make_stories(random.Random(24), TOPICS, 300, UNTIL, 540)
    moments = [story["at"] for story in stories]
    assert moments == sorted(moments)
    assert moments[-1] < UNTIL
    assert all(8 <= moment.hour < 20 for moment in moments)


def test_nobody_calls_at_night_when_the_city_is_loaded_at_night():
    night = UNTIL.replace(hour=4)
    stories = make_stories(random.Random(24), TOPICS, 300, night, 30)
    assert all(8 <= story["at"].hour < 20 for story in stories)
    assert all(story["at"] < night for story in stories)


def test_patronymics_are_russian():
    names = " ".join(person["name"] for person in make_people(random.Random(1), 400))
    assert "Николаевна" in names and "Михайлович" in names and "Павловна" in names
    assert "Юрьевна" not in names  # nobody's father is Юрий here
    assert "айовна" not in names and "авелов" not in names


def test_winter_topics_are_rare_in_summer():
    stories = make_stories(random.Random(24), TOPICS, 2000, UNTIL, 540)
    summer = [s["topic"]["code"] for s in stories if s["at"].month in (6, 7, 8)]
    assert summer.count("heat") < summer.count("light") / 4


def test_every_story_has_its_call():
    moments = [UNTIL] * 5
    calls = make_calls(random.Random(24), moments, UNTIL, 30, extra=7)
    assert sorted(c["story"] for c in calls if c["story"] is not None) == list(range(5))
    assert all(call["talk"] == 0 for call in calls if call["missed"])
