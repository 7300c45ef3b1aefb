# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date, datetime
from unittest.mock import patch

from odoo import fields
from odoo.tests import new_test_user, tagged
from odoo.tests.common import TransactionCase


@tagged("post_install", "-at_install")
class TestCallStat(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("gorod24.timezone", "Asia/Barnaul")
        cls.statistics = cls.env["gorod24.call.stat"]
        # a year that nobody else uses
        cls.own = [("day", ">=", "1999-01-01"), ("day", "<", "2000-01-01")]

    def _call(self, *moment, **vals):
        return self.env["gorod24.call"].create(
            {
                "direction": "in",
                "state": "ended",
                "result": "answered",
                "started_at": datetime(1999, *moment),
                **vals,
            }
        )

    def _read(self, groupby, *aggregates):
        aggregates = list(aggregates or ["call_count:sum"])
        return self.statistics._read_group(self.own, groupby, aggregates)

    def test_hours_are_those_of_the_service_zone(self):
        self._call(3, 1, 1, 30)
        self._call(3, 1, 1, 59)
        # 18:30 UTC is the next day there, and the next year
        self._call(12, 31, 16, 30)
        self._call(12, 31, 18, 30)
        hours = self._read(["hour"])
        self.assertEqual(sum(number for _hour, number in hours), 3)
        local = self.env["gorod24.clock"]._to_local(datetime(1999, 3, 1, 1, 30))
        self.assertIn((local.hour, 2), hours)

    def test_state_of_a_call_moves_its_count(self):
        call = self._call(6, 1, 5, 0, state="ringing", result=False)
        self.assertEqual(self._read(["result"]), [(False, 1)])
        call.write({"state": "ended", "result": "missed"})
        self.assertEqual(self._read(["result"]), [("missed", 1)])
        call.unlink()
        self.assertEqual(self._read(["result"]), [])

    def test_averages_are_over_calls_not_over_rows(self):
        self._call(6, 1, 5, 0, wait_seconds=10, talk_seconds=100)
        self._call(6, 1, 5, 1, wait_seconds=20, talk_seconds=200)
        self._call(6, 2, 5, 2, wait_seconds=60, result="missed")
        rows = self._read([], "call_count:sum", "wait_average:avg", "talk_average:avg")
        self.assertEqual(rows, [(3, 30.0, 150.0)])
        by_result = self._read(["result"], "wait_average:avg", "talk_average:avg")
        self.assertEqual(
            by_result, [("answered", 15.0, 150.0), ("missed", 60.0, False)]
        )

    def test_averages_of_rows(self):
        self._call(6, 1, 5, 0, wait_seconds=10, talk_seconds=100)
        self._call(6, 1, 5, 1, wait_seconds=20, talk_seconds=300)
        row = self.statistics.search(self.own)
        self.assertEqual(
            (row.day, row.call_count, row.wait_average, row.talk_average),
            (date(1999, 6, 1), 2, 15.0, 200.0),
        )

    def test_hours_and_months_are_read_from_small_tables(self):
        for groupby, level in (
            (["hour"], "month"),
            (["hour", "day:day"], "hour"),
            (["user_id", "day:month"], "month_full"),
            (["user_id", "day:week"], "full"),
        ):
            with self.subTest(groupby=groupby):
                model = self.statistics._at_level([], groupby, ["call_count:sum"])
                self.assertIn(f"gorod24_call_stat_{level} s", model._table_query.code)

    def test_service_level_and_abandoned(self):
        self._call(6, 1, 5, 0, wait_seconds=10)
        self._call(6, 1, 5, 1, wait_seconds=30)
        self._call(6, 1, 5, 2, wait_seconds=5, result="missed")
        self._call(6, 1, 5, 3, wait_seconds=1, result="missed")
        self._call(6, 1, 5, 4, direction="out")
        read = ("offered_count:sum", "abandoned_count:sum", "service_level:avg")
        self.assertEqual(self._read([], *read), [(4, 2, 25.0)])
        self.env["ir.config_parameter"].set_param(
            "gorod24_telephony.service_level_seconds", "30"
        )
        self.assertEqual(self._read([], *read), [(4, 2, 50.0)])

    def test_calls_outside_the_hours_are_told_apart(self):
        settings = self.env["ir.config_parameter"]
        settings.set_param("gorod24.hours_round_the_clock", "")
        self._call(6, 1, 5, 0)
        self._call(6, 1, 19, 0)
        self._call(6, 1, 20, 0, result="missed")
        rows = dict(self._read(["out_of_hours"], "call_count:sum"))
        self.assertEqual(rows, {False: 1, True: 2})

    def test_lines_and_days_of_the_week(self):
        # 1 March 1999 was a Monday.
        self._call(3, 1, 5, 0, queue="Линия 1")
        self._call(3, 8, 5, 0, queue="Линия 1")
        self._call(3, 2, 5, 0, queue="Линия 2", work_seconds=40)
        self.assertEqual(self._read(["weekday"]), [("1", 2), ("2", 1)])
        rows = self._read(["queue"], "call_count:sum", "work_average:avg")
        self.assertEqual(rows, [("Линия 1", 2, 0.0), ("Линия 2", 1, 40.0)])

    def test_telephones_of_operators(self):
        user = self.env.user
        call = self._call(6, 1, 5, 0)
        begin = datetime(1999, 6, 1, 5, 0)
        legs = [
            {"answered_at": begin, "ended_at": datetime(1999, 6, 1, 5, 2)},
            {"end_reason": "no_answer", "ended_at": begin},
            {
                "answered_at": begin,
                "ended_at": begin,
                "end_reason": "transferred",
            },
        ]
        self.env["gorod24.call.leg"].create(
            [
                dict(
                    leg,
                    call_id=call.id,
                    key=f"t#{number}",
                    user_id=user.id,
                    started_at=begin,
                    state="ended",
                )
                for number, leg in enumerate(legs)
            ]
        )
        rows = self.env["gorod24.operator.stat"]._read_group(
            self.own,
            ["user_id"],
            [
                "leg_count:sum",
                "answered_count:sum",
                "unanswered_count:sum",
                "transferred_count:sum",
                "talk_average:avg",
            ],
        )
        self.assertEqual(rows, [(user, 3, 2, 1, 1, 60.0)])

    def test_operator_who_only_advised_is_in_the_statistics(self):
        begin = datetime(1999, 6, 1, 5, 0)
        user = new_test_user(self.env, "adviser", groups="base.group_user")
        self.env["gorod24.call.leg"].create(
            {
                "call_id": self._call(6, 1, 5, 0).id,
                "key": "t#advice",
                "user_id": user.id,
                "started_at": begin,
                "answered_at": begin,
                "ended_at": datetime(1999, 6, 1, 5, 2),
                "state": "ended",
                "consult": True,
            }
        )
        found = self.env["gorod24.operator.stat"]
        rows = found._read_group(
            [*self.own, ("user_id", "=", user.id)], ["user_id"], ["consult_count:sum"]
        )
        self.assertEqual(rows, [(user, 1)])
        shown, total = found._read_grouping_sets(
            [*self.own, ("user_id", "=", user.id)],
            [["user_id"], []],
            ["consult_count:sum"],
        )
        self.assertEqual((shown, total), ([(user, 1)], [(1,)]))

    def test_citizens_who_were_not_reached_are_no_unanswered_rings(self):
        """An operator who rings back forty citizens answered all that rang at his."""
        begin = datetime(1999, 6, 1, 5, 0)
        call = self._call(6, 1, 5, 0)
        legs = [
            {"direction": "in", "answered_at": begin},
            {"direction": "in", "end_reason": "no_answer"},
            {"direction": "in", "end_reason": "no_answer", "consult": True},
            {"direction": "out", "end_reason": "no_answer"},
            {"direction": "out", "answered_at": begin},
        ]
        self.env["gorod24.call.leg"].create(
            [
                dict(
                    leg,
                    call_id=call.id,
                    key=f"t#{number}",
                    user_id=self.env.uid,
                    started_at=begin,
                    ended_at=datetime(1999, 6, 1, 5, 1),
                    state="ended",
                )
                for number, leg in enumerate(legs)
            ]
        )
        rows = self.env["gorod24.operator.stat"]._read_group(
            self.own,
            aggregates=[
                "leg_count:sum",
                "answered_count:sum",
                "unanswered_count:sum",
                "outgoing_count:sum",
                "consult_count:sum",
                "talk_average:avg",
            ],
        )
        self.assertEqual(rows, [(2, 1, 1, 2, 1, 60.0)])

    def test_hold_is_no_talk_in_either_form(self):
        """F9 and F11 are printed together: one talk has one length."""
        begin = datetime(1999, 6, 1, 5, 0)
        call = self._call(6, 1, 5, 0, talk_seconds=120, hold_seconds=60)
        self.env["gorod24.call.leg"].create(
            {
                "call_id": call.id,
                "key": "t#1",
                "direction": "in",
                "user_id": self.env.uid,
                "started_at": begin,
                "answered_at": begin,
                "ended_at": datetime(1999, 6, 1, 5, 3),
                "hold_seconds": 60,
                "state": "ended",
            }
        )
        names = ["talk_seconds:sum", "talk_average:avg"]
        for model in ("gorod24.call.stat", "gorod24.operator.stat"):
            rows = self.env[model]._read_group(self.own, aggregates=names)
            self.assertEqual(rows, [(120, 120.0)], model)
        call.leg_ids.hold_seconds = 30
        rows = self.env["gorod24.operator.stat"]._read_group(self.own, [], names)
        self.assertEqual(rows, [(150, 150.0)])

    def test_wall_and_form_mean_the_same_by_average_waiting(self):
        """Who gave up has waited, too."""
        now = fields.Datetime.now().replace(microsecond=0)
        for wait, result in ((10, "answered"), (11, "answered"), (100, "missed")):
            self._call(1, 1, started_at=now, wait_seconds=wait, result=result)
        today = self.env["gorod24.clock"]._to_local(now).date()
        domain = [("day", "=", today), ("direction", "=", "in")]
        domain.append(("result", "!=", False))
        ((form,),) = self.statistics._read_group(domain, [], ["wait_average:avg"])
        manager = new_test_user(
            self.env, "wall_manager", groups="gorod24_appeals.group_manager"
        )
        wall = self.env["gorod24.wallboard"].with_user(manager).snapshot()
        self.assertEqual(wall["today"]["wait"], int(form + 0.5))

    def test_new_service_level_waits_for_a_compaction_at_work(self):
        """It was lost without a word: the sums kept the threshold of before."""
        taken = []
        storage = type(self.statistics)
        lock = storage._lock_storage

        def busy(model, wait=False):
            taken.append(wait)
            return lock(model, wait) and wait

        self._call(6, 1, 5, 0, wait_seconds=30)
        with patch.object(storage, "_lock_storage", busy):
            self.env["ir.config_parameter"].set_param(
                "gorod24_telephony.service_level_seconds", "30"
            )
        self.assertTrue(taken and all(taken))
        self.assertEqual(self._read([], "service_level:avg"), [(100.0,)])

    def test_graph_of_hours(self):
        self._call(6, 1, 5, 0)
        groups = self.statistics.formatted_read_group(
            self.own, ["hour", "result"], ["call_count:sum", "__count"]
        )
        self.assertEqual(groups[0]["call_count:sum"], 1)
        self.assertEqual(groups[0]["__count"], 1)

    def test_call_given_up_in_the_queue_belongs_to_its_line(self):
        line = self.env["gorod24.call.line"].create(
            {"name": "Hotline", "numbers": "96024, 977*"}
        )
        self._call(
            *(6, 1, 5, 2),
            wait_seconds=5,
            dialed_number="96024",
            line=self.env["gorod24.call.line"]._name_of("in", "96024"),
            queue="General",
        )
        self._call(
            *(6, 1, 5, 3),
            result="missed",
            wait_seconds=90,
            dialed_number="97701",
            line=self.env["gorod24.call.line"]._name_of("in", "97701"),
        )
        level = self._read(["line"], "offered_count:sum", "service_level:avg")
        self.assertEqual(level, [("Hotline", 2, 50.0)])
        by_queue = self._read(["queue"], "offered_count:sum")
        self.assertEqual(set(by_queue), {("General", 1), (False, 1)})
        line.name = "City line"
        self.assertEqual(self._read(["line"]), [("City line", 2)])
        line.numbers = "96024"
        self.assertEqual(set(self._read(["line"])), {("City line", 1), ("97701", 1)})
