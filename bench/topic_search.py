# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Speed of the search of topics by a citizen's words: python -m bench.topic_search.

A scratch database holds a big classifier beside the shipped one. Each kind of
complaint is measured in a new process, as an operator's request would be: a cursor of
its own, no cached records. The first search of a process is given apart.
"""

import os
import statistics
import sys
import time

from . import base, scratch, topic_words

MODULES = ("gorod24_classifier",)
CURATORS = "gorod24_classifier.group_classifier_curator"
FILLED = "gorod24.bench.topics"
KINDS = {
    "word": "одно слово",
    "words": "2–4 слова",
    "typos": "2–4 слова, в каждом опечатка",
    "story": "рассказ, 25 слов",
    "story_typos": "рассказ, опечатка в каждом длинном слове",
}


def main(argv):
    """Entry point; returns the exit code."""
    parser = scratch.get_parser(
        "python -m bench.topic_search",
        "Скорость поиска темы по словам гражданина.",
        runs=200,
        runs_help="запросов каждого вида",
    )
    parser.add_argument("--topics", type=int, default=3000, help="тем в базе")
    return scratch.run(argv, parser, _prepare, _table)


def _prepare(arguments):
    side = base.Side("topics", arguments.topics, MODULES, "base.group_user")
    return side, FILLED, _fill


def _fill(options, side):
    base.start_odoo(options)
    with base.environment(side) as env:
        Category = env["helpdesk.ticket.category"]
        shipped = Category.search([("is_topic", "=", True)])
        lines = [
            line
            for text in shipped.mapped("synonyms")
            for line in (text or "").split("\n")
        ]
        missing = max(side.rows - len(shipped), 0)
        made = topic_words.topics(missing, [line for line in lines if line])
        Category.create(
            [
                {
                    "name": name,
                    "is_topic": True,
                    "company_id": False,
                    "synonyms": "\n".join(wordings),
                    "use_count": (len(name) * 37) % 500,
                }
                for name, wordings in made
            ]
        )
        for login, group in (("bench", "base.group_user"), ("curator", CURATORS)):
            env["res.users"].create(
                {
                    "name": login,
                    "login": login,
                    "lang": "ru_RU",
                    "group_ids": [(4, env.ref(group).id)],
                }
            )
        env.cr.execute("ANALYZE helpdesk_ticket_category")


# Measuring -------------------------------------------------------------------------


def _table(options, side, runs):
    yield "| запрос | первый после пуска, мс | медиана | p95 | худший | SQL |"
    yield "|---|---:|---:|---:|---:|---:|"
    for kind, title in KINDS.items():
        first, times, queries = scratch.apart(_measure, options, side, kind, runs)
        times.sort()
        cells = [first, statistics.median(times), times[int(0.95 * runs)], times[-1]]
        shown = " | ".join(f"{1000 * cell:.1f}".replace(".", ",") for cell in cells)
        yield f"| {title} | {shown} | {queries} |"
    build, words, changes = scratch.apart(_measure_changes, options, side, 20)
    shown = f"{1000 * statistics.median(changes):.1f}".replace(".", ",")
    yield f"\nПервый поиск после правки куратора: медиана {shown} мс."
    yield f"Все слова в память при пуске: {1000 * build:.0f} мс."
    load = os.getloadavg()[0]
    yield f"Тем: {side.rows}; разных слов: {words}; запросов каждого вида: {runs}."
    yield f"Нагрузка машины: {load:.1f} на {os.cpu_count()} ядра."


def _search(side, text):
    """Seconds and SQL queries of one search as an operator's request makes it."""
    with base.environment(side, login="bench") as env:
        env.user.lang, env.companies  # noqa: B018 the session knows them before
        before, begun = env.cr.sql_log_count, time.perf_counter()
        env["helpdesk.ticket.category"].suggest(text)
        return time.perf_counter() - begun, env.cr.sql_log_count - before


def _measure(options, side, kind, runs):
    base.start_odoo(options)
    texts = topic_words.questions(kind, runs + 1)
    with base.environment(side):
        pass  # the registry is loaded, as in a worker that has started
    first, _queries = _search(side, texts[0])
    rows = [_search(side, text) for text in texts[1:]]
    return first, [spent for spent, _queries in rows], rows[-1][1]


def _measure_changes(options, side, runs):
    """(seconds to read all words, how many, [seconds of the search after a change])."""
    base.start_odoo(options)
    with base.environment(side) as env:
        Category = env["helpdesk.ticket.category"]
        env.registry.__dict__.pop("_gorod24_words", None)
        env.registry.__dict__.pop("_gorod24_stems", None)
        begun = time.perf_counter()
        with Category._open_memory() as memory:
            build, words = time.perf_counter() - begun, len(memory.index.words)
        topic = Category.search([("is_topic", "=", True)], limit=1)
    spent = []
    for number in range(runs):
        with base.environment(side, login="curator") as env:
            topic.with_env(env).note = f"bench {number}"
            wording = f"пробное слово {'абвгдежзик'[number % 10]}"
            topic.with_env(env).synonyms = wording
        spent.append(_search(side, "холодные батареи в квартире")[0])
    return build, words, spent


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
