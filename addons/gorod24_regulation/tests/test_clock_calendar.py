# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import START, ClockCase

CURATOR = "gorod24_regulation.group_regulation_curator"
CALENDAR = "odoo.addons.gorod24_regulation.models.clock_calendar"
REACHED = "gorod24.recount_reached"
NEXT_DAY_END = datetime(2026, 11, 24, 16, 59, 59)


@tagged("post_install", "-at_install")
class TestClockCalendar(ClockCase):
    """Terms that run follow the decree that comes later than they do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # the customer's own clocks and days must not disturb
        cls.env["gorod24.clock"].search([("state", "!=", "stopped")]).write(
            {"state": "stopped", "attend_at": False}
        )
        days = cls.env["gorod24.production.day"]
        days.search(
            [("date", ">=", "2026-11-20"), ("date", "<", "2027-02-01")]
        ).unlink()
        calendars = cls.env["gorod24.production.calendar"]
        cls.year = calendars.search([("year", "=", 2026)]) or calendars.create(
            {"year": 2026}
        )
        cls.clock = cls.owner._clock_start("acceptance", cls.hotline, START)
        cls.curator = new_test_user(cls.env, "calendar_curator", CURATOR)
        cls.hooks.clear()

    def _day(self, day, kind="off"):
        return (
            self.env["gorod24.production.day"]
            .with_user(self.curator)
            .create({"calendar_id": self.year.id, "date": day, "kind": kind})
        )

    def _recount(self):
        self.hooks.clear()
        self.env["gorod24.clock"].search(
            [("state", "!=", "stopped")]
        )._follow_calendar()

    @freeze_time("2026-11-23 04:00:00")
    def test_a_day_off_announced_late_moves_the_term_and_tells_its_owner(self):
        self.assertEqual(self.clock.target, NEXT_DAY_END)
        plain = self.owners[1]._clock_start("execution", self.hotline, START)
        self._day("2026-11-24")
        self._recount()
        self.assertEqual(self.clock.target, NEXT_DAY_END + timedelta(days=1))
        self.assertEqual(
            self.hooks, [("changed", "acceptance", self.owner.ids, self.clock.ids)]
        )
        # calendar days do not mind it
        self.assertEqual(plain.target, datetime(2026, 12, 8, 16, 59, 59))
        self._recount()
        self.assertFalse(self.hooks)

    @freeze_time("2026-11-23 04:00:00")
    def test_a_day_taken_back_moves_the_term_back(self):
        day = self._day("2026-11-24")
        self._recount()
        day.unlink()
        self._recount()
        self.assertEqual(self.clock.target, NEXT_DAY_END)

    def test_a_finished_term_stays_as_it_was(self):
        self.owner._clock_stop("acceptance", START)
        self._day("2026-11-24")
        self._recount()
        self.assertEqual(self.clock.target, NEXT_DAY_END)

    @freeze_time("2026-11-23 04:00:00")
    def test_pauses_and_extensions_stay_when_the_calendar_comes(self):
        self.owner._clock_pause("acceptance", "Ждём", START + timedelta(minutes=5))
        self.owner._clock_resume("acceptance", START + timedelta(minutes=35))
        self._day("2026-11-24")
        self._recount()
        # half an hour of pause gives the whole next day, as ever
        self.assertEqual(self.clock.target, NEXT_DAY_END + timedelta(days=2))
        self.assertEqual(len(self.clock.pause_ids), 1)

    def test_a_change_of_days_or_zone_asks_for_the_recount(self):
        job = self.env.ref("gorod24_regulation.ir_cron_recount")
        settings = self.env["ir.config_parameter"]
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", job.id)])
        for change in (
            lambda: self._day("2026-11-24"),
            lambda: settings.set_param("gorod24.timezone", "Asia/Omsk"),
        ):
            triggers.unlink()
            settings.set_param(REACHED, "77")
            change()
            triggers = triggers.search([("cron_id", "=", job.id)])
            self.assertTrue(triggers)
            self.assertEqual(settings.get_param(REACHED), "0")

    def test_a_count_that_fails_comes_again_soon_and_goes_on_where_it_stopped(self):
        job = self.env.ref("gorod24_regulation.ir_cron_recount")
        others = self.owners[1:]._clock_start("acceptance", self.hotline, START)
        self._day("2026-11-24")
        self.env["ir.cron.trigger"].search([("cron_id", "=", job.id)]).unlink()
        clocks = type(self.clock)
        follow = clocks._follow_calendar

        def stumble(terms):
            if others[0] in terms:
                raise ValueError("somebody saves this term")
            return follow(terms)

        with (
            patch(f"{CALENDAR}.BATCH", 1),
            patch.object(clocks, "_follow_calendar", stumble),
            mute_logger(CALENDAR),
            self.enter_registry_test_mode(),
        ):
            job.method_direct_trigger()
        self.assertEqual(self.clock.target, NEXT_DAY_END + timedelta(days=1))
        self.assertEqual(others[0].target, NEXT_DAY_END)
        again = self.env["ir.cron.trigger"].search([("cron_id", "=", job.id)])
        self.assertLess(again.call_at, datetime.now() + timedelta(minutes=16))
        with self.enter_registry_test_mode():
            job.method_direct_trigger()
        self.assertEqual(
            others.mapped("target"), [NEXT_DAY_END + timedelta(days=1)] * 2
        )

    @freeze_time("2026-11-23 04:00:00")
    def test_another_zone_moves_the_borders_of_days(self):
        self.env["ir.config_parameter"].set_param("gorod24.timezone", "Asia/Omsk")
        self._recount()
        self.assertEqual(self.clock.target, NEXT_DAY_END + timedelta(hours=1))

    def test_a_zone_that_does_not_exist_is_refused(self):
        settings = self.env["ir.config_parameter"]
        for name in ("Asia/Barnaool", "UTC+7", "../etc/passwd"):
            with self.assertRaises(ValidationError):
                settings.set_param("gorod24.timezone", name)
        self.assertEqual(settings.get_param("gorod24.timezone"), "Asia/Barnaul")


@tagged("post_install", "-at_install")
class TestClockBoundaries(ClockCase):
    def test_a_pause_after_the_end_takes_no_miss_away(self):
        clock = self.owner._clock_start("acceptance", self.hotline, START)
        late = clock.target + timedelta(hours=3)
        for moment in (clock.target, late):
            self.owner._clock_pause("acceptance", "Поздно", moment)
            self.owner._clock_resume("acceptance", moment + timedelta(minutes=10))
            self.assertEqual(clock.target, NEXT_DAY_END)
        self.owner._clock_stop("acceptance", late + timedelta(hours=1))
        self.assertEqual(clock.outcome, "missed")

    @freeze_time("2026-12-01 05:00:00")
    def test_a_pause_after_the_extended_end_changes_nothing(self):
        clock = self.owner._clock_start("execution", self.hotline, START)
        plain = clock.target
        for days in (5, 10):
            self.owner._clock_extend("execution", plain + timedelta(days=days), "Ещё")
        # between the first and the last end: it counts
        self.owner._clock_pause("execution", "Мороз", plain + timedelta(days=7))
        self.owner._clock_resume("execution", plain + timedelta(days=8))
        self.assertEqual(clock.target, plain + timedelta(days=11))
        self.owner._clock_pause("execution", "Поздно", plain + timedelta(days=12))
        self.owner._clock_resume("execution", plain + timedelta(days=20))
        self.assertEqual(clock.target, plain + timedelta(days=11))

    def test_an_excuse_ends_where_the_term_is_given_anew(self):
        clock = self.owner._clock_start("execution", self.emergency, START)
        with freeze_time(clock.target + timedelta(hours=1)):
            self.owner._clock_excuse("execution", "Паводок")
            self.assertFalse(clock.attend_at)
            self.owner._clock_rederive("execution", self.hotline)
        self.assertGreater(clock.target, START + timedelta(days=10))
        self.assertFalse(clock.excuse)
        self.assertTrue(clock.attend_at)
        self.owner._clock_stop("execution", clock.target + timedelta(minutes=1))
        self.assertEqual(clock.outcome, "missed")

    def test_no_term_ends_before_it_begins(self):
        clock = self.owner._clock_start("execution", self.emergency, START)
        self.owner._clock_stop("execution", START - timedelta(days=2))
        self.assertRecordValues(clock, [{"stop": START, "outcome": "met"}])
