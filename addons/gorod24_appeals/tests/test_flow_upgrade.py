# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.modules.module import load_script
from odoo.tests import tagged
from odoo.tools import file_path

from .common_flow import FlowCommon

SCRIPT = "gorod24_appeals/migrations/19.0.3.0.0/post-flow.py"


@tagged("post_install", "-at_install")
class TestFlowUpgrade(FlowCommon):
    def test_questions_of_before_get_their_history_once(self):
        question = self._question()
        self._refuse(question)
        self._done(question)
        question._close(outcome="unreachable")
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM gorod24_question_event")
        self.env.cr.execute(
            "UPDATE gorod24_referral SET held_seconds = 0,"
            " sent_at = sent_at - interval '2 hours'"
        )
        migrate = load_script(file_path(SCRIPT), "post_flow").migrate
        for _time in range(2):
            migrate(self.env.cr, "19.0.2.0.0")
        self.env.invalidate_all()
        self.assertEqual(
            sorted(question.event_ids.mapped("kind")),
            ["accepted", "closed", "done", "refused", "registered", "sent", "sent"],
        )
        self.assertGreaterEqual(min(question.referral_ids.mapped("held_seconds")), 7200)
