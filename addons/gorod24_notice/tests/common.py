# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.gorod24_appeals.tests.common import AppealsCommon

TEXT = "Отключена горячая вода. Бригада работает на месте."


class NoticeCommon(AppealsCommon):
    """A town with a street, and the services notices are about."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.env.user.lang = "en_US"
        cls.supervisor = new_test_user(
            cls.env, "test_supervisor", groups="gorod24_appeals.group_supervisor"
        )
        cls.curator = new_test_user(
            cls.env, "test_curator", groups="gorod24_appeals.group_curator"
        )
        cls.service = cls.env["gorod24.notice.service"].create(
            {
                "name": "Горячая вода",
                "code": "test_hot",
                "topic_id": cls.heating.id,
                "participant_id": cls.participant.id,
            }
        )
        cls.now = fields.Datetime.now()

    def _hours(self, hours):
        return self.now + timedelta(hours=hours)

    def _house_line(self, house=None):
        return {"kind": "house", "building_id": (house or self.house).id}

    def _range_line(self, first, last, parity="all"):
        return {
            "kind": "range",
            "address_id": self.street.id,
            "house_from": first,
            "house_to": last,
            "parity": parity,
        }

    def _draft(self, *places, user=None, **vals):
        """Enter a notice as an operator does, without publishing it."""
        notice = self.env["gorod24.notice"].create(
            {
                "name": "Нет горячей воды",
                "type": "emergency",
                "service_id": self.service.id,
                "text": TEXT,
                "expected_at": self._hours(5),
                "place_ids": [
                    Command.create(place) for place in places or (self._house_line(),)
                ],
                **vals,
            }
        )
        return notice.with_user(user or self.operator).with_context(lang="en_US")

    def _notice(self, *places, **vals):
        notice = self._draft(*places, **vals)
        notice.action_publish()
        return notice

    def _numbers_at(self, **place):
        found = self.env["gorod24.notice"]._find_at(**place)
        return [one["number"] for one in found]

    def _join(self, notice, waits=True, **values):
        """Register a caller about a notice; return his question."""
        point = {
            "topic_id": notice.topic_id.id,
            "text": "Нет воды",
            "notice_id": notice.id,
            "notice_waits": waits,
        }
        return self._register(questions=[point], **values).question_ids
