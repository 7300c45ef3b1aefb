# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import io
import json

from openpyxl import load_workbook

from odoo.http import Request
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import StatisticsCase


@tagged("post_install", "-at_install")
class TestDownload(StatisticsCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for role in ("manager", "operator"):
            group = f"gorod24_appeals.group_{role}"
            new_test_user(
                cls.env,
                f"download_{role}",
                group,
                password="download_24",
            )
        cls._questions(
            {"registered_at": "2018-01-10"},
            {"registered_at": "2018-02-10"},
            {"registered_at": "2017-02-10", "topic_id": cls.roads.id},
        )

    def _form(self, login):
        user = self.env["res.users"].search([("login", "=", login)])
        report = (
            self.env["gorod24.report.topics"]
            .sudo()
            .create({"date_from": "2018-01-01", "date_to": "2018-02-28"})
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE gorod24_report_topics SET create_uid = %s WHERE id = %s",
            [user.id, report.id],
        )
        self.env.invalidate_all()
        return report

    def test_form_downloads_as_a_workbook(self):
        report = self._form("download_manager")
        self.authenticate("download_manager", "download_24")
        url = f"/report/xlsx/gorod24_report.topics_xlsx/{report.id}"
        response = self.url_open(
            "/report/download",
            data={
                "data": json.dumps([url, "xlsx"]),
                "context": "{}",
                "csrf_token": Request.csrf_token(self),
            },
        )
        self.assertEqual(response.status_code, 200)
        self.assertIn("spreadsheetml", response.headers["Content-Type"])
        self.assertIn(".xlsx", response.headers["Content-Disposition"])
        sheet = load_workbook(io.BytesIO(response.content)).active
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        figures = {row[1]: row[2:] for row in rows if row[1]}
        self.assertEqual(figures["Water"], [1, 1, 2, 0, 2, "–"])
        self.assertEqual(figures["Roads"], [0, 0, 0, 1, -1, -1])
        total = [row for row in rows if isinstance(row[2], int)][-1]
        self.assertEqual(total[2:], [1, 1, 2, 1, 1, 1])

    def test_operator_gets_no_form(self):
        report = self._form("download_operator")
        self.authenticate("download_operator", "download_24")
        url = f"/report/xlsx/gorod24_report.topics_xlsx/{report.id}"
        with mute_logger("odoo.http"):
            response = self.url_open(url)
        self.assertEqual(response.status_code, 403)

    def test_pivot_gives_its_own_workbook(self):
        """What the web client sends for the pivot by topic and month."""
        groups = self.statistics.formatted_read_grouping_sets(
            [*self.own, ("day", ">=", "2018-01-01"), ("day", "<", "2018-03-01")],
            [[], ["topic_id"], ["day:month"], ["topic_id", "day:month"]],
            ["question_count:sum"],
        )
        months = [group["day:month"][1] for group in groups[2]]
        total = {"title": "Total", "height": 2, "width": 1}
        heads = [{"title": name, "height": 1, "width": 1} for name in months]
        measures = [
            {"title": "Questions", "height": 1, "width": 1, "is_bold": False}
            for _place in range(len(months) + 1)
        ]
        cells = [{"value": g["question_count:sum"]} for g in groups[3]]
        data = {
            "model": "gorod24.question.stat",
            "title": "Questions by topics and months",
            "col_group_headers": [
                [{"title": "", "height": 1, "width": len(months)}, total],
                heads,
            ],
            "measure_headers": measures,
            "origin_headers": [],
            "rows": [
                {
                    "title": groups[1][0]["topic_id"][1],
                    "indent": 0,
                    "values": [*cells, {"value": groups[1][0]["question_count:sum"]}],
                }
            ],
            "measure_count": 1,
            "origin_count": 1,
        }
        self.authenticate("download_manager", "download_24")
        response = self.url_open(
            "/web/pivot/export_xlsx",
            data={"csrf_token": Request.csrf_token(self)},
            files={"data": ("data", json.dumps(data), "application/json")},
        )
        self.assertEqual(response.status_code, 200)
        sheet = load_workbook(io.BytesIO(response.content)).active
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        self.assertEqual(rows[-1][1:], [1, 1, 2])
