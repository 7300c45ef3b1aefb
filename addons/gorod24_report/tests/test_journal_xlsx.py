# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import io
from datetime import datetime, timedelta

from freezegun import freeze_time
from openpyxl import load_workbook

from odoo.exceptions import UserError

from odoo.addons.gorod24_appeals.tests.common import AppealsCommon

NOON = datetime(2026, 3, 10, 5, 0)  # 12:00 in Barnaul


class TestJournalXlsx(AppealsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Print = cls.env["gorod24.journal.print"].with_user(cls.operator)

    def _save(self, text):
        questions = [{"topic_id": self.heating.id, "text": text}]
        return self._register(self.heating, questions=questions).question_ids

    def _prepare(self):
        domain = [("section_id", "=", self.section.id)]
        action = self.Print.prepare("gorod24.referral", domain, "Журнал участка")
        return self.Print.browse(action["res_id"])

    def _read(self, printing):
        report = self.env["ir.actions.report"].with_user(self.operator)
        content, kind = report._render_xlsx(
            "gorod24_report.journal_xlsx", printing.ids, {}
        )
        self.assertEqual(kind, "xlsx")
        return load_workbook(io.BytesIO(content)).active

    def test_workbook_holds_the_journal(self):
        with freeze_time(NOON):
            first = self._save("Холодно")
        with freeze_time(NOON + timedelta(hours=2)):
            first.referral_id.with_user(self.operator).action_done("Починили", "fixed")
            second = self._save("=1+1")
        sheet = self._read(self._prepare())
        self.assertEqual(sheet["A1"].value, "Журнал участка")
        self.assertIn(self.operator.name, sheet["A2"].value)
        titles = [cell.value for cell in sheet[4]]
        self.assertEqual(len(titles), 12)
        self.assertEqual(titles[-1], "Signature")
        lines = {row[0].value: row for row in sheet.iter_rows(min_row=5)}
        self.assertEqual(list(lines)[-2:], [first.name, second.name])
        line = lines[first.name]
        self.assertEqual(line[1].value, datetime(2026, 3, 10, 12, 0))
        self.assertIn("Иванова Анна Петровна", line[2].value)
        self.assertEqual(line[9].value, datetime(2026, 3, 10, 14, 0))
        self.assertIn("Починили", line[10].value)
        # the citizen's words are never taken for a formula
        problem = lines[second.name][4]
        self.assertEqual(problem.data_type, "s")
        self.assertIn("=1+1", problem.value)

    def test_too_long_a_journal_is_refused_in_words(self):
        self._save("Холодно")
        printing = self._prepare()
        printing.sudo().row_count = 50_001
        self.assertTrue(printing.is_too_long_xlsx)
        with self.assertRaisesRegex(UserError, "50001 lines.*50000"):
            printing.action_xlsx()
        with self.assertRaises(UserError):
            self._read(printing)

    def test_button_gives_a_download(self):
        self._save("Холодно")
        action = self._prepare().action_xlsx()
        self.assertEqual(action["report_type"], "xlsx")
        self.assertTrue(action["close_on_report_download"])
