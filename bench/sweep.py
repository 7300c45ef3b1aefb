# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The minute's sweep among 100 000 running terms: python -m bench.sweep

50 participants with two sections each, every section with a duty officer, a
responsible person and a head; 100 000 questions at work with one running execution
term each. Nobody's letters leave the machine: no mail server is set up.
"""

import argparse
import os
import statistics
import sys
import time

from . import base

CLOCKS = 100_000
SECTIONS = 100
ROLES = ("duty", "responsible", "head")
SIDE = base.Side("sweep", CLOCKS, ("gorod24_appeals",), "base.group_user")

QUESTIONS = """
INSERT INTO gorod24_question
    (appeal_id, position, name, topic_id, regime_id, participant_id, section_id,
     phone_e164, operator_id, emergency, paid, state, registered_at, sent_at,
     accepted_at, execution_due, period, create_uid, write_uid, create_date, write_date)
SELECT %(appeal)s, k, '26-' || k || '/1', %(topic)s, %(regime)s,
       (%(participants)s)[1 + k %% %(sections)s],
       (%(section_ids)s)[1 + k %% %(sections)s],
       '+7913' || lpad(k::text, 7, '0'), 1, FALSE, FALSE, 'accepted',
       now() - interval '1 day', now() - interval '1 day', now() - interval '1 day',
       now() + interval '10 days', 1, 1, 1, now(), now()
  FROM generate_series(1, %(clocks)s) AS k
"""
# ends spread over a fortnight to come, nothing is due now
TERMS = """
INSERT INTO gorod24_clock
    (res_model, res_id, kind, regime_id, rule_id, start, target, warn_at, attend_at,
     state, warned, escalated, steps, create_uid, write_uid, create_date, write_date)
SELECT 'gorod24.question', q.id, 'execution', %(regime)s, %(rule)s,
       now() - interval '1 day',
       now() + interval '2 days' + q.position * interval '12 s',
       now() + interval '1 day' + q.position * interval '12 s',
       now() + interval '1 day' + q.position * interval '12 s',
       'running', FALSE, FALSE, '[]'::jsonb, 1, 1, now(), now()
  FROM gorod24_question q
"""
DUE = """
UPDATE gorod24_clock
   SET target = timezone('utc', now()) + %(shift)s * interval '1 min',
       warn_at = timezone('utc', now()) - interval '2 hours',
       attend_at = timezone('utc', now()) - interval '1 min'
 WHERE id IN (SELECT id FROM gorod24_clock
               WHERE attend_at > timezone('utc', now()) + interval '12 hours'
               ORDER BY id LIMIT %(count)s)
"""


def fill():
    """People by the models, questions and terms by SQL."""
    with base.environment(SIDE) as env:
        sections = make_sections(env)
        regime = env["gorod24.regime"]._by_code("HOT")
        rule = regime.rule_ids.filtered(lambda rule: rule.kind == "execution")
        appeal = env["helpdesk.ticket"].create({"name": "Замер", "description": "–"})
        topic = env["helpdesk.ticket.category"].search([], limit=1)
        values = {
            "appeal": appeal.id,
            "topic": topic.id,
            "regime": regime.id,
            "rule": rule.id,
            "participants": sections.mapped(lambda one: one.participant_id.id),
            "section_ids": sections.ids,
            "sections": SECTIONS,
            "clocks": CLOCKS,
        }
        env.flush_all()
        env.cr.execute(QUESTIONS, values)
        env.cr.execute(TERMS, values)
        env.cr.commit()
        env.cr.execute("ANALYZE")
        env.cr.commit()


def make_sections(env):
    """Participants with sections and a person in each of the roles."""
    participants = env["res.partner"].create(
        [
            {"name": f"Участник {k}", "is_company": True, "is_participant": True}
            for k in range(SECTIONS // 2)
        ]
    )
    sections = env["gorod24.section"].create(
        [
            {"name": f"Участок {k}", "participant_id": participants[k // 2].id}
            for k in range(SECTIONS)
        ]
    )
    users = env["res.users"].with_context(no_reset_password=True)
    portal = env.ref("base.group_portal")
    for section in sections:
        section.member_ids = [
            (
                0,
                0,
                {
                    "role": role,
                    "user_id": users.create(
                        {
                            "name": f"{section.name}, {role}",
                            "login": f"{role}{section.id}@example.com",
                            "email": f"{role}{section.id}@example.com",
                            "group_ids": [(6, 0, portal.ids)],
                        }
                    ).id,
                },
            )
            for role in ROLES
        ]
    return sections


def make_due(env, count, shift):
    """Let so many terms reach their warning, or their end when ``shift`` is -1."""
    env.cr.execute(DUE, {"count": count, "shift": shift})
    env.cr.commit()
    env.invalidate_all()


def sweep(env):
    """Milliseconds, statements and letters noted of one whole sweep."""
    env.cr.execute("DELETE FROM gorod24_escalation_letter")
    env.cr.commit()
    before, begun = env.cr.sql_log_count, time.perf_counter()
    env["gorod24.clock"]._cron_sweep()
    env.cr.commit()
    spent = (time.perf_counter() - begun) * 1000
    queries = env.cr.sql_log_count - before
    env.cr.execute("SELECT count(*) FROM gorod24_escalation_letter")
    return spent, queries, env.cr.fetchone()[0]


def send(env):
    """Milliseconds, statements and number of the letters the last sweep has noted."""
    env.cr.execute("SELECT count(*) FROM gorod24_escalation_letter WHERE state = 'due'")
    count = env.cr.fetchone()[0]
    before, begun = env.cr.sql_log_count, time.perf_counter()
    env["gorod24.escalation.letter"]._cron_send()
    spent = (time.perf_counter() - begun) * 1000
    return spent, env.cr.sql_log_count - before, count


def measure(runs):
    """Rows of the table: what, times, statements, letters."""
    cases = (
        ("нечего делать", 0, 0),
        ("2 000 предупреждений сразу", 2000, 600),
        ("2 000 просрочек сразу", 2000, -1),
        ("после простоя: 10 000 просрочек", 10000, -1),
    )
    with base.environment(SIDE) as env:
        sweep(env)  # warms up
        for title, count, shift in cases:
            times, queries, letters = [], 0, 0
            for _run in range(runs if count < 10000 else 1):
                if count:
                    make_due(env, count, shift)
                spent, queries, letters = sweep(env)
                times.append(spent)
            yield title, times, queries, letters
            if letters:
                spent, queries, letters = send(env)
                yield (
                    "– письма после него, отдельным заданием",
                    [spent],
                    queries,
                    letters,
                )


def main(argv):
    parser = argparse.ArgumentParser(prog="python -m bench.sweep")
    parser.add_argument("--config", default=os.environ.get("GOROD24_ODOO_CONFIG"))
    parser.add_argument(
        "--addons-path", default=os.environ.get("GOROD24_ADDONS_PATH", "")
    )
    parser.add_argument("--runs", type=int, default=5)
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
    print("| обход 100 000 сроков | медиана, мс | max, мс | запросов SQL | писем |")
    print("|---|---:|---:|---:|---:|")
    for title, times, queries, letters in measure(arguments.runs):
        cells = [f"{x:.0f}" for x in (statistics.median(times), max(times))]
        print(f"| {title} | {' | '.join(cells)} | {queries} | {letters} |")
    print(f"нагрузка машины: {os.getloadavg()[0]:.1f}, ядер: {os.cpu_count()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
