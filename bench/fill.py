# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Bulk load of one database: INSERT … SELECT from one generator, the same for both.

Everything about appeal number `i` follows from `i` by a hash, so that both databases
hold the same numbers, names, texts, persons and dates.
"""

import sys
import time
from contextlib import contextmanager
from datetime import datetime

from . import base, words
from .fill_ours import OursFiller, our_topics

CHUNK = 50_000
CITIZEN_BASE = 1_000_000
BULK_TABLES = (
    "res_partner",
    "helpdesk_ticket",
    "gorod24_phone",
    "gorod24_question",
    "gorod24_referral",
    "gorod24_clock",
    "gorod24_informing",
)
STAGES = {
    "sent": "new",
    "accepted": "in_progress",
    "informing": "awaiting",
    "closed": "done",
}

FUNCTION = """
CREATE OR REPLACE FUNCTION pg_temp.u(i bigint, salt int) RETURNS float8
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT (hashint8extended(i, salt) & 2147483647) / 2147483648.0::float8 $$
"""
CITIZENS = """
INSERT INTO res_partner (id, name, complete_name, type, active, lang, is_company,
    partner_share, commercial_partner_id, phone, create_uid, write_uid, create_date,
    write_date{columns})
SELECT %(base)s + s.k, p.name, p.name, 'contact', true, 'ru_RU', false, true,
    %(base)s + s.k, '+7913' || lpad(s.k::text, 7, '0'), 1, 1, %(until)s,
    %(until)s{values}
FROM generate_series(%(first)s, %(last)s) AS s(k)
JOIN bench_house h ON h.k = floor(pg_temp.u(s.k, 11) * %(houses)s)::int
CROSS JOIN bench_words w, LATERAL (SELECT
    w.surnames[1 + floor(pg_temp.u(s.k, 21) * cardinality(w.surnames))::int] || 'а '
    || w.names[1 + floor(pg_temp.u(s.k, 22) * cardinality(w.names))::int] || ' '
    || w.fathers[1 + floor(pg_temp.u(s.k, 23) * cardinality(w.fathers))::int] AS name) p
"""
# One appeal: who, when, where, what, and how far it has come. One citizen in a hundred
# calls often (a tenth of all appeals); topics are skewed, the first takes about 9 %.
CASES = """
CREATE TEMP TABLE bench_case ON COMMIT DROP AS
SELECT a.*, t.id AS topic_id, t.name AS topic, b.label, w.rare,
    t.name || ', ' || b.label AS title,
    w.openings[1 + floor(pg_temp.u(i, 5) * cardinality(w.openings))::int] || ' '
    || w.troubles[1 + floor(pg_temp.u(i, 6) * cardinality(w.troubles))::int] || ', '
    || w.details[1 + floor(pg_temp.u(i, 7) * cardinality(w.details))::int]
    || CASE WHEN pg_temp.u(i, 8) < 0.0005
       THEN ', ' || w.rare[1 + floor(pg_temp.u(i, 9) * cardinality(w.rare))::int]
       ELSE '' END
    || CASE WHEN i < %(rows)s / 3 AND pg_temp.u(i, 12) < 0.2
       THEN ', ' || w.season ELSE '' END AS words,
    to_char(moment, 'YYYY') || '-' || lpad(i::text, 7, '0') AS number,
    %(base)s + citizen AS partner_id,
    CASE WHEN t.answered OR age > 45 THEN 'closed'
         WHEN age > 12 THEN CASE WHEN luck < 0.80 THEN 'closed'
             WHEN luck < 0.86 THEN 'informing' ELSE 'accepted' END
         ELSE CASE WHEN luck < 0.30 THEN 'closed' WHEN luck < 0.42 THEN 'informing'
             WHEN luck < 0.76 THEN 'accepted' ELSE 'sent' END
    END AS state
