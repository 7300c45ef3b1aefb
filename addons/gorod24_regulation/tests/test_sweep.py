# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import SUPERUSER_ID, api
from odoo.fields import Domain
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.gorod24_regulation.models.clock_sweep import BUSY, FAULTY

from .common import START, ClockCase

SWEEP = "odoo.addons.gorod24_regulation.models.clock_sweep"


@tagged("post_install", "-at_install")
class TestSweep(ClockCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # the customer's own clocks must not disturb
        cls.env["gorod24.clock"].search([("attend_at", "!=", False)]).write(
            {"attend_at": False}
        )
        # 80% of three days is 57 h 36 min
        cls.clocks = cls.owners._clock_start("execution", cls.emergency, START)
        cls.hooks.clear()

    def _sweep(self, moment):
        clocks = self.env["gorod24.clock"]
        self.hooks.clear()
        with freeze_time(moment):
            return clocks._sweep_batch(clocks._sweep_domain(moment))

    def test_nothing_is_due_before_the_warning(self):
        self.assertFalse(self._sweep(START + timedelta(hours=57)))

    def test_warning_comes_once(self):
        moment = START + timedelta(hours=58)
        self._sweep(moment)
        self.assertEqual(
            self.hooks, [("warned", None, self.owners.ids, self.clocks.ids)]
        )
        self.assertFalse(self._sweep(moment))
        self.assertEqual(self.clocks.mapped("warned"), [True] * 3)

    def test_missed_comes_once_after_the_warning(self):
        self._sweep(START + timedelta(hours=58))
        self._sweep(START + timedelta(hours=73))
        self.assertEqual(
            self.hooks, [("missed", None, self.owners.ids, self.clocks.ids)]
        )
        self.assertFalse(self._sweep(START + timedelta(hours=74)))

    def test_long_overdue_term_is_not_warned_about_first(self):
        self._sweep(START + timedelta(days=30))
        self.assertEqual([hook[0] for hook in self.hooks], ["missed"])

    def test_paused_and_stopped_terms_are_left_alone(self):
        self.owners[0]._clock_pause("execution", "Waiting", START)
        self.owners[1]._clock_stop("execution", START)
        self._sweep(START + timedelta(days=30))
        self.assertEqual(self.hooks[0][2], self.owners[2].ids)

    def test_extended_term_is_warned_about_anew(self):
        self._sweep(START + timedelta(hours=60))
        self.assertTrue(self.clocks[0].warned)
        with freeze_time(START + timedelta(hours=61)):
            self.owner._clock_extend(
                "execution", START + timedelta(days=10), "More work"
            )
        self.assertFalse(self.clocks[0].warned)
        self.assertEqual(self.clocks[0].attend_at, self.clocks[0].warn_at)

    def test_faulty_hook_does_not_stop_the_others(self):
        self.owners[1].name = "faulty"
        moment = START + timedelta(days=30)
        with mute_logger(SWEEP):
            self._sweep(moment)
        told = [hook[2] for hook in self.hooks]
        self.assertEqual(told, [self.owners[0].ids, self.owners[2].ids])
        self.assertEqual(self.clocks[1].attend_at, moment + timedelta(minutes=15))
        self.owners[1].name = "mended"
        self._sweep(moment + timedelta(minutes=16))
        self.assertEqual(self.hooks[0][2], self.owners[1].ids)

    def test_whoever_meets_another_writer_comes_back_with_the_next_sweep(self):
        """A citizen's overdue accident is told of a minute later, not a quarter."""
        self.owners[1].name = "busy"
        moment = START + timedelta(days=30)
        self._sweep(moment)
        told = [hook[2] for hook in self.hooks]
        self.assertEqual(told, [self.owners[0].ids, self.owners[2].ids])
        self.assertLess(self.clocks[1].attend_at, moment + timedelta(minutes=1))
        self.assertFalse(self._sweep(moment), "the same run has the same snapshot")
        self.owners[1].name = "free"
        self._sweep(moment + timedelta(minutes=1))
        self.assertEqual(self.hooks[0][2], self.owners[1].ids)

    def test_clocks_of_vanished_records_are_cleared(self):
        self.env.flush_all()
        self.env.cr.execute(
            "DELETE FROM gorod24_test_clock_owner WHERE id = %s", [self.owner.id]
        )
        self.env.invalidate_all()
        self._sweep(START + timedelta(days=30))
        self.assertFalse(self.clocks[0].exists())
        self.assertEqual(self.hooks[0][2], self.owners[1:].ids)

    def test_search_uses_its_index(self):
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        self.env.cr.execute(
            "EXPLAIN SELECT id FROM gorod24_clock WHERE attend_at <= %s"
            " ORDER BY attend_at, id LIMIT 500",
            [datetime(2026, 11, 23)],
        )
        plan = " ".join(line for (line,) in self.env.cr.fetchall())
        self.assertIn("gorod24_clock_attend_idx", plan)

    def test_job_works_batch_by_batch(self):
        cron = self.env.ref("gorod24_regulation.ir_cron_sweep")
        now = datetime.now()
        past = now - timedelta(days=60)
        self.clocks.write({"target": past, "warn_at": past, "attend_at": past})
        self.hooks.clear()
        with patch(f"{SWEEP}.BATCH", 2), self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertEqual([len(hook[2]) for hook in self.hooks], [2, 1])

    def test_a_term_on_the_ladder_is_missed_once(self):
        steps = self.env["gorod24.escalation.step"]
        steps.create({"moment": "after", "delay": 60, "role": "head"})
        self._sweep(START + timedelta(hours=72))
        self.assertEqual([hook[0] for hook in self.hooks], ["missed"])
        self._sweep(START + timedelta(hours=74))
        self.assertEqual([hook[0] for hook in self.hooks], ["escalated"])

    def test_a_general_fault_is_not_tried_on_every_term(self):
        tried = []

        def attempt(clocks):
            tried.append(clocks)
            return FAULTY

        ids = list(range(1, 2001))
        with patch(f"{SWEEP}._FAULTS", 3):
            failed = self.env["gorod24.clock"].browse(ids)._try_pieces(attempt)
        self.assertEqual(sorted(failed[FAULTY].ids), ids)
        self.assertLess(len(tried), 50)

    def test_a_batch_takes_few_statements(self):
        self._sweep(START + timedelta(hours=58))
        with self.assertQueryCount(8):
            self._sweep(START + timedelta(hours=73))
            self.env.flush_all()


@tagged("post_install", "-at_install")
class TestSweepsTogether(TransactionCase):
    """Two sweeps at once and one that dies: real transactions, cleaned up after."""

    MODEL = "gorod24.test.nobody"
    PAST = datetime(2020, 1, 1)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.addClassCleanup(cls._clean)
        with cls.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            regime = env["gorod24.regime"]._by_code("HOT")
            env["gorod24.clock"].create(
                [
                    {
                        "res_model": cls.MODEL,
                        "res_id": number,
                        "kind": "execution",
                        "regime_id": regime.id,
                        "rule_id": regime.rule_ids[0].id,
                        "start": cls.PAST,
                        "target": cls.PAST,
                        "attend_at": cls.PAST,
                    }
                    for number in range(1, 5)
                ]
            )

    @classmethod
    def _clean(cls):
        with cls.registry.cursor() as cr:
            cr.execute("DELETE FROM gorod24_clock WHERE res_model = %s", [cls.MODEL])

    def _take(self, cr):
        clocks = api.Environment(cr, SUPERUSER_ID, {})["gorod24.clock"]
        return clocks._take_due(Domain("res_model", "=", self.MODEL))

    def test_what_one_sweep_holds_the_other_passes_over(self):
        with self.registry.cursor() as one, self.registry.cursor() as two:
            with patch(f"{SWEEP}.BATCH", 3):
                first = self._take(one)
            second = self._take(two)
            self.assertEqual((len(first), len(second)), (3, 1))
            self.assertFalse(set(first.ids) & set(second.ids))

    def test_a_row_another_transaction_writes_is_no_fault_of_the_hook(self):
        """Two real transactions: PostgreSQL itself refuses the second writer."""
        with self.registry.cursor() as mine, self.registry.cursor() as other:
            clocks = self._take(mine)
            write = SQL(
                "UPDATE res_company SET write_date = write_date WHERE id = %s",
                self.env.company.id,
            )
            other.execute(write)
            other.commit()
            fault = clocks._try(lambda: clocks.env.cr.execute(write), "a test")
            self.assertEqual(fault, BUSY)
            # the transaction goes on: the others' letters are written in it
            self.assertEqual(clocks._try(lambda: clocks.mapped("kind"), "more"), "")
            mine.rollback()

    def test_what_a_dead_sweep_had_taken_comes_again(self):
        with self.registry.cursor() as dying:
            taken = self._take(dying)
            taken._mark_attended(self.PAST)
            dying.rollback()
        with self.registry.cursor() as after:
            self.assertEqual(self._take(after).ids, taken.ids)
            self.assertEqual(set(self._take(after).mapped("escalated")), {False})
