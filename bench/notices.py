# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which notices hold for a house, among ten thousand: python -m bench.notices.

A scratch database holds a town of a hundred streets of fifty houses and ten thousand
active notices about houses, ranges of houses and whole streets. Each look-up runs
on a cursor of its own without cached records, as the card and the voice menu make it.
"""

import os
import random
import statistics
import sys
import time

from . import base, scratch

MODULES = ("gorod24_notice",)
FILLED = "gorod24.bench.notices"
STREETS, HOUSES = 100, 50
_NOTICES = """
INSERT INTO gorod24_notice (number, name, type, service_id, text, state, starts_at,
    due_at)
SELECT 'Б-' || n, 'Отключение ' || n, 'emergency', %s, 'Нет воды.', 'active',
    now() AT TIME ZONE 'UTC' - interval '1 hour',
    now() AT TIME ZONE 'UTC' + interval '1 year'
FROM generate_series(1, %s) n
"""
# Half are about one house, a tenth about whole streets, the rest about ranges.
_PLACES = """
INSERT INTO gorod24_notice_place (notice_id, state, kind, address_id, building_id,
    house_from, house_to, number_from, number_to, parity, label)
SELECT n.id, 'active',
    CASE WHEN n.id %% 10 = 0 THEN 'street' WHEN n.id %% 2 = 0 THEN 'range'
         ELSE 'house' END,
    b.street_id, CASE WHEN n.id %% 2 = 1 THEN b.id END,
    '1', '20', 1, 20, 'even', 'Место ' || n.id
FROM gorod24_notice n JOIN (
    SELECT id, street_id, row_number() OVER (ORDER BY id) - 1 AS k
    FROM gorod24_building) b ON b.k = n.id %% %s
"""


def main(argv):
    """Entry point; returns the exit code."""
    parser = scratch.get_parser(
        "./gorod24 bench notices",
        "Скорость поиска оповещений дома.",
        runs=500,
        runs_help="запросов",
    )
    parser.add_argument("--notices", type=int, default=10_000, help="оповещений")
    return scratch.run(argv, parser, _prepare, _table)


def _prepare(arguments):
    side = base.Side("notices", arguments.notices, MODULES, "base.group_user")
    return side, FILLED, _fill


def _table(options, side, runs):
    return scratch.apart(_measure, options, side, runs)


def _fill(options, side):
    base.start_odoo(options)
    with base.environment(side) as env:
        city = env["gorod24.address"].create({"name": "Город", "level": "city"})
        streets = env["gorod24.address"].create(
            [
                {"name": f"Улица {n}", "level": "street", "parent_id": city.id}
                for n in range(STREETS)
            ]
        )
        env["gorod24.building"].create(
            [
                {"street_id": street.id, "house": str(n)}
                for street in streets
                for n in range(1, HOUSES + 1)
            ]
        )
        service = env["gorod24.notice.service"].search([], limit=1)
        env.flush_all()
        env.cr.execute(_NOTICES, [service.id, side.rows])
        env.cr.execute(_PLACES, [STREETS * HOUSES])
        env.cr.execute("ANALYZE gorod24_notice, gorod24_notice_place")


def _measure(options, side, runs):
    base.start_odoo(options)
    chance = random.Random(24)
    times, found, queries = [], 0, 0
    with base.environment(side) as env:
        houses = env["gorod24.building"].search([]).ids
    for house in chance.choices(houses, k=runs + 1):
        with base.environment(side) as env:
            before, begun = env.cr.sql_log_count, time.perf_counter()
            found += len(env["gorod24.notice"]._find_at(house))
            times.append(time.perf_counter() - begun)
            queries = env.cr.sql_log_count - before
    first, *times = times
    times.sort()
    cells = [first, statistics.median(times), times[int(0.95 * runs)], times[-1]]
    shown = " | ".join(f"{1000 * cell:.1f}".replace(".", ",") for cell in cells)
    return [
        "| первый после пуска, мс | медиана | p95 | худший | SQL с чтением дома |",
        "|---:|---:|---:|---:|---:|",
        f"| {shown} | {queries} |",
        "",
        f"Оповещений: {side.rows}; найдено на дом: {found / len(times):.1f}.",
        f"Нагрузка машины: {os.getloadavg()[0]:.1f} на {os.cpu_count()} ядра.",
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
