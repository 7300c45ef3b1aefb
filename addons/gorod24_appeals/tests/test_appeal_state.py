# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
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

    def test_the_number_told_to_a_citizen_is_not_typed_over(self):
        appeal = self._register().with_user(self.operator)
        for vals in ({"number": "2026-999999"}, {"received_at": "2026-01-01"}):
            with self.assertRaisesRegex(AccessError, "registration"):
                appeal.with_context(lang="en_US").write(vals)
        Appeal = self.env["helpdesk.ticket"].with_user(self.operator)
        Appeal = Appeal.with_context(lang="en_US")
        vals = {"name": "X", "description": "X"}
        with self.assertRaisesRegex(AccessError, "registration"):
            Appeal.create({**vals, "number": "2026-999999"})
        with self.assertRaisesRegex(AccessError, "follows its questions"):
            Appeal.with_context(default_state="closed").create(vals)
        copy = appeal.copy()
        self.assertRegex(copy.number, r"^20\d\d-\d{6}$")
        self.assertNotEqual(copy.number, appeal.number)
        with self.assertRaises(AccessError):
            appeal.copy({"number": "2026-999999"})

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
