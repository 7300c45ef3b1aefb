# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.fields import Command
from odoo.tests import new_test_user

from .common import AppealsCommon


class FlowCommon(AppealsCommon):
    """Three participants answer for heating, each next one by a wider rule."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.supervisor = new_test_user(
            cls.env, "test_supervisor", groups="gorod24_appeals.group_supervisor"
        )
        cls.third = cls.env["res.partner"].create(
            {"name": "Пробная дирекция", "is_company": True, "is_participant": True}
        )
        cls.other_duty = new_test_user(
            cls.env, "test_other_duty", groups="base.group_portal"
        )
        cls.other_section, cls.third_section = cls.env["gorod24.section"].create(
            [
                {
                    "name": "Участок водоканала",
                    "participant_id": cls.other_participant.id,
                    "member_ids": [
                        Command.create({"user_id": cls.other_duty.id, "role": "duty"})
                    ],
                },
                {"name": "Участок дирекции", "participant_id": cls.third.id},
            ]
        )
        # The town's rule of the common class is the widest but one.
        cls.env["gorod24.competence"].search(
            [("participant_id", "=", cls.participant.id)]
        ).building_ids = [Command.set(cls.house.ids)]
        cls.env["gorod24.competence"].create(
            [
                {
                    "topic_id": cls.heating.parent_id.id,
                    "address_id": place.id,
                    "participant_id": section.participant_id.id,
                    "section_id": section.id,
                }
                for place, section in (
                    (cls.district, cls.other_section),
                    (cls.city, cls.third_section),
                )
            ]
        )

    def _question(self, *topics, **values):
        return self._register(*topics, **values).question_ids

    def _as(self, user, records):
        return records.with_user(user).with_context(lang="en_US")

    def _refuse(self, question, reason="Не наш дом"):
        self._as(self.operator, question.referral_id).action_refuse(reason)

    def _done(self, question, outcome="fixed", text="Сделано"):
        self._as(self.operator, question.referral_id).action_done(text, outcome)

    def _kinds(self, question):
        return question.event_ids.sorted("id").mapped("kind")

    def _receivers(self, question):
        return question.referral_ids.sorted("id").mapped("participant_id")
