# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import date

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import format_date

from .common import StatisticsCase


@tagged("post_install", "-at_install")
class TestReportTopics(StatisticsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        one, two = cls.participants
        cls._questions(
            {"registered_at": "2018-01-10", "participant_id": one.id},
            {"registered_at": "2018-02-10", "participant_id": one.id},
            {"registered_at": "2018-02-11", "participant_id": two.id},
            {"registered_at": "2018-02-11", "topic_id": cls.roads.id},
            {"registered_at": "2017-01-20", "participant_id": one.id},
            {"registered_at": "2017-03-20"},
            {"registered_at": "2018-02-12", "topic_id": False},
        )

    def _report(self, **vals):
        return self.env["gorod24.report.topics"].create(
            {"date_from": "2018-01-01", "date_to": "2018-02-28", **vals}
        )

    def _lines(self, **vals):
        return [
            (row.kind, row.name, row.months, row.previous)
            for row in self._report(**vals)._get_table().rows
        ]

    def test_form(self):
        self.assertEqual(
            self._lines(),
            [
                ("section", "Housing (test)", [1, 2], 1),
                ("topic", "Water", [1, 2], 1),
                ("section", "Streets (test)", [0, 1], 0),
                ("topic", "Roads", [0, 1], 0),
                ("section", "Topic not set", [0, 1], 0),
                ("topic", "Topic not set", [0, 1], 0),
            ],
        )

    def test_participant_and_district(self):
        self.assertEqual(
            self._lines(participant_id=self.participants[0].id),
            [
                ("section", "Housing (test)", [1, 1], 1),
                ("topic", "Water", [1, 1], 1),
            ],
        )
        self.assertEqual(self._lines(district_id=self.districts[0].id), [])

    def test_odd_days_are_kept(self):
        self.assertEqual(
            self._lines(date_from="2018-01-11", date_to="2018-02-10"),
            [
                ("section", "Housing (test)", [0, 1], 1),
                ("topic", "Water", [0, 1], 1),
            ],
        )

    def test_period_is_checked(self):
        with self.assertRaises(ValidationError):
            self._report(date_to="2017-12-31")
        with self.assertRaises(ValidationError):
            self._report(date_to="2025-12-31")

    def test_default_is_this_year(self):
        report = self.env["gorod24.report.topics"].create({})
        self.assertEqual((report.date_from.month, report.date_from.day), (1, 1))
        self.assertGreaterEqual(report.date_to, date(2025, 1, 1))

    def test_name_tells_the_period(self):
        name = self._report().display_name
        self.assertIn(format_date(self.env, date(2018, 2, 28)), name)

    def test_button_gives_the_report(self):
        action = self._report().action_download()
        self.assertEqual(action["report_type"], "xlsx")
        self.assertEqual(action["report_name"], "gorod24_report.topics_xlsx")
