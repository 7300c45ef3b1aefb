# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from odoo.addons.gorod24_address.tabular import read_table

from .common import PortalHttpCommon


@tagged("post_install", "-at_install")
class TestJournalFile(PortalHttpCommon):
    """A participant takes his own journal away, and nothing that is not in it."""

    def _table(self, **args):
        query = "&".join(f"{key}={value}" for key, value in args.items())
        answer = self.url_open(f"/my/requests/journal.xlsx?{query}")
        self.assertEqual(answer.status_code, 200)
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        return read_table(answer.content, "journal.xlsx")

    def test_workbook_holds_the_lines_of_the_screen(self):
        foreign = self._register(self.pipe).question_ids
        foreign.referral_id.sudo().write(
            {
                "participant_id": self.other_participant.id,
                "section_id": self.foreign_section.id,
            }
        )
        self._login(self.duty)
        table = self._table(tab="new")
        text = "\n".join(" ".join(row.values.values()) for row in table.rows)
        self.assertIn(self.question.name, text)
        self.assertNotIn(foreign.name, text)
        self.assertNotIn(self.appeal.partner_id.name, text, "names are not agreed")
        self.assertNotIn(self.question.phone_e164, text)
        self.assertFalse(self._table(tab="done").rows)
        found = self._table(search=self.question.name)
        self.assertEqual(len(found.rows), 1)

    def test_sheet_for_the_printer(self):
        self._login(self.duty)
        page = self.url_open("/my/requests/print?tab=new")
        self.assertEqual(page.status_code, 200)
        self.assertIn(self.question.name, page.text)
        self.assertIn("window.print()", page.text)
        self.assertTrue(page.text.lstrip().startswith("<!DOCTYPE html>"))
        journal = self.url_open("/my/requests?tab=new").text
        self.assertIn("/my/requests/print?tab=new", journal)
        self.assertIn("/my/requests/journal.xlsx?tab=new", journal)

    def test_sheet_speaks_russian(self):
        self._speak_russian()
        self._login(self.duty)
        page = self.url_open("/my/requests/print?tab=new").text
        for words in ("Журнал заявок", "К заявкам", "Печать", "Строк:"):
            self.assertIn(words, page)
        self.assertNotIn("Journal of requests", page)

    def test_taking_it_away_is_logged_and_closed_to_others(self):
        self._login(self.duty)
        self._table(tab="new")
        log = self.env["gorod24.appeal.view"].search(
            [("appeal_id", "=", self.appeal.id), ("user_id", "=", self.duty.id)]
        )
        self.assertEqual(log.source, "journal")
        self._login(self.citizen)
        for url in ("journal.xlsx", "print"):
            self.assertEqual(self.url_open(f"/my/requests/{url}").status_code, 404)
