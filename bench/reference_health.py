# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The page «Порядок в справочниках» at 100,000 houses: time of each count.

    python -m bench.reference_health --config odoo.conf [--addons-path …] [--drop]

1,500 streets, 3,000 topics, 20,000 rules, 100 participants with 400 sections and 1,200
members, 300,000 citizens; every hundredth record has a fault.
"""

import argparse
import os
import statistics
import sys
import time

from . import base

HOUSES = 100_000
GOAL = 300
SIDE = base.Side("health", HOUSES, ("gorod24_classifier",), "base.group_user")
CURATOR = "bench_curator"

# Faults: a district is missing, a house stands twice, a topic has no regime and so on.
FILL = """
INSERT INTO gorod24_address (name, type_name, level, active, search_key)
VALUES ('Замер', 'г.', 'city', true, 'замер');
INSERT INTO gorod24_address (name, type_name, level, active, parent_id)
SELECT 'Район ' || n, 'р-н', 'district', true,
    (SELECT max(id) FROM gorod24_address WHERE level = 'city')
FROM generate_series(1, 5) n;
INSERT INTO gorod24_address (name, type_name, level, active, parent_id)
SELECT 'Замерная ' || CASE WHEN n % 100 = 0 THEN n - 1 ELSE n END, 'ул.', 'street',
    true, CASE WHEN n % 500 = 1 THEN NULL ELSE
    (SELECT max(id) FROM gorod24_address WHERE level = 'city') END
FROM generate_series(1, 1500) n;
UPDATE gorod24_address SET parent_path = id || '/' WHERE parent_id IS NULL;
UPDATE gorod24_address a SET parent_path = p.parent_path || a.id || '/'
FROM gorod24_address p WHERE p.id = a.parent_id;
INSERT INTO gorod24_building
    (street_id, house, house_key, kind, active, district_id)
SELECT s.id, n, n, 'apartment', true, CASE WHEN (s.id + n) %% 100 = 0 THEN NULL ELSE
    (SELECT min(id) FROM gorod24_address WHERE level = 'district') END
FROM (SELECT id, row_number() OVER (ORDER BY id) AS number FROM gorod24_address
    WHERE level = 'street') s, generate_series(1, 67) n
WHERE s.number > 7 ORDER BY n, s.id LIMIT %(houses)s;
INSERT INTO res_partner (name, complete_name, active, type)
SELECT 'Гражданин ' || n, 'Гражданин ' || n, true, 'contact'
FROM generate_series(1, 300000) n;
"""


def main(argv):
    arguments = _parser().parse_args(argv)
    options = base.Options(arguments.config, arguments.addons_path)
    base.start_odoo(options)
    if arguments.drop:
        base.drop(SIDE.database)
        return 0
    _prepare(options, arguments.fresh)
    with base.environment(SIDE, CURATOR) as env:
        _measure(env, arguments.rounds)
    return 0


def _parser():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--config", default=os.environ.get("GOROD24_ODOO_CONFIG"))
    parser.add_argument(
        "--addons-path", default=os.environ.get("GOROD24_ADDONS_PATH", "")
    )
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--fresh", action="store_true", help="заполнить заново")
    parser.add_argument("--drop", action="store_true", help="удалить базу замера")
    return parser


def _prepare(options, fresh):
    if not fresh and base.parameter(SIDE, base.ROWS_KEY) == str(HOUSES):
        base.renew(options, SIDE)
        return
    print(f"  База {SIDE.database}: установка и {HOUSES} домов …", flush=True)
    base.drop(SIDE.database)
    base.install(options, SIDE, install=SIDE.modules)
    with base.environment(SIDE) as env:
        _fill(env)
        env.cr.commit()
    base.remember(SIDE, base.ROWS_KEY, HOUSES)
    base.remember(SIDE, base.SOURCES_KEY, base.sources(SIDE))
    with base.db_connect(SIDE.database).cursor() as cr:
        cr._cnx.autocommit = True
        cr.execute("VACUUM ANALYZE")


def _fill(env):
    for statement in FILL.split(";\n"):
        if statement.strip():
            values = {"houses": HOUSES} if "%(houses)s" in statement else None
            env.cr.execute(statement, values)
    env.invalidate_all()
    group = env.ref("gorod24_classifier.group_classifier_curator")
    env["res.users"].create(
        {"name": CURATOR, "login": CURATOR, "group_ids": [(6, 0, group.ids)]}
    )
    topics = env["helpdesk.ticket.category"].create(
        [
            {
                "name": f"Замер темы {number}",
                "is_topic": True,
                "regime_code": "HOT" if number % 100 else False,
                "synonyms": "слова" if number % 100 else False,
            }
            for number in range(3_000)
        ]
    )
    _fill_participants(env, topics)


def _fill_participants(env, topics):
    participants = env["res.partner"].create(
        [
            {"name": f"Замер {n}", "is_company": True, "is_participant": True}
            for n in range(100)
        ]
    )
    sections = _fill_sections(env, participants, _fill_users(env, participants))
    env["gorod24.competence"].create(
        [
            {
                "topic_id": topics[n % 2_970].id,
                "participant_id": participants[n % 100].id,
                "section_id": sections[n % 100].id,
            }
            for n in range(20_000)
        ]
    )
    participants[-1].active = False


def _fill_users(env, participants):
    portal = env.ref("base.group_portal")
    return env["res.users"].create(
        [
            {
                "name": f"Дежурный {n}",
                "login": f"bench_duty_{n}",
                "parent_id": participants[n % 100].id,
                "group_ids": [(6, 0, portal.ids)],
            }
            for n in range(300)
        ]
    )


def _fill_sections(env, participants, users):
    roles = ("duty", "responsible", "head")
    return env["gorod24.section"].create(
        [
            {
                "name": f"Участок {n}",
                "participant_id": participants[n % 100].id,
                "member_ids": [
                    (0, 0, {"user_id": users[(n + shift) % 300].id, "role": role})
                    for shift, role in zip((0, 100, 200), roles, strict=True)
                    if n % 100
                ],
            }
            for n in range(400)
        ]
    )


def _measure(env, rounds):
    Health = env["gorod24.reference.health"]
    whole = [_time(env, Health.get_report) for _round in range(rounds)]
    print(f"  load {os.getloadavg()[0]:.2f}, медиана {rounds} раз, мс")
    counts = {row["code"]: row["count"] for row in Health.get_report()}
    for check in Health._get_checks():
        model = env[check["model"]]
        times = [
            _time(env, lambda m=model, c=check: m.search_count(list(c["domain"])))
            for _round in range(5)
        ]
        found = counts[check["code"]]
        print(f"  {check['code']:<34}{found:>8}{statistics.median(times):>9.1f}")
    median = statistics.median(whole)
    mark = "✓" if median <= GOAL else "✗"
    print(
        f"  {mark} вся страница: {median:.0f} мс (цель {GOAL}), худший {max(whole):.0f}"
    )


def _time(env, call):
    env.invalidate_all()
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
