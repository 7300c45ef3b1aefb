# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields
from odoo.tests import tagged

from odoo.addons.gorod24_notice.tests.common import NoticeCommon

NUMBER = "83852123456"


@tagged("post_install", "-at_install")
class TestCallNotice(NoticeCommon):
    """Of what kind a call about a notice was: statistics and records go by it."""

    def _profile_after(self, **how):
        call = self.env["gorod24.call"].create(
            {
                "direction": "in",
                "number_raw": NUMBER,
                "number_e164": "+73852123456",
                "started_at": fields.Datetime.now(),
                "user_id": self.operator.id,
            }
        )
        question = self._join(self._notice(), **how)
        call._link_appeal(question.appeal_id)
        return call.profile

    def test_told_from_a_notice_it_was_a_reference(self):
        self.assertEqual(self._profile_after(waits=False), "reference")

    def test_who_waits_for_the_end_left_an_appeal(self):
        self.assertEqual(self._profile_after(waits=True), "appeal")
