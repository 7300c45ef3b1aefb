# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import PortalCommon

#: Columns of the hotline's journal: they tell the caller, the words and the address.
COLUMNS = (
    "journal_caller",
    "journal_address",
    "journal_problem",
    "journal_urgency",
    "journal_given_to",
    "journal_note",
    "search_words",
    "partner_id",
    "building_id",
)


@tagged("post_install", "-at_install")
class TestJournalColumns(PortalCommon):
    """The journal of the hotline is no way round the agreement of a participant."""

    def test_officer_reads_no_column_of_the_hotlines_journal(self):
        mine = self.referral.with_user(self.duty)
        self.assertEqual(mine.read(["state"])[0]["state"], "sent")
        for name in COLUMNS:
            with self.subTest(column=name), self.assertRaises(AccessError):
                mine.read([name])

    def test_officer_does_not_search_by_what_he_may_not_see(self):
        Referral = self.env["gorod24.referral"].with_user(self.duty)
        for domain in (
            [("search_words", "ilike", "гражданина")],
            [("partner_id", "ilike", "Иванова")],
            [("building_id", "ilike", "Опытная 10")],
        ):
            with self.subTest(domain=domain), self.assertRaises(AccessError):
                Referral.search(domain)

    def test_doors_of_the_hotline_are_closed_to_officers(self):
        for model, method, arguments in (
            ("gorod24.finder", "find", ["Иванова"]),
            ("gorod24.journal.print", "prepare", ["gorod24.referral", [], "Мой"]),
            ("gorod24.journal.selection", "get_for_list", ["referral"]),
        ):
            door = self.env[model].with_user(self.duty)
            with self.subTest(model=model), self.assertRaises(AccessError):
                getattr(door, method)(*arguments)

    def test_officer_sees_figures_of_no_journal_but_his_own(self):
        """Counting by SQL must not go round the record rules."""
        Journal = self.env["gorod24.journal"].with_user(self.foreigner)
        with self.assertRaises(AccessError):
            Journal.counts(section_id=self.section.id)
