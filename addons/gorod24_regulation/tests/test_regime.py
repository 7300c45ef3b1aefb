# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date, timedelta

from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tests.common import TransactionCase
from odoo.tools import mute_logger

from .common import START, ClockCase, RegulationCase


@tagged("post_install", "-at_install")
class TestShippedRegimes(TransactionCase):
    def test_codes_of_the_contract_exist(self):
        for code in (
            "INFO",
            "NAV",
            "HOT",
            "EMRG",
            "EMRG-SEWER",
            "EMRG-CHUTE",
            "EMRG-CITY",
            "R59",
            "R59-ORAL",
            "POS",
            "SVC210",
            "SVC210-5",
        ):
            self.assertEqual(self.env["gorod24.regime"]._by_code(code).code, code)

    def test_every_limit_names_its_legal_basis(self):
        module = [("module", "=", "gorod24_regulation")]
        shipped = self.env["ir.model.data"].search(
            module + [("model", "=", "gorod24.regime.rule")]
        )
        rules = self.env["gorod24.regime.rule"].browse(shipped.mapped("res_id"))
        self.assertTrue(rules)
        self.assertTrue(all(rules.mapped("legal_basis")))
        self.assertTrue(all(rules.regime_id.mapped("legal_basis")))

    def test_reference_questions_have_no_limits(self):
        terms = self.env["gorod24.clock.mixin"]._clock_preview("INFO", START)
        self.assertEqual(terms, [])

    def test_the_hotline_decides_in_twenty_days_extension_and_all(self):
        """What the service promises is 15 to 20 days instead of 30."""
        rule = self.env.ref("gorod24_regulation.rule_hot_execution")
        self.assertEqual((rule.base, rule.amount), ("calendar_days", 15))
        self.assertEqual(rule.amount + rule.extension_days, 20)

    def test_emergency_is_localised_in_half_an_hour(self):
        terms = self.env["gorod24.clock.mixin"]._clock_preview(
            "HOT", START, emergency=True
        )
        due = {term["kind"]: term["target"] - START for term in terms}
        self.assertEqual(due["acceptance"], timedelta(minutes=10))
        self.assertEqual(due["localisation"], timedelta(minutes=30))
        self.assertEqual(due["planned_time"], timedelta(minutes=30))
        self.assertEqual(due["execution"], timedelta(days=3))


