# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import START, ClockCase

REFERENCE = ("gorod24.regime", "gorod24.production.calendar")
CLOCKS = (
    "gorod24.clock",
    "gorod24.clock.pause",
    "gorod24.clock.extension",
    "gorod24.clock.escalation",
)
DETAILS = ("gorod24.regime.rule", "gorod24.production.day")
OPERATIONS = ("read", "write", "create", "unlink")


@tagged("post_install", "-at_install")
class TestAccess(ClockCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            "user": new_test_user(cls.env, "regul_user", "base.group_user"),
            "reader": new_test_user(
                cls.env, "regul_reader", "gorod24_regulation.group_term_reader"
            ),
            "curator": new_test_user(
                cls.env,
                "regul_curator",
                "gorod24_regulation.group_regulation_curator",
            ),
            "portal": new_test_user(cls.env, "regul_portal", "base.group_portal"),
            "public": cls.env.ref("base.public_user"),
        }

    def _allowed(self, role, model):
        records = self.env[model].with_user(self.users[role])
        return "".join(
            operation[0] for operation in OPERATIONS if records.has_access(operation)
        )

    def test_roles_and_operations(self):
        expected = {
            # the reasons of pauses are words about people
            "user": {"reference": "r", "clocks": ""},
            "reader": {"reference": "r", "clocks": "r"},
            "curator": {"reference": "rwcu", "clocks": "r"},
            "portal": {"reference": "", "clocks": ""},
            "public": {"reference": "", "clocks": ""},
        }
        for role, rights in expected.items():
            for model in REFERENCE + DETAILS:
                with self.subTest(role=role, model=model):
                    self.assertEqual(self._allowed(role, model), rights["reference"])
            for model in CLOCKS:
                with self.subTest(role=role, model=model):
                    self.assertEqual(self._allowed(role, model), rights["clocks"])

    def test_user_cannot_move_a_target(self):
        clock = self.owner._clock_start("execution", self.hotline, START)
        with self.assertRaises(AccessError):
            clock.with_user(self.users["reader"]).write({"target": "2030-01-01"})

    def test_portal_user_sees_due_dates_through_the_owner_only(self):
        owners = self.env[self.owner._name].with_user(self.users["portal"])
        preview = owners._clock_preview("T-HOT", START)
        self.assertEqual(
            [term["kind"] for term in preview], ["acceptance", "execution"]
        )
