# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import TelephonyCommon


@tagged("post_install", "-at_install")
class TestWallboard(TelephonyCommon):
    def board(self, user=None):
        user = user or self.manager
        return self.env["gorod24.wallboard"].with_user(user).snapshot()

    def state(self, name, second, agent=1):
        event = self.event("ringing", second, agent=agent)
        event.update(type="agent.state", agent_state=name)
        self.env["gorod24.call.event"]._accept(event)

    def test_figures_move_with_the_calls(self):
        before = self.board()
        self.feed(*self.plain_call())
        self.feed(
            self.event("ringing", 0, "d2"),
            self.event("ended", 20, "d2", end_reason="abandoned"),
        )
        self.feed(self.event("ringing", 60, "d3", agent=2))
        after = self.board()
        self.assertEqual(after["now"]["waiting"], before["now"]["waiting"] + 1)
        self.assertGreaterEqual(after["now"]["longest_wait"], 60)
        self.assertEqual(after["no_card"], before["no_card"] + 1)

    def test_workplaces_count_by_their_last_state(self):
        before = self.board()["agents"]
        self.state("READY", 1)
        self.state("TALKING", 2)
        self.state("NOT_READY", 3, agent=2)
        after = self.board()["agents"]
        self.assertEqual(after["talking"], before["talking"] + 1)
        self.assertEqual(after["ready"], before["ready"])
        self.assertEqual(after["away"], before["away"] + 1)

    def test_nobody_else_sees_it(self):
        staff = new_test_user(self.env, "wall_staff", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.board(staff)

    def test_work_after_the_call_is_counted(self):
        call = self.feed(*self.plain_call())
        self.state("TALKING", 5)
        self.state("WORK", 66)
        self.state("READY", 96)
        self.assertEqual(call.work_seconds, 30)

    def test_work_after_a_call_handed_over_is_no_other_calls(self):
        call = self.feed(*self.plain_call())
        self.state("WORK", 66)
        self.state("READY", 96)
        handed = self.feed(
            self.event("ringing", 100, "d2"),
            self.event("answered", 102, "d2"),
            self.event("ringing", 108, "d2", agent=2),
            self.event("answered", 109, "d2", agent=2),
            self.event("ended", 110, "d2", end_reason="transferred"),
        )
        self.state("WORK", 110)
        line = self.env["gorod24.call"].with_user(self.operator).current_line()
        self.assertEqual(line["wrap_up"], handed.id)
        self.state("READY", 170)
        self.assertEqual(handed.user_id, self.operator2)
        self.assertEqual((call.work_seconds, handed.work_seconds), (30, 0))
