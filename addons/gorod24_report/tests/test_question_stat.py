# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import random
from collections import Counter
from datetime import date, datetime, timedelta

from odoo.tests import tagged
from odoo.tools import SQL

from .common import NOW, StatisticsCase

DIMENSIONS = (
    "topic_id",
    "participant_id",
    "district_id",
    "regime_id",
    "channel_id",
    "state",
    "outcome",
    "emergency",
)


@tagged("post_install", "-at_install")
class TestQuestionStat(StatisticsCase):
    # FRESHNESS

    def _direct(self):
        """The truth, counted over the questions themselves."""
        self.env.flush_all()
        columns = ", ".join(DIMENSIONS[:-1])
        self.env.cr.execute(
            SQL(
                f"SELECT (registered_at AT TIME ZONE 'UTC' AT TIME ZONE"
                f" 'Asia/Barnaul')::date, {columns}, COALESCE(emergency, false),"
                " count(*) FROM gorod24_question WHERE registered_at IS NOT NULL"
                " GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9"
            )
        )
        return Counter({row[:-1]: row[-1] for row in self.env.cr.fetchall()})

    def _assert_fresh(self):
        direct = self._direct()
        for level in self.statistics._stat.levels:
            expected = Counter()
            for (day, *values), number in direct.items():
                day = day.replace(day=1) if level.grain == "month" else day
                kept = [
                    value
                    for name, value in zip(DIMENSIONS, values, strict=True)
                    if name in level.dimensions
                ]
                expected[(day, *kept)] += number
            names = ", ".join(name for name in DIMENSIONS if name in level.dimensions)
            table = self.statistics._stat.level_table(level)
            self.env.cr.execute(
                SQL(
                    f"SELECT day, {names}, sum(question_count) FROM {table}"
                    f" GROUP BY day, {names} HAVING sum(question_count) <> 0"
                )
            )
            stored = Counter({row[:-1]: row[-1] for row in self.env.cr.fetchall()})
            self.assertEqual(stored, expected, level.name)

    def _random_values(self, source):
        return {
            "topic_id": source.choice([*self.topics.ids, False]),
            "participant_id": source.choice([*self.participants.ids, False]),
            "district_id": source.choice([*self.districts.ids, False]),
            "state": source.choice(["draft", "sent", "accepted", "closed"]),
            "outcome": source.choice(["fixed", "explained", False]),
            "emergency": source.choice([True, False]),
            "registered_at": source.choice(
                [False, NOW - timedelta(minutes=source.randrange(10**6))]
            ),
        }

    def test_random_work_always_equals_a_direct_count(self):
        source = random.Random(20261123)
        questions = self._questions()
        for _step in range(60):
            action = source.choice(["create", "write", "write", "unlink", "compact"])
            some = questions.browse(
                source.sample(questions.ids, min(len(questions), source.randrange(5)))
            )
            values = self._random_values(source)
            if action == "create":
                number = source.randrange(1, 6)
                questions += self._questions(
                    *(self._random_values(source) for _index in range(number))
                )
            elif action == "write":
                names = source.sample(list(values), source.randrange(1, 4))
                some.write({name: values[name] for name in names})
            elif action == "unlink":
                questions -= some
                some.unlink()
            else:
                self.env.flush_all()
                self.statistics._compact()
            self._assert_fresh()
        self.statistics._rebuild()
        self._assert_fresh()

    def test_unsaved_changes_are_counted_too(self):
        question = self._questions({})
        self.assertEqual(self._count(), [(1,)])
        question.topic_id = self.roads
        counted = dict(self._count(["topic_id"]))
        self.assertEqual(counted, {self.roads: 1})

    def test_sql_behind_the_orm_is_counted(self):
        question = self._questions({}, {})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE gorod24_question SET topic_id = %s WHERE id = %s",
            [self.heat.id, question[0].id],
        )
        counted = dict(self._count(["topic_id"]))
        self.assertEqual(counted, {self.water: 1, self.heat: 1})

    def test_drafts_are_not_counted(self):
        self._questions({"state": "draft", "registered_at": False})
        self.assertEqual(self._count(["topic_id"]), [])

    def test_compaction_leaves_one_row_for_a_cell(self):
        questions = self._questions({}, {}, {})
        questions[0].state = "sent"
        self.env.flush_all()
        self.assertTrue(self.statistics._compact())
        for level in self.statistics._stat.levels:
            table = self.statistics._stat.level_table(level)
            self.env.cr.execute(SQL(f"SELECT count(*) FROM {table} WHERE delta"))
            self.assertEqual(self.env.cr.fetchone(), (0,), table)
        rows = self.statistics.search(self.own)
        self.assertEqual(
            sorted((row.state, row.question_count) for row in rows),
            [("registered", 2), ("sent", 1)],
        )

    def test_job_compacts_all_statistics(self):
        self._questions({})
        with self.enter_registry_test_mode():
            self.env.ref("gorod24_report.ir_cron_compact").method_direct_trigger()
        self._assert_fresh()

    def test_triggers_are_in_place(self):
        self.assertTrue(self.statistics._has_triggers())
        self.assertTrue(self.env["gorod24.call.stat"]._has_triggers())

    # MEANING

    def test_day_border_is_that_of_the_service_zone(self):
        self._questions(
            {"registered_at": datetime(2026, 11, 30, 16, 59, 59)},
            {"registered_at": datetime(2026, 11, 30, 17, 0, 0)},
        )
        self.assertEqual(
            self._count(["day:month"]), [(date(2026, 11, 1), 1), (date(2026, 12, 1), 1)]
        )
        self.assertEqual(
            self._count(["day:day"]), [(date(2026, 11, 30), 1), (date(2026, 12, 1), 1)]
        )

    def test_another_time_zone_counts_days_anew(self):
        self._questions({"registered_at": datetime(2026, 11, 30, 17, 0, 0)})
        self.env["ir.config_parameter"].set_param("gorod24.timezone", "Europe/Moscow")
        self.assertEqual(self._count(["day:month"]), [(date(2026, 11, 1), 1)])
        self._questions({"registered_at": datetime(2026, 11, 30, 21, 30, 0)})
        self.assertEqual(
            self._count(["day:month"]), [(date(2026, 11, 1), 1), (date(2026, 12, 1), 1)]
        )

    def test_count_means_questions(self):
        self._questions({}, {}, {"state": "sent"})
        self.assertEqual(self._count([], aggregate="__count"), [(3,)])
        self.assertEqual(
            self.statistics._read_group([("id", "=", 0)], [], ["__count"]), [(0,)]
        )

    def test_only_what_was_sent_counts_as_sent(self):
        """Three hundred callers join one outage: one question went to somebody."""
        known = {"participant_id": self.participants[0].id}
        joined = {**known, "state": "closed", "outcome": "duplicate"}
        noticed = {**known, "state": "closed", "outcome": "joined_notice"}
        one = self._questions(known, joined, noticed, {**known, "state": "accepted"})[3]
        one.sent_at = NOW
        self.assertEqual(self._count([], aggregate="sent_share:avg"), [(25.0,)])

    def test_told_from_a_notice_counts_as_answered_at_once(self):
        """Not so who waits for its end: he has no answer yet."""
        told = {"state": "closed", "outcome": "joined_notice", "done_at": NOW}
        waits = {**told, "done_at": False}
        answered = {**told, "outcome": "answered_in_call"}
        self._questions(told, waits, answered, {})
        self.assertEqual(self._count([], aggregate="at_once_share:avg"), [(50.0,)])

    def test_appeals_are_counted_by_their_first_question_and_say_so(self):
        first = {"topic_id": self.water.id, "position": 1}
        second = {"topic_id": self.heat.id, "position": 2}
        self._questions(first, second)
        counted = dict(self._count(["topic_id"], aggregate="appeal_count:sum"))
        self.assertEqual(counted, {self.water: 1, self.heat: 0})
        field = self.statistics.fields_get(["appeal_count"])["appeal_count"]
        self.assertIn("first question", field["string"])

    def test_emptied_cells_do_not_show(self):
        question = self._questions({"topic_id": self.heat.id})
        self.env.flush_all()
        question.topic_id = self.roads
        sets = self.statistics._read_grouping_sets(
            self.own, [[], ["topic_id"]], ["question_count:sum"]
        )
        self.assertEqual(sets, [[(1,)], [(self.roads, 1)]])

    def test_section_is_the_root_of_the_topic(self):
        self._questions({}, {"topic_id": self.heat.id}, {"topic_id": self.roads.id})
        counted = dict(self._count(["section_id"]))
        self.assertEqual(counted, {self.housing: 2, self.streets: 1})
        inside = self._count(["topic_id"], [("section_id", "=", self.housing.id)])
        self.assertEqual(dict(inside), {self.water: 1, self.heat: 1})

    def test_every_table_gives_the_same_answer(self):
        source = random.Random(7)
        self._questions(*(self._random_values(source) for _index in range(60)))
        groupings = [
            ["topic_id"],
            ["participant_id"],
            ["topic_id", "participant_id"],
            ["state", "emergency"],
            ["section_id", "district_id"],
        ]
        for groupby in groupings:
            small = self.statistics._read_group([], groupby, ["question_count:sum"])
            # a filter by day that changes nothing forces the tables of days
            days = [("day", ">=", "2000-01-02")]
            big = self.statistics._read_group(days, groupby, ["question_count:sum"])
            self.assertEqual(small, big, groupby)

    def test_months_are_read_from_the_smallest_table(self):
        cases = [
            (["topic_id", "day:month"], [], "month"),
            (["topic_id"], [("day", ">=", "today =1d -11m")], "month"),
            (["topic_id"], [("day", ">=", "2026-11-02")], "topic"),
            (["topic_id"], [("participant_id", "=", 1)], "month_place"),
            (["participant_id", "state"], [], "month_work"),
            (["topic_id", "state"], [], "full"),
            (["section_id"], [], "month"),
        ]
        for groupby, domain, level in cases:
            with self.subTest(groupby=groupby, domain=domain):
                model = self.statistics._at_level(domain, groupby, ["__count"])
                table = f"gorod24_question_stat_{level} s"
                self.assertIn(table, model._table_query.code)

    def test_pivot_takes_one_query_for_figures(self):
        self._questions({}, {"topic_id": self.roads.id})
        sets = [[], ["topic_id"], ["day:month"], ["topic_id", "day:month"]]
        aggregates = ["question_count:sum"]
        self.statistics.formatted_read_grouping_sets(self.own, sets, aggregates)
        self.env.flush_all()
        self.topics.invalidate_model()
        # the figures and the names of the topics
        with self.assertQueryCount(2):
            self.statistics.formatted_read_grouping_sets(self.own, sets, aggregates)

    def test_months_are_named_in_the_nominative(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self._questions({})
        rows = self.statistics.with_context(lang="ru_RU").formatted_read_group(
            self.own, ["day:month"], ["question_count:sum"]
        )
        self.assertEqual(rows[0]["day:month"], ("2026-11-01", "Ноябрь 2026"))

    # ACTIONS

    def test_rows_lead_to_their_questions(self):
        questions = self._questions({}, {"state": "sent"}, {"topic_id": self.roads.id})
        row = self.statistics.search(
            [*self.own, ("topic_id", "=", self.roads.id)], limit=1
        )
        action = row.action_open_questions()
        found = self.env["gorod24.question"].search(action["domain"])
        self.assertEqual(found & questions, questions[2])
        # A row of a list left open meanwhile: its cell is still known.
        cell = self.statistics.with_context(gorod24_cell=row._get_cell())
        action = cell.browse(2**30).action_open_questions()
        found = self.env["gorod24.question"].search(action["domain"])
        self.assertEqual(found & questions, questions[2])

    def test_overdue_by_participant(self):
        late, fine = self._questions(
            {"state": "accepted", "execution_due": "2020-01-01"},
            {"state": "accepted", "execution_due": "2099-01-01"},
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "gorod24_report.gorod24_question_overdue_action"
        )
        found = self.env[action["res_model"]].search([("is_overdue", "=", True)])
        self.assertIn(late, found)
        self.assertNotIn(fine, found)
        self.assertIn("group_participant", action["context"])
