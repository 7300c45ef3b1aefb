# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""What is counted and chosen in the indexes is what the records say."""

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError

from ..models import gorod24_journal
from .test_journal import NOON, JournalCase


class TestJournalIndex(JournalCase):
    def test_each_state_is_overdue_by_its_own_term(self):
        with freeze_time(NOON):
            unaccepted, undone, both = self._sent(), self._sent(), self._sent()
            undone.with_user(self.operator).action_accept()
        later = NOON + timedelta(days=30)
        unaccepted.write({"accept_due": NOON, "execution_due": later})
        # the term of acceptance counts no more when it is accepted
        undone.write({"accept_due": NOON, "execution_due": False})
        both.write({"accept_due": False, "execution_due": False})
        counts = self.journal.counts
        with freeze_time(NOON + timedelta(days=1)):
            self.assertEqual(counts(section_id=self.section.id)["overdue"], 1)
            undone.execution_due = NOON
            both.execution_due = NOON
            self.assertEqual(counts(section_id=self.section.id)["overdue"], 3)
            every = self.env["gorod24.section"].search([])
            by_section = self.journal._counts_by_section(every)
            self.assertEqual(by_section[self.section.id]["overdue"], 3)
            # a shelf of a few sections and of many is counted in two ways
            with patch.object(gorod24_journal, "FEW", 0):
                self.assertEqual(self.journal._counts_by_section(every), by_section)

    def test_page_of_a_selection_is_the_beginning_of_the_whole(self):
        with freeze_time(NOON):
            late = self.env["gorod24.question"]
            for flat in range(4):
                late |= self._register(self.heating, flat=str(flat)).question_ids
        domain = [
            ("is_overdue", "=", True),
            ("district_id", "=", self.district.id),
            ("registered_at", ">=", NOON - timedelta(days=1)),
            ("registered_at", "<=", NOON + timedelta(days=1)),
        ]
        questions = self.env["gorod24.question"].with_user(self.operator)
        names = late.sorted("id", reverse=True).mapped("name")
        for offset in (0, 2):
            page = questions.web_search_read(domain, {"name": {}}, offset, limit=2)
            found = [row["name"] for row in page["records"]]
            self.assertEqual(found, names[offset : offset + 2])
            self.assertEqual(page["length"], 4)
        with self.assertRaises(AccessError):
            questions.with_user(self.duty).search_fetch(domain, ["name"], limit=2)
