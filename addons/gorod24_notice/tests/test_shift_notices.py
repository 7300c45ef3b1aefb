# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from .common import NoticeCommon


@tagged("post_install", "-at_install")
class TestShiftNotices(NoticeCommon):
    """What the next shift reads of notices."""

    def setUp(self):
        super().setUp()
        # by day: what ends "tonight" is not the next minute
        self.now = datetime(2026, 11, 23, 5)
        noon = freeze_time(self.now)
        noon.start()
        self.addCleanup(noon.stop)
        self.shift = self.env["gorod24.shift.handover"].with_user(self.operator)

    def _rows(self, key):
        blocks = {block["key"]: block for block in self.shift.page()["blocks"]}
        return blocks.get(key, {"rows": []})["rows"]

    def _numbers(self, key):
        return [row["number"] for row in self._rows(key)]

    def _ending(self, moment):
        notice = self._notice()
        notice.sudo().expected_at = moment
        return notice

    def test_what_ends_tonight_and_what_is_overdue_stand_apart(self):
        tonight = self.shift._tonight()
        ending = self._ending(tonight - timedelta(seconds=1))
        later = self._ending(tonight + timedelta(minutes=1))
        late = self._ending(self._hours(-2))
        self.assertEqual(self._numbers("notices_tonight"), [ending.number])
        self.assertEqual(self._numbers("notices_overdue"), [late.number])
        (row,) = self._rows("notices_overdue")
        self.assertEqual((row["model"], row["id"]), ("gorod24.notice", late.id))
        self.assertTrue(row["badge"])
        self.assertLess(row["left_minutes"], 0)
        self.assertEqual(row["place"], self.house.display_name)
        late.action_finish()
        self.assertEqual(self._numbers("notices_overdue"), [])
        self.assertEqual(later.state, "active")

    def test_draft_waits_to_be_published(self):
        draft = self._draft()
        self.assertIn(draft.number, self._numbers("notices_draft"))
        draft.action_publish()
        self.assertNotIn(draft.number, self._numbers("notices_draft"))

    def test_handover_keeps_how_many_there_were(self):
        self._ending(self._hours(-2))
        handed = self.shift.hand_over("Звонить в теплосети")
        kept = self.shift.browse(handed["id"])
        self.assertEqual(kept.counts["notices_overdue"], 1)
        titles = self.shift._get_block_titles()
        self.assertIn(f"{titles['notices_overdue']}: 1", kept.counts_text)
