# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user


class AppealsCommon(TransactionCase):
    """A town of one street and two houses, one participant with a duty officer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True))
        # Tests run at night, too: hours are the business of tests of their own.
        cls.env["ir.config_parameter"].set_param(
            "gorod24.hours_round_the_clock", "True"
        )
        cls._set_up_town()
        cls._set_up_topics()
        cls._set_up_participants()
        cls.operator = new_test_user(
            cls.env, "test_operator", groups="gorod24_appeals.group_operator"
        )
        cls.manager = new_test_user(
            cls.env, "test_manager", groups="gorod24_appeals.group_manager"
        )
        cls.card = cls.env["gorod24.caller.card"].with_user(cls.operator)

    @classmethod
    def _set_up_town(cls):
        Address = cls.env["gorod24.address"]
        cls.city = Address.create(
            {"name": "Пробный", "type_name": "г.", "level": "city"}
        )
        cls.district = Address.create(
            {
                "name": "Северный",
                "type_name": "р-н",
                "level": "district",
                "parent_id": cls.city.id,
            }
        )
        cls.street = Address.create(
            {
                "name": "Опытная",
                "type_name": "ул.",
                "level": "street",
                "parent_id": cls.city.id,
                "district_id": cls.district.id,
            }
        )
        cls.house, cls.other_house = cls.env["gorod24.building"].create(
            [
                {
                    "street_id": cls.street.id,
                    "house": house,
                    "district_id": cls.district.id,
                }
                for house in ("10", "12")
            ]
        )

    @classmethod
    def _set_up_topics(cls):
        classifier = cls.env["gorod24.classifier"].create(
            {"name": "Пробный", "kind": "local"}
        )
        group, cls.heating, cls.pipe, cls.reference = cls.env[
            "helpdesk.ticket.category"
        ].create(
            [
                {
                    "name": name,
                    "code": code,
                    "classifier_id": classifier.id,
                    "regime_code": regime,
                    "is_topic": code != "T",
                }
                for name, code, regime in (
                    ("Пробная группа", "T", False),
                    ("Пробный холод в батареях", "T-1", "HOT"),
                    ("Пробный прорыв трубы", "T-2", "EMRG"),
                    ("Пробная справка", "T-3", "INFO"),
                )
            ]
        )
        (cls.heating | cls.pipe | cls.reference).parent_id = group

    @classmethod
    def _set_up_participants(cls):
        cls.participant, cls.other_participant = cls.env["res.partner"].create(
            [
                {"name": name, "is_company": True, "is_participant": True}
                for name in ("Пробные теплосети", "Пробный водоканал")
            ]
        )
        cls.duty = new_test_user(cls.env, "test_duty", groups="base.group_portal")
        cls.section = cls.env["gorod24.section"].create(
            {
                "name": "Северный участок",
                "participant_id": cls.participant.id,
                "member_ids": [
                    Command.create({"user_id": cls.duty.id, "role": "duty"})
                ],
            }
        )
        cls.env["gorod24.competence"].create(
            {
                "topic_id": cls.heating.parent_id.id,
                "address_id": cls.city.id,
                "participant_id": cls.participant.id,
                "section_id": cls.section.id,
            }
        )

    def _register(self, *topics, **values):
        """Save a card as the operator would and return the appeal."""
        questions = [
            {"topic_id": topic.id, "text": f"Слова гражданина: {topic.name}"}
            for topic in topics or (self.heating,)
        ]
        vals = {
            "person_name": "Иванова Анна Петровна",
            "number": "83852123456",
            "building_id": self.house.id,
            "flat": "7",
            "questions": questions,
        }
        saved = self.card.register(vals | values)
        return self.env["helpdesk.ticket"].browse(saved["appeal_id"])

    def _sweep(self, moment):
        """Let the sweep and the letters run at a moment; return the letters."""
        clocks = self.env["gorod24.clock"]
        last = self.env["mail.message"].search([], order="id desc", limit=1).id
        with (
            freeze_time(moment),
            patch.object(self.env.registry["ir.cron"], "_commit_progress"),
        ):
            clocks._sweep_batch(clocks._sweep_domain(moment))
            self.env["gorod24.escalation.letter"]._cron_send()
        return self.env["mail.message"].search(
            [("id", ">", last), ("message_type", "=", "user_notification")]
        )

    def _as_duty(self, question):
        # The portal gives the officer his reading right; here only the work is tried.
        return question.referral_id.with_user(self.operator)
