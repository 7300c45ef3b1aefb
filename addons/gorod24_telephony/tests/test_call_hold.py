# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.modules.module import load_script
from odoo.tests import tagged
from odoo.tools.misc import file_path

from .common import TelephonyCommon

SCRIPT = "gorod24_telephony/migrations/19.0.2.4.0/post-leg-hold.py"


@tagged("post_install", "-at_install")
class TestCallHold(TelephonyCommon):
    """How long a citizen was on hold, at each telephone that had him."""

    def handed_over(self):
        """On hold for 10 seconds at the first operator, for 5 at the second."""
        return self.feed(
            *self.plain_call(dialog="d2")[:-1],
            self.event("answered", 40, "d2", agent=2),
            self.event("ended", 41, "d2", end_reason="transferred"),
            self.event("held", 50, "d2", agent=2),
            self.event("retrieved", 55, "d2", agent=2),
            self.event("ended", 60, "d2", agent=2),
        )

    def holds(self, *calls):
        legs = self.env["gorod24.call"].union(*calls).leg_ids
        return legs.sorted("id").mapped("hold_seconds")

    def test_each_telephone_has_its_own_hold(self):
        self.assertEqual(self.holds(self.feed(*self.plain_call())), [10])
        call = self.handed_over()
        self.assertEqual(self.holds(call), [10, 5])

    def test_hold_is_the_same_in_whatever_order_it_is_told(self):
        for dialog, order in (("d3", 1), ("d4", -1)):
            call = self.feed(*self.plain_call(dialog=dialog)[::order])
            self.assertEqual(self.holds(call), [10])

    def test_legs_of_before_learn_their_hold(self):
        plain, handed = self.feed(*self.plain_call()), self.handed_over()
        silent = self.feed(self.event("ringing", 0, "d5"), self.event("ended", 9, "d5"))
        expected = self.holds(plain, handed, silent)
        self.env.flush_all()
        self.env.cr.execute("UPDATE gorod24_call_leg SET hold_seconds = NULL")
        self.env.invalidate_all()
        script = load_script(file_path(SCRIPT), "post_leg_hold")
        for _again in range(2):
            script.migrate(self.env.cr, "19.0.2.3.0")
        self.env.invalidate_all()
        self.assertEqual(self.holds(plain, handed, silent), expected)
