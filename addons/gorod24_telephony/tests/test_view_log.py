# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.modules.module import load_script
from odoo.tests import tagged
from odoo.tools.misc import file_path

from .common import TelephonyCommon

SCRIPT = "gorod24_telephony/migrations/19.0.2.3.0/post-view-log.py"


@tagged("post_install", "-at_install")
class TestViewLog(TelephonyCommon):
    def _new(self, known):
        return self.env["gorod24.appeal.view"].search([]) - known

    def test_lists_of_calls_and_callbacks_are_noted(self):
        call = self.feed(*self.plain_call())
        self._register(call_id=call.id)
        known = self._new(self.env["gorod24.appeal.view"])
        mine = self.env["gorod24.call"].with_user(self.operator)
        mine.web_search_read([("id", "=", call.id)], {"display_name": {}})
        line = self._new(known)
        self.assertEqual((line.source, line.model), ("list", "gorod24.call"))
        self.assertEqual(line.citizen_id, call.partner_id)

    def test_what_was_listened_to_before_is_brought_in_once(self):
        call = self.feed(*self.plain_call())
        appeal = self._register(call_id=call.id)
        recording = self.record()
        self.env.cr.execute(
            "DELETE FROM gorod24_appeal_view WHERE source IN ('heard', 'audio')"
        )
        known = self._new(self.env["gorod24.appeal.view"])
        self.env["gorod24.recording.access"].create(
            {
                "recording_id": recording.id,
                "call_id": call.id,
                "user_id": self.operator.id,
                "at": "2026-11-01 10:00:00",
                "kind": "download",
            }
        )
        self.env.flush_all()
        script = load_script(file_path(SCRIPT), "post_view_log")
        for _turn in range(2):
            script.migrate(self.env.cr, "19.0.2.2.0")
        line = self._new(known)
        self.assertEqual((line.source, line.user_id), ("audio", self.operator))
        self.assertEqual(str(line.at), "2026-11-01 10:00:00")
        self.assertEqual(line.citizen_id, appeal.partner_id)
        self.assertEqual(line.about, appeal.number)
