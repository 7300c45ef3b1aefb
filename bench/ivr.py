# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Speed of the look-up door for the voice menu: python -m bench.ivr.

A scratch database holds a million telephones of as many persons, a fifth of them with
an open question. Each look-up is measured as the door does it: the source by its token,
then the caller, on a cursor of its own without cached records.
"""

import os
import random
import statistics
import sys
import time

from . import base, scratch

MODULES = ("gorod24_telephony", "gorod24_notice_telephony")
FILLED = "gorod24.bench.ivr"
FIRST = 9_130_000_000
KINDS = {
    "known": "номер известен",
    "spelled": "номер с выходом на линию и восьмёркой",
    "unknown": "номер не известен",
    "hidden": "номер скрыт",
}
_PARTNERS = """
INSERT INTO res_partner (name, complete_name, active, type, create_date, write_date)
SELECT 'Житель ' || n, 'Житель ' || n, true, 'contact', now(), now()
FROM generate_series(1, %s) n
"""
_PHONES = """
INSERT INTO gorod24_phone (e164, last10, partner_id, last_used)
SELECT '+7' || (%s + n), (%s + n)::text, id, now() FROM (
    SELECT id, row_number() OVER (ORDER BY id) AS n FROM res_partner
    WHERE name LIKE 'Житель %%') p
"""
_QUESTIONS = """
INSERT INTO gorod24_question (appeal_id, partner_id, position, period, name, state,
    registered_at)
SELECT %s, partner_id, row_number() OVER (ORDER BY id), 1, 'b/' || id, 'sent', now()
FROM gorod24_phone WHERE id %% 5 = 0
"""


def main(argv):
    """Entry point; returns the exit code."""
    parser = scratch.get_parser(
        "./gorod24 bench ivr",
        "Скорость справки голосовому меню.",
        runs=300,
        runs_help="справок каждого вида",
    )
    parser.add_argument("--phones", type=int, default=1_000_000, help="номеров в базе")
    return scratch.run(argv, parser, _prepare, _table)


def _prepare(arguments):
    side = base.Side("ivr", arguments.phones, MODULES, "base.group_user")
    return side, FILLED, _fill


def _fill(options, side):
    base.start_odoo(options)
    with base.environment(side) as env:
        appeal = env["helpdesk.ticket"].create({"name": "b", "description": "b"})
        env.flush_all()
        env.cr.execute(_PARTNERS, [side.rows])
        env.cr.execute(_PHONES, [FIRST, FIRST])
        env.cr.execute(_QUESTIONS, [appeal.id])
        env.cr.execute("ANALYZE res_partner, gorod24_phone, gorod24_question")


def _numbers(kind, rows, count):
    """Numbers of one kind as an exchange would write them."""
    chance = random.Random(24)
    for _ in range(count):
        known = FIRST + chance.randint(1, rows)
        yield {
            "known": f"+7{known}",
            "spelled": f"98{known}",
            "unknown": f"8385{chance.randint(2_000_000, 2_999_999)}",
            "hidden": "anonymous",
        }[kind]


def _table(options, side, runs):
    yield "| справка | первая после пуска, мс | медиана | p95 | худшая | SQL |"
    yield "|---|---:|---:|---:|---:|---:|"
    for kind, title in KINDS.items():
        first, times, queries = scratch.apart(_measure, options, side, kind, runs)
        times.sort()
        cells = [first, statistics.median(times), times[int(0.95 * runs)], times[-1]]
        shown = " | ".join(f"{1000 * cell:.1f}".replace(".", ",") for cell in cells)
        yield f"| {title} | {shown} | {queries} |"
    load = os.getloadavg()[0]
    yield f"\nНомеров: {side.rows}; справок каждого вида: {runs}."
    yield f"Нагрузка машины: {load:.1f} на {os.cpu_count()} ядра."


def _look_up(side, token, number):
    """Seconds and SQL queries of one request of the door."""
    with base.environment(side) as env:
        before, begun = env.cr.sql_log_count, time.perf_counter()
        env["gorod24.telephony.source"]._of_token(token, "")
        env["gorod24.ivr"]._look_up(number)
        return time.perf_counter() - begun, env.cr.sql_log_count - before


def _measure(options, side, kind, runs):
    base.start_odoo(options)
    with base.environment(side) as env:
        source = env["gorod24.telephony.source"].create(
            {"name": kind, "code": f"bench-{kind}-{time.time_ns()}"[:32]}
        )
        token = source._issue_token()
        env.cr.commit()
    numbers = list(_numbers(kind, side.rows, runs + 1))
    first, _queries = _look_up(side, token, numbers[0])
    rows = [_look_up(side, token, number) for number in numbers[1:]]
    return first, [spent for spent, _queries in rows], rows[-1][1]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
