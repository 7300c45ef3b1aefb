# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Past appeals and calls of the demo city: moments, topics and what came of them."""

from datetime import timedelta

# How many calls an hour of the working day gets, 08:00 to 19:59.
HOURS = {8: 9, 9: 14, 10: 15, 11: 12, 12: 8, 13: 8, 14: 10, 15: 9, 16: 9, 17: 10}
HOURS.update({18: 8, 19: 5})
SEASONS = {
    "winter": (11, 12, 1, 2, 3),
    "spring": (3, 4, 5),
    "summer": (5, 6, 7, 8, 9),
    "autumn": (9, 10, 11),
}
OFF_SEASON = 0.08


def make_stories(rng, topics, count, until, days):
    """Return ``count`` past stories, the oldest first.

    :param topics: dicts code, weight, season, words, result.
    :param until: local datetime the stories end at.
    :param days: how many days before it they begin.
    :return: dicts topic, at (local datetime), and the fractions the loader turns into
        moments: accept, work, inform; fate: closed, overdue, at_work or to_inform.
    """
    moments = sorted(_moment(rng, until, days) for _index in range(count))
    return [_story(rng, topics, moment, until) for moment in moments]


def make_calls(rng, moments, until, days, extra):
    """Return past incoming calls: one for each appeal and ``extra`` without.

    :return: dicts at, wait, talk (seconds), missed, story (index or None).
    """
    calls = [_call(rng, moment, index) for index, moment in enumerate(moments)]
    calls += [_call(rng, _moment(rng, until, days), None) for _index in range(extra)]
    return sorted(calls, key=lambda call: call["at"])


def _moment(rng, until, days):
    # The line grows: later days are a little likelier.
    day = until.date() - timedelta(days=int(days * rng.random() ** 1.3))
    hour = rng.choices(list(HOURS), weights=list(HOURS.values()))[0]
    moment = until.replace(
        year=day.year,
        month=day.month,
        day=day.day,
        hour=hour,
        minute=rng.randint(0, 59),
        second=rng.randint(0, 59),
        microsecond=0,
    )
    return moment if moment < until else moment - timedelta(days=1)


def _story(rng, topics, moment, until):
    weights = [
        topic["weight"]
        * (
            1
            if not topic["season"] or moment.month in SEASONS[topic["season"]]
            else OFF_SEASON
        )
        for topic in topics
    ]
    topic = rng.choices(topics, weights=weights)[0]
    age = (until - moment).days
    return {
        "topic": topic,
        "at": moment,
        "fate": _fate(rng, age),
        "accept": rng.uniform(0.05, 1.15),
        "work": rng.uniform(0.1, 1.15),
        "inform": rng.uniform(0.1, 1.2),
        "satisfied": rng.choices(("yes", "partly", "not_asked"), (78, 14, 8))[0],
        "attempts": rng.choices((1, 2, 3), (70, 22, 8))[0],
    }


def _fate(rng, age):
    if age > 45:
        return "closed"
    if age > 12:
        return rng.choices(("closed", "to_inform", "at_work"), (80, 6, 14))[0]
    return rng.choices(("closed", "to_inform", "at_work", "sent"), (30, 12, 34, 24))[0]


def _call(rng, moment, story):
    missed = story is None and rng.random() < 0.35
    return {
        "at": moment,
        "wait": min(180, int(rng.expovariate(1 / (45 if missed else 9))) + 1),
        "talk": 0 if missed else int(rng.gauss(170, 60)) % 600 + 25,
        "missed": missed,
        "story": story,
    }
