# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import START, RegulationCase

EXECUTION = datetime(2026, 12, 8, 16, 59, 59)
LATE = EXECUTION + timedelta(days=1)


@tagged("post_install", "-at_install")
class TestMissedStays(RegulationCase):
    """What was missed stays missed until somebody excuses it on purpose."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = cls.env["res.partner"].create({"name": "Owner"})

    def _clock(self, **extra):
        clocks = self.env["gorod24.clock"]
        vals = clocks._prepare_vals(self.owner, "execution", self.hotline, START)
        return clocks.create({**vals, **extra})

    def test_a_longer_regime_keeps_the_miss(self):
        longer = self._regime(
            "T-LONG", {"kind": "execution", "base": "calendar_days", "amount": 90}
        )
        clock = self._clock()
        with freeze_time(LATE):
            clock._rederive(longer, LATE)
            self.assertEqual(clock.missed_end, EXECUTION)
            self.assertGreater(clock.target, LATE)
            clock._stop(LATE)
        self.assertEqual(clock.outcome, "missed")

    def test_a_regime_without_the_limit_keeps_the_miss(self):
        clock = self._clock()
        with freeze_time(LATE):
            clock._rederive(self.reference, LATE)
        self.assertRecordValues(clock, [{"outcome": "missed", "excuse": False}])

    def test_no_extension_after_the_end_or_into_the_past(self):
        clock = self._clock()
        with freeze_time(LATE), self.assertRaisesRegex(UserError, "passed already"):
            clock._extend(LATE + timedelta(days=9), "Late", LATE.date())
        with freeze_time(START):
            clock._pause("Parts", START)
        with freeze_time(LATE), self.assertRaisesRegex(UserError, "in the past"):
            clock._extend(EXECUTION + timedelta(hours=1), "Late")
        self.assertEqual(clock.target, EXECUTION)

    def test_an_extension_ends_with_the_regime_that_granted_it(self):
        strict = self._regime(
            "T-STRICT", {"kind": "execution", "base": "minutes", "amount": 60}
        )
        clock = self._clock()
        with freeze_time(START):
            clock._extend(EXECUTION + timedelta(days=5), "Expert", START.date())
            clock._rederive(strict, START)
        self.assertEqual(clock.target, START + timedelta(hours=1))

    def test_a_letter_of_an_earlier_day_counts_no_later_pause(self):
        clock = self._clock()
        stop = EXECUTION + timedelta(hours=1)
        begun = EXECUTION - timedelta(days=1)
        with freeze_time(begun):
            clock._pause("Parts", begun)
        with freeze_time(stop + timedelta(days=3)):
            clock._resume(stop + timedelta(days=2))
            self.assertGreater(clock.target, stop)
            # what was made between the letter and now is not waited for
            clock._stop(begun + timedelta(hours=2))
        self.assertEqual(clock.target, EXECUTION + timedelta(hours=2))
        self.assertEqual(clock.outcome, "met")

    def test_changed_calling_hours_move_running_terms(self):
        job = self.env.ref("gorod24_regulation.ir_cron_recount")
        triggers = self.env["ir.cron.trigger"]
        domain = [("cron_id", "=", job.id)]
        triggers.search(domain).unlink()
        settings = self.env["res.config.settings"].create({"gorod24_calls_to": 18.0})
        settings.set_values()
        self.assertTrue(triggers.search(domain))
