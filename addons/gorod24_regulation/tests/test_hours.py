# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import RegulationCase

# 28.11.2026, Barnaul is UTC+7
SEVEN = datetime(2026, 11, 28, 0, 0)
HOUR = timedelta(hours=1)


@tagged("post_install", "-at_install")
class TestHotlineHours(RegulationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hours = cls.env["gorod24.hotline.hours"]
        parameters = cls.env["ir.config_parameter"]
        parameters.search([("key", "=like", "gorod24.hours%")]).unlink()
        parameters.search([("key", "=like", "gorod24.calls%")]).unlink()

    def _settings(self, **values):
        values = {f"gorod24_{name}": value for name, value in values.items()}
        self.env["res.config.settings"].create(values).execute()

    def test_open_from_eight_to_twenty_every_day(self):
        self.assertFalse(self.hours._is_open(SEVEN))
        self.assertTrue(self.hours._is_open(SEVEN + HOUR))
        self.assertFalse(self.hours._is_open(SEVEN + 13 * HOUR))
        self.assertEqual(self.hours._next_open(SEVEN), SEVEN + HOUR)
        self.assertEqual(self.hours._next_open(SEVEN + 13 * HOUR), SEVEN + 25 * HOUR)

    def test_citizens_are_rung_from_nine(self):
        self.assertEqual(self.hours._next_call_moment(SEVEN), SEVEN + 2 * HOUR)
        now = SEVEN + 5 * HOUR
        self.assertEqual(self.hours._next_call_moment(now), now)

    def test_round_the_clock_still_lets_citizens_sleep(self):
        self._settings(hours_round_the_clock=True)
        self.assertTrue(self.hours._is_open(SEVEN))
        self.assertEqual(self.hours._next_open(SEVEN), SEVEN)
        self.assertEqual(self.hours._next_call_moment(SEVEN), SEVEN + 2 * HOUR)

    def test_settings_are_kept_midnight_too(self):
        self._settings(hours_from=0.0, hours_to=6.5, calls_from=1.0, calls_to=5.0)
        self.assertTrue(self.hours._is_open(SEVEN - 6 * HOUR))
        self.assertFalse(self.hours._is_open(SEVEN))
        settings = self.env["res.config.settings"].create({})
        self.assertEqual(settings.gorod24_hours_from, 0.0)
        self.assertEqual(settings.gorod24_hours_to, 6.5)

    def test_hours_that_end_before_they_begin_are_refused(self):
        with self.assertRaises(ValidationError):
            self._settings(hours_from=20.0, hours_to=8.0)

    def test_nonsense_in_the_parameters_loses_no_call(self):
        self.env["ir.config_parameter"].set_param("gorod24.hours_from", "утром")
        with mute_logger("odoo.addons.gorod24_regulation.models.hotline_hours"):
            self.assertTrue(self.hours._is_open(SEVEN + HOUR))

    def test_terms_in_calling_hours_follow_the_settings(self):
        regime = self._regime(
            "T-CALL",
            {
                "kind": "informing",
                "base": "minutes",
                "amount": 60,
                "in_calling_hours": True,
            },
        )
        mixin = self.env["gorod24.clock.mixin"]

        def target():
            return mixin._clock_preview(regime, SEVEN, ("informing",))[0]["target"]

        self.assertEqual(target(), SEVEN + 3 * HOUR)
        self._settings(calls_from=11.0)
        self.assertEqual(target(), SEVEN + 5 * HOUR)
