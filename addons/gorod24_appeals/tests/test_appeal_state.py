# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from psycopg2 import IntegrityError

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import AppealsCommon


@tagged("post_install", "-at_install")
class TestAppealState(AppealsCommon):
    def test_number_is_yearly_and_unique(self):
        first, second = self._register(), self._register()
        self.assertRegex(first.number, r"^20\d\d-\d{6}$")
        self.assertNotEqual(first.number, second.number)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            second.number = first.number
            second.flush_recordset()

    def test_reopened_appeal_loses_its_closing_date(self):
        appeal = self._register(self.reference)
        self.assertEqual(appeal.state, "closed")
        self.assertTrue(appeal.closed_date)
        appeal.stage_id = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_new")
        self.assertFalse(appeal.closed_date)

    def test_several_appeals_are_copied_at_once(self):
        appeals = self._register() + self._register()
        copies = appeals.copy()
        self.assertEqual(len(copies), 2)
        self.assertEqual(len(set((appeals + copies).mapped("number"))), 4)

    def test_closing_sends_no_letter_to_the_citizen(self):
        appeal = self._register(self.reference)
        self.assertFalse(
            self.env["mail.mail"].search([("res_id", "=", appeal.id)]),
            "the base sends its English closing template",
        )

    def test_open_question_keeps_the_appeal_at_work(self):
        appeal = self._register(self.heating, self.reference)
        self.assertEqual(appeal.state, "in_work")
