# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import NoticeCommon


@tagged("post_install", "-at_install")
class TestNoticeAccess(NoticeCommon):
    """Who reads notices, who enters them, who keeps them."""

    def test_operator_enters_and_publishes_but_deletes_nothing(self):
        Notice = self.env["gorod24.notice"].with_user(self.operator)
        notice = Notice.create({"name": "Нет света", "service_id": self.service.id})
        self.assertEqual(notice.author_id, self.operator)
        notice.text = "Нет света в доме."
        with self.assertRaises(AccessError):
            notice.unlink()
        with self.assertRaises(AccessError):
            self.service.with_user(self.operator).name = "Другое"

    def test_curator_keeps_notices_and_services(self):
        notice = self._draft(user=self.curator)
        notice.cause = "Плановый ремонт"
        notice.action_publish()
        notice.action_prolong(self._hours(8), "Задержка")
        notice.action_cancel("Отменили")
        self.assertEqual(notice.state, "cancelled")
        self.service.with_user(self.curator).name = "Вода горячая"

    def test_manager_only_reads(self):
        notice = self._notice().with_user(self.manager)
        self.assertEqual(notice.name, "Нет горячей воды")
        self.assertEqual(notice.joined_count, 0)
        with self.assertRaises(AccessError):
            notice.cause = "Другое"
        with self.assertRaises(AccessError):
            notice.action_finish()

    def test_an_officer_of_a_participant_sees_no_notices_of_the_hotline(self):
        notice = self._notice().with_user(self.other_duty)
        with self.assertRaises(AccessError):
            notice.read(["name"])

    def test_windows_of_others_stay_closed(self):
        notice = self._notice()
        window = (
            self.env["gorod24.notice.change"]
            .with_user(self.operator)
            .create({"notice_id": notice.id, "change": "finish"})
        )
        with self.assertRaises(AccessError):
            window.with_user(self.curator).read(["change"])

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_duty = cls.duty.copy({"login": "test_stranger"})
