# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who answers, among 20 000 rules: python -m bench.routing --config odoo.conf

A town of 5 districts, 1 500 streets, 60 000 houses, 3 000 topics in three levels.
100 management companies hold 100 houses each by lists (80 topics each: every one of
their houses is named in 80 rules), the rest of the rules are for territories.
"""

import argparse
import os
import random
import statistics
import sys
import time

from . import base

HOUSES_OF_STREET = 40
STREETS = 1500
COMPANIES = 100
LISTS = 80
HOUSES_OF_LIST = 100
SIDE = base.Side("routing", 20_000, ("gorod24_classifier",), "base.group_user")

#: 50 × 30 names that are no words of an address.
STARTS = [a + b for a in "БВГДЖЗКЛМН" for b in ("ал", "ем", "ир", "ор", "ут")]
ENDS = [
    a + b
    for a in ("ан", "ен", "ин", "ов", "ск", "ник", "тор", "дал", "вер", "мож")
    for b in ("ова", "ева", "ина")
]

FILL = (
    # topics: 30 groups, 270 subgroups, 2 700 topics
    """
    INSERT INTO helpdesk_ticket_category
        (id, name, parent_id, parent_path, code, is_topic, active, urgency, paid,
         regime_code, required_place)
    SELECT %(topic)s + k,
           jsonb_build_object('en_US', 'Тема ' || k, 'ru_RU', 'Тема ' || k),
           CASE WHEN k < 30 THEN NULL WHEN k < 300 THEN %(topic)s + k %% 30
                ELSE %(topic)s + 30 + k %% 270 END,
           CASE WHEN k < 30 THEN (%(topic)s + k) || '/'
                WHEN k < 300 THEN
                     concat(%(topic)s + k %% 30, '/', %(topic)s + k, '/')
                ELSE concat(%(topic)s + (30 + k %% 270) %% 30, '/',
                            %(topic)s + 30 + k %% 270, '/', %(topic)s + k, '/') END,
           'B-' || k, k >= 300, TRUE, 'planned', 'free', 'HOT',
           'any'
      FROM generate_series(0, 2999) AS k
    """,
    """
    INSERT INTO gorod24_address
        (id, name, type_name, level, parent_id, parent_path, district_id, active)
    SELECT %(address)s, 'Замер', 'г.', 'city', NULL::int, %(address)s || '/',
           NULL::int, TRUE
     UNION ALL
    SELECT %(address)s + k, 'Район ' || k, 'р-н', 'district', %(address)s,
           concat(%(address)s, '/', %(address)s + k, '/'), NULL, TRUE
      FROM generate_series(1, 5) AS k
     UNION ALL
    SELECT %(address)s + 10 + k,
           (%(starts)s)[1 + k %% 50] || (%(ends)s)[1 + k / 50 %% 30], 'ул.', 'street',
           %(address)s, concat(%(address)s, '/', %(address)s + 10 + k, '/'),
           %(address)s + 1 + k %% 5, TRUE
      FROM generate_series(1, %(streets)s) AS k
    """,
    """
    INSERT INTO gorod24_building
        (id, street_id, house, house_key, district_id, kind, active)
    SELECT %(building)s + k, %(address)s + 11 + k / %(on_street)s,
           (k %% %(on_street)s + 1)::text, (k %% %(on_street)s + 1)::text,
           %(address)s + 1 + (k / %(on_street)s + 1) %% 5, 'apartment', TRUE
      FROM generate_series(0, %(streets)s * %(on_street)s - 1) AS k
    """,
    """
    INSERT INTO res_partner
        (id, name, complete_name, is_company, is_participant, active, type,
         commercial_partner_id)
    SELECT %(partner)s + k, 'Участник ' || k, 'Участник ' || k, TRUE, TRUE, TRUE,
           'contact', %(partner)s + k
      FROM generate_series(0, 249) AS k
    """,
    """
    INSERT INTO gorod24_section (id, name, sequence, participant_id, active)
    SELECT %(section)s + k, 'Участок ' || k / 250, 10, %(partner)s + k %% 250, TRUE
      FROM generate_series(0, 499) AS k
    """,
    # 12 000 rules for territories: town, districts, streets × all levels of topics
    """
    INSERT INTO gorod24_competence
        (topic_id, address_id, has_buildings, building_count, participant_id,
         section_id, date_from, date_to, active)
    SELECT %(topic)s + (random() * 2999)::int,
           CASE WHEN k %% 20 = 0 THEN NULL
                WHEN k %% 3 = 0 THEN %(address)s + 11 + (random() * 1499)::int
                ELSE %(address)s + 1 + k %% 5 END,
           FALSE, 0, %(partner)s + 100 + k %% 150,
           CASE WHEN k %% 2 = 0 THEN %(section)s + 100 + k %% 150 END,
           DATE '2020-01-01' + (random() * 2000)::int,
           CASE WHEN k %% 4 = 0 THEN DATE '2026-01-01' + (random() * 700)::int END,
           TRUE
      FROM generate_series(1, 12000) AS k
    """,
    # 8 000 lists; the company k holds houses 600k … 600k + 99
    """
    WITH made AS (
        INSERT INTO gorod24_competence
            (topic_id, has_buildings, building_count, participant_id, date_from,
             active)
        SELECT %(topic)s + CASE WHEN t < 10 THEN t * 3 ELSE 30 + t * 37 END,
               TRUE, %(houses)s, %(partner)s + c, DATE '2024-01-01', TRUE
          FROM generate_series(0, %(companies)s - 1) AS c,
               generate_series(0, %(lists)s - 1) AS t
        RETURNING id, participant_id
    )
    INSERT INTO gorod24_competence_building_rel (competence_id, building_id)
    SELECT made.id, %(building)s + (made.participant_id - %(partner)s) * 600 + h
      FROM made, generate_series(0, %(houses)s - 1) AS h
    """,
)


def parameters(cr):
    """Where our rows begin in every table, and the sizes."""
    values = {
        "streets": STREETS,
        "on_street": HOUSES_OF_STREET,
        "companies": COMPANIES,
        "lists": LISTS,
        "houses": HOUSES_OF_LIST,
        "starts": STARTS,
        "ends": ENDS,
    }
    for key, table in (
        ("topic", "helpdesk_ticket_category"),
        ("address", "gorod24_address"),
        ("building", "gorod24_building"),
        ("partner", "res_partner"),
        ("section", "gorod24_section"),
    ):
        cr.execute(f"SELECT COALESCE(max(id), 0) + 1 FROM {table}")
        values[key] = cr.fetchone()[0]
    return values


def fill():
    """Rows by SQL: the models add nothing to what the choice reads."""
    with base.environment(SIDE) as env:
        values = parameters(env.cr)
        for statement in FILL:
            env.cr.execute(statement, values)
        streets = env["gorod24.address"].search([])
        env.add_to_compute(streets._fields["search_key"], streets)
        env.flush_all()
        for table in ("competence", "address", "building", "section"):
            env.cr.execute(
                f"SELECT setval('gorod24_{table}_id_seq',"
                f" (SELECT max(id) FROM gorod24_{table}))"
            )
        for table in ("helpdesk_ticket_category", "res_partner"):
            env.cr.execute(
                f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))"
            )
        env.cr.commit()
        env.cr.execute("ANALYZE")
        env.cr.commit()


def pick(env, count, seed=24):
    """Questions: a random topic at a random house; every second house is listed."""
    rng = random.Random(seed)
    env.cr.execute("SELECT id FROM helpdesk_ticket_category WHERE code LIKE 'B-%%'")
    topics = [i for (i,) in env.cr.fetchall()]
    env.cr.execute("SELECT id FROM gorod24_building")
    houses = [i for (i,) in env.cr.fetchall()]
    env.cr.execute("SELECT DISTINCT building_id FROM gorod24_competence_building_rel")
    listed = [i for (i,) in env.cr.fetchall()]
    return [
        (rng.choice(topics), rng.choice(listed if i % 2 else houses))
        for i in range(count)
    ]


def measure(runs):
    """Times and numbers of statements of `_route`, with nothing in the cache."""
    with base.environment(SIDE) as env:
        Competence = env["gorod24.competence"]
        complained = env["res.partner"].search([("is_participant", "=", True)], limit=1)
        questions = pick(env, runs + 20)
        kinds = {
            "вопрос": {},
            "вопрос с жалобой на участника": {"complained": complained},
        }
        for title, extra in kinds.items():
            times, queries, chosen, nexts = [], 0, 0, 0
            for number, (topic_id, building_id) in enumerate(questions):
                env.invalidate_all()
                topic = env["helpdesk.ticket.category"].browse(topic_id)
                building = env["gorod24.building"].browse(building_id)
                before, begun = env.cr.sql_log_count, time.perf_counter()
                route = Competence._route(topic, building=building, **extra)
                spent = (time.perf_counter() - begun) * 1000
                if number >= 20:  # the first ones warm up
                    times.append(spent)
                queries = env.cr.sql_log_count - before
                chosen += bool(route["participant_id"])
                nexts += len(route["alternatives"])
            yield title, times, queries, chosen / len(questions), nexts / len(questions)


def main(argv):
    parser = argparse.ArgumentParser(prog="python -m bench.routing")
    parser.add_argument("--config", default=os.environ.get("GOROD24_ODOO_CONFIG"))
    parser.add_argument(
        "--addons-path", default=os.environ.get("GOROD24_ADDONS_PATH", "")
    )
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--fresh", action="store_true", help="заполнить заново")
    arguments = parser.parse_args(argv)
    if not arguments.config:
        print("Где настройки Odoo? Назовите --config.")
        return 2
    options = base.Options(arguments.config, arguments.addons_path)
    base.start_odoo(options)
    if arguments.fresh or not base.exists(SIDE.database):
        if base.exists(SIDE.database):
            base.drop(SIDE.database)
        base.install(options, SIDE, install=SIDE.modules)
        fill()
    print(
        "| что | медиана, мс | p95, мс | max, мс | запросов SQL | нашёлся | следующих |"
    )
    print("|---|---:|---:|---:|---:|---:|---:|")
    for title, times, queries, share, nexts in measure(arguments.runs):
        times.sort()
        p95 = times[int(len(times) * 0.95)]
        cells = [f"{x:.2f}" for x in (statistics.median(times), p95, times[-1])]
        print(
            f"| {title} | {' | '.join(cells)} | {queries} | {share:.0%} | {nexts:.1f} |"
        )
    print(f"нагрузка машины: {os.getloadavg()[0]:.1f}, ядер: {os.cpu_count()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