FROM (
    SELECT x.*, extract(day FROM %(until)s::timestamp - moment)::int AS age,
        pg_temp.u(i, 4) AS luck,
        floor(pg_temp.u(citizen, 11) * %(houses)s)::int AS house_k
    FROM (
        SELECT i, date_trunc('day', at) + interval '1 hour'
                + (at - date_trunc('day', at)) / 2 AS moment,
            floor(pg_temp.u(i, 3) * %(citizens)s
                * CASE WHEN pg_temp.u(i, 2) < 0.1 THEN 0.01 ELSE 1 END)::int AS citizen,
            floor(power(pg_temp.u(i, 1), 2.2) * %(topics)s)::int AS topic_k
        FROM (SELECT i, %(until)s::timestamp
                - interval '548 days' * (1 - i / %(rows)s::float8) AS at
              FROM generate_series(%(first)s, %(last)s) AS i) s
    ) x
) a
JOIN bench_topic t ON t.k = a.topic_k
JOIN bench_house b ON b.k = a.house_k
CROSS JOIN bench_words w
ORDER BY i
"""
TICKETS = """
INSERT INTO helpdesk_ticket (id, number, name, description, partner_id,
    commercial_partner_id, partner_name, stage_id, unattended, company_id, channel_id,
    category_id, user_id, priority, sequence, active, assigned_date, last_stage_update,
    closed_date, create_uid, write_uid, create_date, write_date{columns})
SELECT i, number, title, '<p>' || words || '</p>', c.partner_id, c.partner_id, p.name,
    s.id, s.unattended, %(company)s, %(channel)s, topic_id, %(user)s, '1', 10, true,
    moment, moment, CASE WHEN c.state = 'closed' THEN moment + interval '5 days' END,
    %(user)s, %(user)s, moment, moment{values}
