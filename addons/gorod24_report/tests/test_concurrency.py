# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from contextlib import closing

from odoo.sql_db import db_connect
from odoo.tests import tagged
from odoo.tests.common import BaseCase, get_db_name
from odoo.tools import SQL

from ..rollup import DAY, MONTH, Definition, Dimension, Level, sql

STAT = Definition(
    table="gorod24_test_stat",
    source="gorod24_test_fact",
    moment="r.at",
    dimensions=(Dimension("topic", "int4", "r.topic"),),
    measures=(("number", "1"),),
    levels=(Level("month", MONTH, ("topic",)), Level("full", DAY, ("topic",))),
)


@tagged("post_install", "-at_install")
class TestConcurrency(BaseCase):
    """Two real transactions side by side, over scratch tables of their own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.database = db_connect(get_db_name())
        cls._drop()
        cls.addClassCleanup(cls._drop)
        statements = [
            "CREATE TABLE gorod24_test_fact"
            " (id serial PRIMARY KEY, at timestamp, topic int4)"
        ]
        for level in STAT.levels:
            statements += sql.create_table(STAT, level)
        statements += [*sql.functions(STAT, "Asia/Barnaul"), *sql.triggers(STAT)]
        cls._run(*statements)

    @classmethod
    def _drop(cls):
        cls._run("CREATE TABLE IF NOT EXISTS gorod24_test_fact (id int4)")
        cls._run(*sql.drop_all(STAT), "DROP TABLE gorod24_test_fact")

    @classmethod
    def _run(cls, *statements):
        with closing(cls.database.cursor()) as cr:
            for statement in statements:
                cr.execute(SQL(statement.replace("%", "%%")))
            cr.commit()  # pylint: disable=invalid-commit  # own scratch tables

    def setUp(self):
        super().setUp()
        self._run("DELETE FROM gorod24_test_fact")
        self._run(*(sql.compact(STAT, level) for level in STAT.levels))
        self.first = self._cursor()
        self.second = self._cursor()

    def _cursor(self):
        cr = self.database.cursor()
        self.addCleanup(cr.close)
        return cr

    def _insert(self, cr, topic=1, number=1):
        cr.execute(
            "INSERT INTO gorod24_test_fact (at, topic) SELECT '2026-11-23 03:15', %s"
            " FROM generate_series(1, %s)",
            [topic, number],
        )

    def _sums(self):
        with closing(self.database.cursor()) as cr:
            cr.execute(
                "SELECT (SELECT count(*) FROM gorod24_test_fact),"
                " (SELECT COALESCE(sum(number), 0) FROM gorod24_test_stat_month),"
                " (SELECT COALESCE(sum(number), 0) FROM gorod24_test_stat_full)"
            )
            return cr.fetchone()

    def test_writers_do_not_wait_for_each_other(self):
        self.second.execute("SET LOCAL lock_timeout = '1s'")
        self._insert(self.first)
        self._insert(self.second)
        self.second.commit()
        self.first.commit()
        self.assertEqual(self._sums(), (2, 2, 2))

    def test_compaction_during_a_write_loses_nothing(self):
        self._insert(self.first, number=3)
        self.first.commit()
        self._insert(self.first, number=2)
        for level in STAT.levels:
            self.second.execute(SQL(sql.compact(STAT, level)))
        self._insert(self.first)
        self.first.commit()
        self.second.commit()
        self.assertEqual(self._sums(), (6, 6, 6))

    def test_rebuild_during_a_write_loses_nothing(self):
        self._insert(self.first, number=3)
        self.first.commit()
        self._insert(self.first, number=2)
        self.second.execute(SQL(sql.rebuild(STAT, "Asia/Barnaul")))
        self.first.commit()
        self.second.commit()
        self.assertEqual(self._sums(), (5, 5, 5))

    def test_update_seen_by_nobody_yet_is_kept_by_a_rebuild(self):
        self._insert(self.first, number=3)
        self.first.commit()
        self.second.execute("SELECT count(*) FROM gorod24_test_fact")
        self.first.execute("UPDATE gorod24_test_fact SET topic = 2")
        self.first.commit()
        self.second.execute(SQL(sql.rebuild(STAT, "Asia/Barnaul")))
        self.second.commit()
        with closing(self.database.cursor()) as cr:
            cr.execute(
                "SELECT topic, sum(number) FROM gorod24_test_stat_full"
                " GROUP BY topic HAVING sum(number) <> 0"
            )
            self.assertEqual(cr.fetchall(), [(2, 3)])

    def test_rolled_back_writes_leave_no_trace(self):
        self._insert(self.first, number=3)
        self.first.rollback()
        self.assertEqual(self._sums(), (0, 0, 0))

    def test_emptied_source_empties_the_sums(self):
        self._insert(self.first, number=3)
        self.first.execute("TRUNCATE gorod24_test_fact")
        self.first.commit()
        self.assertEqual(self._sums(), (0, 0, 0))
