# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date, datetime

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tests.common import TransactionCase


@tagged("post_install", "-at_install")
class TestProductionCalendar(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendars = cls.env["gorod24.production.calendar"]

    def test_shipped_years_have_the_official_number_of_working_days(self):
        for year, working in ((2025, 247), (2026, 247)):
            calendar = self.env.ref(f"gorod24_regulation.production_calendar_{year}")
            self.assertEqual(calendar.working_days, working)
            self.assertEqual(calendar.working_days + calendar.days_off, 365)

    def test_moved_days_are_known(self):
        calendar = self.calendars._get_calendar()
        self.assertTrue(calendar.is_working(date(2025, 11, 1)))
        self.assertFalse(calendar.is_working(date(2025, 11, 3)))
        self.assertFalse(calendar.is_working(date(2026, 1, 9)))
        self.assertTrue(calendar.is_short(date(2026, 4, 30)))
        self.assertLessEqual({2025, 2026, 2027}, calendar.years)

    def test_a_new_day_off_counts_at_once(self):
        calendars = self.calendars
        self.assertTrue(calendars._get_calendar().is_working(date(2027, 7, 7)))
        year = self.env.ref("gorod24_regulation.production_calendar_2027")
        day = self.env["gorod24.production.day"].create(
            {"calendar_id": year.id, "date": "2027-07-07", "kind": "off"}
        )
        self.assertFalse(calendars._get_calendar().is_working(date(2027, 7, 7)))
        day.kind = "work"
        self.assertTrue(calendars._get_calendar().is_working(date(2027, 7, 7)))
        day.kind = "off"
        day.unlink()
        self.assertTrue(calendars._get_calendar().is_working(date(2027, 7, 7)))

    def test_holidays_by_law_are_added_without_touching_what_is_there(self):
        calendar = self.calendars.create({"year": 2199})
        day = self.env["gorod24.production.day"].create(
            {"calendar_id": calendar.id, "date": "2199-01-01", "note": "kept"}
        )
        calendar.action_fill_statutory()
        self.assertEqual(day.note, "kept")
        self.assertIn(date(2199, 11, 4), calendar.day_ids.mapped("date"))
        calendar.action_fill_statutory()

    def test_a_day_belongs_to_its_year(self):
        calendar = self.calendars.create({"year": 2198})
        with self.assertRaises(ValidationError):
            self.env["gorod24.production.day"].create(
                {"calendar_id": calendar.id, "date": "2197-01-01"}
            )

    def test_overview_shows_twelve_months(self):
        calendar = self.env.ref("gorod24_regulation.production_calendar_2026")
        self.assertEqual(calendar.overview.count("<table"), 12)
        self.assertIn("text-danger", calendar.overview)

    def test_next_year_is_offered(self):
        last = self.calendars.search([], limit=1).year
        self.assertEqual(self.calendars.create({}).year, last + 1)

    def test_shipped_terms_cross_the_new_year(self):
        service = self.env.ref("gorod24_regulation.regime_svc210")
        start = datetime(2025, 12, 29, 3, 0)
        terms = self.env["gorod24.clock.mixin"]._clock_preview(
            service, start, kinds=("execution",)
        )
        # 30 December, then 12-30 January but the 9th: 15 working days
        self.assertEqual(terms[0]["target"], datetime(2026, 1, 29, 16, 59, 59))
        self.assertIn("09.01.2026", self._in_russian(service, start))

    def _in_russian(self, regime, start):
        self.env["res.lang"]._activate_lang("ru_RU")
        mixin = self.env["gorod24.clock.mixin"].with_context(lang="ru_RU")
        return mixin._clock_preview(regime, start, kinds=("execution",))[0][
            "explanation"
        ]