FROM bench_case c JOIN res_partner p ON p.id = c.partner_id
JOIN bench_stage s ON s.state = c.state JOIN bench_house h ON h.k = c.house_k
ORDER BY i
"""


class Filler:
    """Fills a database with nothing but the base helpdesk.

    :param topics: names of the classifier's topics, the same in both databases.
    """

    citizen_columns = {}
    ticket_columns = {}

    def __init__(self, env, side, topics):
        self.env = env
        self.cr = env.cr
        self.rows = side.rows
        self.citizens = max(side.rows // 5, 100)
        self.topics = topics
        self.user = make_user(env, base.LOGIN, side.group)

    def parameters(self, **more):
        """Values the SQL of this module refers to."""
        today = datetime.now().replace(hour=0, minute=0, second=0, microsecond=0)
        return {
            "base": CITIZEN_BASE,
            "citizens": self.citizens,
            "rows": self.rows,
            "houses": len(words.house_labels()),
            "topics": len(self.topics),
            "until": today,
            "company": self.env.company.id,
            "channel": self.env.ref("helpdesk_mgmt.helpdesk_ticket_channel_phone").id,
            "user": self.user.id,
            **more,
        }

    def prepare(self):
        """Temporary tables the generator chooses from."""
        self.cr.execute(FUNCTION)
        self._prepare_words()
        self._prepare_stages()
        self._prepare_topics()
        self._prepare_houses()

    def _prepare_words(self):
        lists = {
            "surnames": words.SURNAMES,
            "names": words.NAMES,
            "fathers": words.PATRONYMICS,
            "openings": words.OPENINGS,
            "troubles": words.TROUBLES,
            "details": words.DETAILS,
            "rare": words.RARITIES,
        }
        columns = ", ".join(f"%({name})s::text[] AS {name}" for name in lists)
        columns += ", %(season)s AS season"
        values = {name: list(value) for name, value in lists.items()}
        values["season"] = words.SEASON
        self.cr.execute(f"CREATE TEMP TABLE bench_words AS SELECT {columns}", values)

    def _prepare_stages(self):
        self.cr.execute(
            "CREATE TEMP TABLE bench_stage (state text, id int, unattended boolean)"
        )
        for state, name in STAGES.items():
            stage = self.env.ref(f"helpdesk_mgmt.helpdesk_ticket_stage_{name}")
            self.cr.execute(
                "INSERT INTO bench_stage VALUES (%s, %s, %s)",
                [state, stage.id, stage.unattended],
            )

    def _prepare_topics(self):
        """Plain categories with the names of our topics."""
        categories = self.env["helpdesk.ticket.category"].create(
            [{"name": name, "company_id": False} for name in self.topics]
        )
        self.cr.execute(
            "CREATE TEMP TABLE bench_topic (k int, id int, name text, answered boolean)"
        )
        for k, (category, name) in enumerate(zip(categories, self.topics, strict=True)):
            self.cr.execute(
                "INSERT INTO bench_topic VALUES (%s, %s, %s, false)",
                [k, category.id, name],
            )

    def _prepare_houses(self):
        self.cr.execute(
            "CREATE TEMP TABLE bench_house AS SELECT (n - 1)::int AS k, label"
            " FROM unnest(%s::text[]) WITH ORDINALITY AS x(label, n)",
            [words.house_labels()],
        )

    def prepare_users(self):
        """Users beside the operator, and what is made once a year."""

    def load_citizens(self, first, last):
        """Citizens number `first` … `last`, counted from 0."""
        statement = _with_columns(CITIZENS, self.citizen_columns)
        self.cr.execute(statement, self.parameters(first=first, last=last))

    def load_appeals(self, first, last):
        """Appeals number `first` … `last`, counted from 1."""
        self.cr.execute(CASES, self.parameters(first=first, last=last))
        self.cr.execute("ANALYZE bench_case")
        statement = _with_columns(TICKETS, self.ticket_columns)
        self.cr.execute(statement, self.parameters())

    def finish(self):
        """Let the sequences of the tables go on after the loaded ids."""
        self.raise_sequence("helpdesk_ticket")
        self.raise_sequence("res_partner")

    def raise_sequence(self, table):
        self.cr.execute(
            f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))"
        )


class OurFiller(OursFiller, Filler):
    """Fills a database that has our addons."""

    def prepare_users(self):
        make_user(self.env, base.SUPERVISOR, "gorod24_appeals.group_supervisor")
        # The first number of a year makes the year's own counter.
        self.env["ir.sequence"].next_by_code("gorod24.appeal")


def fill(options, side, topics):
    """Fill a freshly installed database; meant for a process of its own."""
    base.start_odoo(options)
    with base.environment(side) as env:
        filler = (OurFiller if side.name == "ours" else Filler)(env, side, topics)
        filler.prepare()
        filler.prepare_users()
        env.cr.commit()
        with _without_indexes(env.cr):
            _in_chunks(env, "граждане", 0, filler.citizens, filler.load_citizens)
            _in_chunks(env, "обращения", 1, side.rows, filler.load_appeals)
            filler.finish()
    _vacuum(side)
    base.remember(side, base.ROWS_KEY, side.rows)


def read_topics(options, side):
    """Names of the topics of our classifier, in the order of their codes."""
    base.start_odoo(options)
    with base.environment(side) as env:
        return our_topics(env).mapped("name")


def _with_columns(statement, more):
    return statement.format(
        columns="".join(f", {name}" for name in more),
        values="".join(f", {value}" for value in more.values()),
    )


def make_user(env, login, group):
    return env["res.users"].create(
        {
            "name": f"Операторова Анна ({login})",
            "login": login,
            "lang": "ru_RU",
            "tz": "Asia/Barnaul",
            "group_ids": [(4, env.ref(group).id)],
        }
    )


def _in_chunks(env, title, start, count, load):
    begun, end = time.monotonic(), start + count
    for first in range(start, end, CHUNK):
        load(first, min(first + CHUNK, end) - 1)
        env.cr.commit()
        done = min(first + CHUNK, end) - start
        spent = time.monotonic() - begun
        text = f"    {title}: {done:,} из {count:,}; {spent:.0f} с".replace(",", " ")
        sys.stdout.write(f"\r\033[K{text}" if sys.stdout.isatty() else f"{text}\n")
        sys.stdout.flush()
    if sys.stdout.isatty():
        print()


@contextmanager
def _without_indexes(cr):
    """Load into bare tables, then build the indexes anew: several times quicker."""
    cr.execute(
        """
        SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
          FROM pg_index i
         WHERE i.indrelid::regclass::text = ANY(%s) AND NOT i.indisprimary
           AND NOT EXISTS (
               SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)
        """,
        [list(BULK_TABLES)],
    )
    indexes = cr.fetchall()
    for name, _definition in indexes:
        cr.execute(f"DROP INDEX {name}")
    cr.commit()
    yield
    print(f"    индексы: {len(indexes)}", flush=True)
    cr.execute("SET LOCAL maintenance_work_mem = '512MB'")
    for _name, definition in indexes:
        cr.execute(definition)
    cr.commit()


def _vacuum(side):
    with base.db_connect(side.database).cursor() as cr:
        cr._cnx.autocommit = True
        cr.execute("VACUUM (ANALYZE)")
