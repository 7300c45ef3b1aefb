# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import StatisticsCase

MODELS = (
    "gorod24.question.stat",
    "gorod24.call.stat",
    "gorod24.call.topic.stat",
    "gorod24.operator.stat",
    "gorod24.quality.stat",
    "gorod24.report.topics",
    "gorod24.report.calls",
)


@tagged("post_install", "-at_install")
class TestAccess(StatisticsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = {
            "operator": "gorod24_appeals.group_operator",
            "supervisor": "gorod24_appeals.group_supervisor",
            "manager": "gorod24_appeals.group_manager",
            "administrator": "gorod24_appeals.group_administrator",
            "employee": "base.group_user",
            "portal": "base.group_portal",
        }
        cls.users = {
            role: new_test_user(cls.env, f"report_{role}", group)
            for role, group in groups.items()
        }

    def test_roles_and_operations(self):
        readers = {"supervisor", "manager", "administrator"}
        for role, user in self.users.items():
            for model in MODELS:
                records = self.env[model].with_user(user)
                with self.subTest(role=role, model=model):
                    self.assertEqual(records.has_access("read"), role in readers)
                    may_write = role in readers and model.startswith("gorod24.report.")
                    self.assertEqual(records.has_access("write"), may_write)

    def test_operator_gets_no_figures(self):
        statistics = self.statistics.with_user(self.users["operator"])
        with self.assertRaises(AccessError):
            statistics._read_group([], ["topic_id"], ["question_count:sum"])
        with self.assertRaises(AccessError):
            statistics.formatted_read_grouping_sets(
                [], [[], ["topic_id"]], ["question_count:sum"]
            )

    def test_manager_counts(self):
        self._questions({}, {})
        statistics = self.statistics.with_user(self.users["manager"])
        rows = statistics._read_group(self.own, [], ["question_count:sum"])
        self.assertEqual(rows, [(2,)])

    def test_form_belongs_to_its_maker(self):
        report = (
            self.env["gorod24.report.topics"]
            .with_user(self.users["manager"])
            .create({})
        )
        with self.assertRaises(AccessError):
            report.with_user(self.users["supervisor"]).read(["date_from"])
