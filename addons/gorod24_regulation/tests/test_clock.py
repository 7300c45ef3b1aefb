# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import OWNER, START, ClockCase

# 08.12.2026 23:59:59 in Barnaul
EXECUTION = datetime(2026, 12, 8, 16, 59, 59)


@tagged("post_install", "-at_install")
class TestClock(ClockCase):
    def _start(self, kind="execution", regime=None):
        clock = self.owner._clock_start(kind, regime or self.hotline, START)
        self.hooks.clear()
        return clock

    # PREVIEW

    def test_preview_shows_what_will_be_started(self):
        preview = self.owner._clock_preview(self.hotline, START)
        for term in preview:
            clock = self.owner._clock_start(term["kind"], self.hotline, START)
            self.assertEqual(clock.target, term["target"])
            self.assertEqual(clock.explanation, term["explanation"])

    def test_preview_counts_informing_from_the_end_of_execution(self):
        terms = self.owner._clock_preview(
            self.hotline, START, kinds=("execution", "informing")
        )
        self.assertEqual(terms[1]["target"], EXECUTION + timedelta(days=1))

    def test_preview_costs_no_query_once_warm(self):
        self.owner._clock_preview(self.hotline, START)
        with self.assertQueryCount(0):
            self.owner._clock_preview(self.hotline, START)

    def test_explanation_reads_in_russian(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.env["ir.module.module"].search(
            [("name", "=", "gorod24_regulation")]
        )._update_translations("ru_RU")
        owner = self.owner.with_context(lang="ru_RU")
        terms = owner._clock_preview(self.hotline, START)
        self.assertEqual(
            terms[1]["explanation"],
            "Начало: 23.11.2026 10:15 (Барнаул)."
            " 15 календарных дней → 08.12.2026 23:59.",
        )
        self.assertEqual(terms[1]["label"], "Исполнение")
        self.assertIn("1 рабочий день", terms[0]["explanation"])

    # START

    def test_start_takes_one_insert_and_tells_each_owner_once(self):
        self.owners._clock_preview(self.hotline, START)
        self.env["ir.default"]._get_model_defaults("gorod24.clock")
        specs = [
            (owner, kind, self.hotline, START)
            for owner in self.owners
            for kind in ("acceptance", "execution")
        ]
        with self.assertQueryCount(1):
            clocks = self.env[OWNER]._clock_start_many(specs)
            self.env.flush_all()
        self.assertEqual(len(clocks), 6)
        self.assertEqual(
            [(hook[0], hook[1], hook[2]) for hook in self.hooks[-2:]],
            [
                ("changed", "acceptance", self.owners.ids),
                ("changed", "execution", self.owners.ids),
            ],
        )

    def test_regime_without_the_limit_starts_nothing(self):
        self.assertFalse(self._start(regime=self.reference))
        self.assertFalse(self.owner.clock_ids)

    def test_second_open_term_of_a_kind_is_refused(self):
        self._start()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.owner._clock_start("execution", self.hotline, START)
            self.env.flush_all()

    def test_new_control_period_after_the_first_is_stopped(self):
        first = self._start()
        self.owner._clock_stop("execution", START + timedelta(days=1))
        second = self._start()
        self.assertEqual(first.outcome, "met")
        self.assertEqual(self.owner.clock_ids, first + second)

    # STOP

    def test_stop_at_the_target_is_in_time(self):
        clock = self._start()
        self.owner._clock_stop("execution", EXECUTION)
        self.assertRecordValues(
            clock, [{"state": "stopped", "outcome": "met", "attend_at": False}]
        )

    def test_stop_after_the_target_is_late_and_can_be_excused(self):
        clock = self._start()
        self.owner._clock_stop("execution", EXECUTION + timedelta(seconds=1))
        self.assertEqual(clock.outcome, "missed")
        self.owner._clock_excuse("execution", "Flood")
        self.assertRecordValues(clock, [{"outcome": "excused", "excuse": "Flood"}])

    def test_stop_leaves_the_other_kinds(self):
        acceptance = self._start("acceptance")
        self._start()
        self.owner._clock_stop("execution")
        self.assertEqual(acceptance.state, "running")

    def test_stopping_many_takes_few_queries(self):
        self.owners._clock_start("execution", self.hotline, START)
        self.env.flush_all()
        self.env.invalidate_all()
        with freeze_time(START), self.assertQueryCount(3):
            self.owners._clock_stop("execution", START)
            self.env.flush_all()

    # PAUSE

    def test_pause_moves_the_target_by_its_length(self):
        clock = self._start()
        begin = START + timedelta(days=1)
        self.owner._clock_pause("execution", "Waiting for papers", begin)
        self.assertRecordValues(clock, [{"state": "paused", "attend_at": False}])
        self.assertEqual(clock.pause_ids.author_id, self.env.user)
        self.owner._clock_resume("execution", begin + timedelta(hours=5))
        self.assertEqual(clock.target, EXECUTION + timedelta(hours=5))
        self.assertEqual(clock.state, "running")
        self.assertIn("Pauses: 5 h 0 min", clock.explanation)
        self.assertEqual(
            [hook[:2] for hook in self.hooks], [("changed", "execution")] * 2
        )

    def test_stopping_a_paused_term_ends_the_pause(self):
        clock = self._start(regime=self.emergency)
        self.owner._clock_pause("execution", "No access", START + timedelta(hours=1))
        self.owner._clock_stop("execution", START + timedelta(days=3, hours=1))
        self.assertEqual(clock.outcome, "met")
        self.assertEqual(clock.target, START + timedelta(days=6))
        self.assertTrue(clock.pause_ids.date_to)

    def test_pausing_twice_changes_nothing(self):
        clock = self._start()
        self.owner._clock_pause("execution", "One", START)
        self.owner._clock_pause("execution", "Two", START)
        self.assertEqual(clock.pause_ids.mapped("reason"), ["One"])

    # EXTENSION

    @freeze_time("2026-12-01 05:00:00")
    def test_extension_keeps_the_old_target_on_record(self):
        clock = self._start()
        later = EXECUTION + timedelta(days=10)
        self.owner._clock_extend("execution", later, "Needs an expert", "2026-12-02")
        self.assertEqual(clock.target, later)
        self.assertEqual(clock.extension_ids.old_target, EXECUTION)
        self.assertIn("Extended to", clock.explanation)

    @freeze_time("2026-12-01 05:00:00")
    def test_pause_after_an_extension_prolongs_the_extended_term(self):
        clock = self._start()
        later = EXECUTION + timedelta(days=10)
        self.owner._clock_extend("execution", later, "Needs an expert")
        begin = datetime(2026, 12, 2)
        self.owner._clock_pause("execution", "Frost", begin)
        self.owner._clock_resume("execution", begin + timedelta(days=2))
        self.assertEqual(clock.target, later + timedelta(days=2))

    def test_extension_to_an_earlier_moment_is_refused(self):
        self._start()
        with self.assertRaises(UserError):
            self.owner._clock_extend("execution", EXECUTION, "No change")

    # OTHER REGIME

    def test_rederived_term_keeps_its_start_and_pauses(self):
        clock = self._start()
        self.owner._clock_pause("execution", "Waiting", START + timedelta(hours=1))
        self.owner._clock_resume("execution", START + timedelta(hours=3))
        self.owner._clock_rederive("execution", self.emergency)
        self.assertEqual(clock.start, START)
        self.assertEqual(clock.target, START + timedelta(days=3, hours=2))
        self.assertEqual(clock.regime_id, self.emergency)

    @freeze_time(START)
    def test_rederiving_to_a_regime_without_the_limit_excuses(self):
        clock = self._start()
        self.owner._clock_rederive("execution", self.reference)
        self.assertRecordValues(clock, [{"state": "stopped", "outcome": "excused"}])

    def test_stopped_term_is_never_counted_anew(self):
        clock = self._start()
        self.owner._clock_stop("execution", START)
        self.owner._clock_rederive("execution", self.emergency)
        self.assertEqual(clock.target, EXECUTION)

    # OTHER

    def test_clocks_go_with_their_owner(self):
        clock = self._start()
        self.owner.unlink()
        self.assertFalse(clock.exists())

    def test_overdue_is_found(self):
        clock = self._start()
        with freeze_time(EXECUTION + timedelta(seconds=1)):
            self.assertTrue(clock.is_overdue)
            domain = [("is_overdue", "=", True), ("id", "=", clock.id)]
            self.assertEqual(self.env["gorod24.clock"].search(domain), clock)
            domain = [("is_overdue", "=", False), ("id", "=", clock.id)]
            self.assertFalse(self.env["gorod24.clock"].search(domain))
