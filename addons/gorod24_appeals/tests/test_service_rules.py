# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import AppealsCommon


@tagged("post_install", "-at_install")
class TestServiceRules(AppealsCommon):
    """The town's own numbers, set by an administrator without the system's rights."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.administrator = new_test_user(
            cls.env,
            "test_administrator",
            groups="gorod24_appeals.group_administrator",
        )
        cls.Rules = cls.env["gorod24.service.rules"].with_user(cls.administrator)

    def test_administrator_sets_what_the_code_reads(self):
        self.assertFalse(self.administrator.has_group("base.group_system"))
        rules = self.Rules.create(
            {
                "repeat_days": 45,
                "recurrence_days": 60,
                "refusal_limit": 0,
                "blank_days": 3,
                "draft_days": 5,
                "view_log_minutes": 0,
            }
        )
        rules.action_save()
        Question = self.env["gorod24.question"]
        self.assertEqual(Question._get_repeat_days("gorod24.repeat_days"), 45)
        self.assertEqual(Question._get_repeat_days("gorod24.recurrence_days"), 60)
        self.assertEqual(Question._get_refusal_limit(), 0)
        self.assertEqual(self.env["gorod24.appeal.registrar"]._get_blank_days(), 3)
        interval = self.env["gorod24.appeal.view"]._get_interval()
        self.assertEqual(interval.total_seconds(), 0)
        self.assertEqual(self.Rules.create({}).repeat_days, 45)

    def test_senseless_number_keeps_nothing(self):
        rules = self.Rules.create({"repeat_days": 10, "draft_days": 0})
        with self.assertRaisesRegex(UserError, "from 1 to 366"):
            rules.action_save()
        self.assertEqual(self.Rules.create({}).repeat_days, 30)

    def test_nobody_else_sets_them(self):
        with self.assertRaises(AccessError):
            self.Rules.with_user(self.operator).create({})
