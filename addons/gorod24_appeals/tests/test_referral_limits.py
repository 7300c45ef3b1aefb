# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import AppealsCommon


@tagged("post_install", "-at_install")
class TestReferralLimits(AppealsCommon):
    """A program that calls the methods past the page meets the same limits."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.question = cls._register(cls, cls.heating).question_ids
        cls.work = cls._as_duty(cls, cls.question)

    def _refused(self, message, call):
        with self.assertRaisesRegex(UserError, message), self.cr.savepoint():
            call()
        self.assertEqual(self.question.referral_id.state, "sent")

    def test_plan(self):
        now = fields.Datetime.now()
        for moment, message in (
            (now - timedelta(hours=1), "has passed"),
            ("2020-01-01 10:00:00", "has passed"),
            (now + timedelta(days=400), "more than a year"),
            ("завтра", "Choose the date"),
            (False, "Choose the date"),
            (12, "Choose the date"),
        ):
            self._refused(message, lambda moment=moment: self.work.action_plan(moment))
        soon = now + timedelta(days=1)
        self._refused("too long", lambda: self.work.action_plan(soon, "я" * 251))
        self._refused("in words", lambda: self.work.action_plan(soon, ["x"]))
        self.work.action_plan(fields.Datetime.to_string(soon), "бригада 3")
        self.assertEqual(self.work.planned_at, soon)

    def test_result(self):
        done = self.work.action_done
        for cost in (float("nan"), float("inf"), -1, 10**10, "nan", "дорого"):
            self._refused("sum", lambda cost=cost: done("Готово", "fixed", None, cost))
        self._refused("too long", lambda: done("я" * 5001, "fixed"))
        self._refused("in words", lambda: done({"x": 1}, "fixed"))
        self._refused("too long", lambda: self.work.action_refuse("я" * 2001))
        done("я" * 5000, "fixed", None, "1250.504")
        self.assertEqual(self.work.cost, 1250.5)