@tagged("post_install", "-at_install")
class TestRegime(RegulationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rules = cls.env["gorod24.regime.rule"]

    def test_code_is_unique(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self._regime("T-HOT")

    def test_unknown_code_is_named(self):
        with self.assertRaisesRegex(UserError, "NOPE"):
            self.env["gorod24.clock.mixin"]._clock_preview("NOPE", START)

    def test_archived_regime_is_still_found(self):
        self.hotline.active = False
        self.assertEqual(self.env["gorod24.regime"]._by_code("T-HOT"), self.hotline)

    def test_rule_in_force_on_the_day_of_the_start_wins(self):
        rule = self.hotline.rule_ids.filtered(lambda r: r.kind == "execution")
        rule.valid_to = "2026-12-31"
        self.rules.create(
            {
                "regime_id": self.hotline.id,
                "kind": "execution",
                "amount": 10,
                "valid_from": "2027-01-01",
            }
        )
        find = self.hotline._rule_for
        self.assertEqual(find("execution", date(2026, 12, 31)).amount, 15)
        self.assertEqual(find("execution", date(2027, 1, 1)).amount, 10)

    def test_two_limits_of_a_kind_on_one_day_are_refused(self):
        with self.assertRaises(ValidationError):
            self.rules.create(
                {
                    "regime_id": self.hotline.id,
                    "kind": "execution",
                    "amount": 10,
                    "valid_from": "2027-01-01",
                }
            )

    def test_changed_amount_counts_at_once(self):
        find = self.hotline._rule_for
        self.assertEqual(find("execution", START.date()).amount, 15)
        rule = self.hotline.rule_ids.filtered(lambda r: r.kind == "execution")
        rule.amount = 20
        self.assertEqual(find("execution", START.date()).amount, 20)

    def test_window_must_begin_before_it_ends(self):
        for window in ((23, 8), (0, 25), (9, 0)):
            with (
                self.subTest(window=window),
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.env.cr.savepoint(),
            ):
                rule = {"kind": "acceptance", "base": "minutes", "amount": 1}
                keys = ("window_from", "window_to")
                rule.update(zip(keys, window, strict=True))
                self._regime(f"T-{window}", rule)

    def test_emergency_regime_replaces_an_ordinary_one_only(self):
        self.assertEqual(self.hotline._for_emergency(), self.emergency)
        second = self._regime("T-EMRG2", is_emergency=True, sequence=99)
        self.assertEqual(second._for_emergency(), second)

    def test_wrong_time_zone_is_explained(self):
        parameters = self.env["ir.config_parameter"]
        # Statistics, if installed, refuse the setting at once; else its first use.
        with self.assertRaisesRegex(UserError, "gorod24.timezone"):
            parameters.set_param("gorod24.timezone", "Asia/Barnaull")
            self.env["gorod24.clock.mixin"]._clock_preview(self.hotline, START)


@tagged("post_install", "-at_install")
class TestUsedRegime(ClockCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clock = cls.owner._clock_start("execution", cls.hotline, START)
        cls.rule = cls.clock.rule_id

    def test_used_limit_is_frozen(self):
        with self.assertRaises(UserError):
            self.rule.amount = 20
        with self.assertRaises(UserError):
            self.rule.unlink()
        self.rule.write({"valid_to": "2026-12-31", "legal_basis": "new wording"})
        self.rule.write({"amount": 15, "warning_share": 0.9})

    def test_used_regime_is_archived_not_deleted(self):
        with self.assertRaises(UserError):
            self.hotline.unlink()
        self.hotline.action_archive()


@tagged("post_install", "-at_install")
class TestTolerated(RegulationCase):
    """Tolerated interruptions: a limit for each utility service and case."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        common = {"kind": "restoration", "base": "minutes"}
        cls.outage = cls._regime(
            "T-354",
            {**common, "service": "gas", "amount": 240},
            {**common, "service": "electricity", "amount": 1440, "sequence": 10},
            {
                **common,
                "service": "electricity",
                "condition": "Два источника",
                "amount": 120,
                "sequence": 20,
            },
        )

    def _amount(self, **case):
        rule = self.outage._rule_for("restoration", START.date(), **case)
        return rule and rule.amount

    def test_each_service_has_its_own_limit(self):
        self.assertEqual(self._amount(service="gas"), 240)
        self.assertEqual(self._amount(service="electricity"), 1440)
        self.assertIsNone(self._amount(service="heating"))
        self.assertIsNone(self._amount())
        two = self.outage.rule_ids.filtered("condition")
        self.assertEqual(self._amount(service="electricity", preferred=two.id), 120)

    def test_two_limits_of_one_case_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "in force at the same time"):
            self.outage.rule_ids[0].copy()

    def test_a_limit_to_restore_names_its_service_and_no_other_does(self):
        for values in ({"service": False}, {"kind": "execution"}):
            with (
                self.assertRaises(CheckViolation),
                mute_logger("odoo.sql_db"),
                self.cr.savepoint(),
            ):
                self.outage.rule_ids[0].write(values)
                self.env.flush_all()

    def test_the_shipped_table_is_complete(self):
        """Domain sheet, section 4: six services, the limits at once in hours."""
        regime = self.env.ref("gorod24_regulation.regime_outage")
        hours = {}
        for rule in regime.rule_ids.sorted("sequence"):
            hours.setdefault(rule.service, []).append(rule.amount_hours)
            self.assertTrue(rule.legal_basis)
        self.assertEqual(
            hours,
            {
                "cold_water": [4],
                "hot_water": [4, 24],
                "sewerage": [4],
                "electricity": [24, 2],
                "gas": [4],
                "heating": [16, 8, 4],
            },
        )
