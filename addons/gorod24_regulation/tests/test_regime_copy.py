# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .common import OWNER, START, ClockCase, RegulationCase

CURATOR = "gorod24_regulation.group_regulation_curator"


@tagged("post_install", "-at_install")
class TestRegimeCopy(RegulationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.curator = new_test_user(cls.env, "regime_curator", CURATOR)
        cls.original = cls._regime(
            "T-LAW",
            {
                "kind": "execution",
                "base": "calendar_days",
                "amount": 30,
                "extension_days": 30,
                "legal_basis": "Статья 12",
            },
            {
                "kind": "acceptance",
                "base": "minutes",
                "amount": 5,
                "valid_to": "2020-01-01",
            },
            is_shipped=True,
            legal_basis="Закон",
        )
        cls.env["gorod24.escalation.step"].create(
            {"regime_id": cls.original.id, "moment": "breach", "role": "head"}
        )
        cls.mine = cls.original.with_user(cls.curator)

    def _copy(self):
        action = self.mine.action_make_copy()
        return self.env["gorod24.regime"].browse(action["res_id"])

    def test_an_original_is_not_edited(self):
        for change in (
            lambda: self.mine.write({"name": "Моё"}),
            lambda: self.mine.rule_ids[0].write({"amount": 40}),
            lambda: self.mine.rule_ids[0].unlink(),
            lambda: self.mine.rule_ids.create(
                {"regime_id": self.mine.id, "kind": "informing", "amount": 1}
            ),
            lambda: self.mine.unlink(),
        ):
            with self.assertRaisesRegex(UserError, "is an original"):
                change()

    def test_a_limit_of_a_copy_does_not_come_into_an_original(self):
        rule = self._copy().rule_ids.with_user(self.curator)
        with self.assertRaisesRegex(UserError, "is an original"):
            rule.write({"regime_id": self.original.id, "kind": "informing"})

    def test_an_original_may_be_put_aside(self):
        self.mine.active = False
        self.assertFalse(self.original.active)

    def test_a_copy_holds_the_limits_in_force_and_says_whose_it_is(self):
        copy = self._copy()
        self.assertRecordValues(
            copy,
            [
                {
                    "code": "T-LAW-1",
                    "origin_id": self.original.id,
                    "author_id": self.curator.id,
                    "legal_basis": "Закон",
                    "is_shipped": False,
                }
            ],
        )
        self.assertRecordValues(
            copy.rule_ids,
            [{"amount": 30, "extension_days": 30, "legal_basis": "Статья 12"}],
        )

    def test_a_copy_keeps_the_ladder(self):
        steps = self.env["gorod24.escalation.step"].search(
            [("regime_id", "=", self._copy().id)]
        )
        self.assertEqual(steps.mapped("role"), ["head"])

    def test_a_copy_is_edited_and_copied_again(self):
        copy = self._copy().with_user(self.curator)
        copy.rule_ids.amount = 15
        self.assertEqual(copy.rule_ids.amount, 15)
        self.assertEqual(self.original.rule_ids.mapped("amount")[0], 30)
        again = self.env["gorod24.regime"].browse(copy.action_make_copy()["res_id"])
        self.assertEqual(again.code, "T-LAW-2")

    def test_nothing_to_copy_where_nothing_is_counted(self):
        with self.assertRaisesRegex(UserError, "nothing to change"):
            self.reference.with_user(self.curator).action_make_copy()


@tagged("post_install", "-at_install")
class TestExtensionLimit(ClockCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.law = cls._regime(
            "T-R59",
            {
                "kind": "execution",
                "base": "calendar_days",
                "amount": 30,
                "extension_days": 30,
                "extension_notice": True,
            },
            {"kind": "acceptance", "base": "working_days", "amount": 1},
        )
        cls.clock = cls.owner._clock_start("execution", cls.law, START)
        cls.end = cls.clock.target

    def _extend(self, days, notice="2026-11-24"):
        later = self.clock.target + timedelta(days=days)
        with freeze_time(START):
            self.owner._clock_extend("execution", later, "Запрос документов", notice)

    def test_thirty_days_and_no_more(self):
        with self.assertRaisesRegex(UserError, "by 30 days at most"):
            self._extend(31)
        self._extend(30)
        self.assertEqual(self.clock.target, self.end + timedelta(days=30))

    def test_small_extensions_do_not_add_up_to_more(self):
        self._extend(20)
        with self.assertRaises(UserError):
            self._extend(11)
        self.assertEqual(self.clock.target, self.end + timedelta(days=20))

    def test_no_extension_without_notice(self):
        with self.assertRaisesRegex(UserError, "only with notice"):
            self._extend(10, notice=False)

    def test_a_term_without_extension_stays(self):
        self.owner._clock_start("acceptance", self.law, START)
        with freeze_time(START), self.assertRaisesRegex(UserError, "does not let"):
            self.owner._clock_extend("acceptance", START + timedelta(days=9), "Ждём")


@tagged("post_install", "-at_install")
class TestClockHistory(ClockCase):
    def test_deriving_twice_is_deriving_once(self):
        clock = self.owner._clock_start("execution", self.hotline, START)
        self.owner._clock_pause("execution", "Ждём", START + timedelta(hours=1))
        self.owner._clock_resume("execution", START + timedelta(hours=4))
        first = clock.target, clock.warn_at, clock.steps
        self.owner._clock_rederive("execution", self.emergency)
        once = clock.target, clock.warn_at, clock.steps
        self.owner._clock_rederive("execution", self.emergency)
        self.assertEqual((clock.target, clock.warn_at, clock.steps), once)
        self.owner._clock_rederive("execution", self.hotline)
        self.assertEqual((clock.target, clock.warn_at, clock.steps), first)

    @freeze_time(START)
    def test_a_running_miss_that_is_excused_ends_excused(self):
        clock = self.owner._clock_start("execution", self.hotline, START)
        self.owner._clock_excuse("execution", "Паводок")
        self.assertFalse(clock.excuse)
        clock.write({"target": datetime(2020, 1, 1)})
        self.owner._clock_excuse("execution", "Паводок")
        self.assertRecordValues(
            clock, [{"excuse": "Паводок", "attend_at": False, "is_overdue": False}]
        )
        self.assertEqual(clock.excused_by_id, self.env.user)
        self.owner._clock_stop("execution")
        self.assertEqual(clock.outcome, "excused")

    def test_pauses_never_lie_over_each_other(self):
        clock = self.owner._clock_start("execution", self.emergency, START)
        hour = timedelta(hours=1)
        self.owner._clock_pause("execution", "Раз", START + hour)
        self.owner._clock_resume("execution", START + 3 * hour)
        self.owner._clock_pause("execution", "Два", START + 2 * hour)
        self.owner._clock_resume("execution", START + 4 * hour)
        self.assertEqual(clock.target, START + 75 * hour)

    def test_execution_counted_from_the_acceptance_is_shown_so(self):
        regime = self._regime(
            "T-CHAIN",
            {"kind": "acceptance", "base": "minutes", "amount": 30},
            {"kind": "planned_time", "base": "minutes", "amount": 45},
            {
                "kind": "execution",
                "base": "minutes",
                "amount": 60,
                "start_from": "previous",
            },
        )
        terms = self.env[OWNER]._clock_preview(regime, START)
        ends = {term["kind"]: term["target"] - START for term in terms}
        self.assertEqual(ends["execution"], timedelta(minutes=90))
