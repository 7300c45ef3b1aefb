# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import io

from PIL import Image

from odoo import fields, http
from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user

from odoo.addons.gorod24_appeals.tests.common import AppealsCommon
from odoo.addons.gorod24_classifier.tests.common import hold_today

PARTICIPANT = "gorod24_portal.group_participant"


def picture(kind="JPEG", size=(640, 480)):
    """Return the bytes of a small picture."""
    buffer = io.BytesIO()
    Image.new("RGB", size, "#0b6e99").save(buffer, kind)
    return buffer.getvalue()


class PortalCommon(AppealsCommon):
    """Two participants; the first has two sections with people of every kind."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The base may speak Russian only; messages are compared in the source language.
        cls.env["res.lang"]._activate_lang("en_US")
        cls.env["ir.config_parameter"].set_param("gorod24_portal.lang", "en_US")
        group = cls.env.ref(PARTICIPANT)
        cls.duty.group_ids = [Command.set(group.ids)]
        cls.duty.name = "Дежуров Иван"
        cls.colleague = cls._new_officer("g24_colleague", cls.section)
        cls.other_section = cls._new_section("Южный участок", cls.participant)
        cls.neighbour = cls._new_officer("g24_neighbour", cls.other_section)
        cls.head = cls._new_officer("g24_head", cls.other_section, role="head")
        cls.foreign_section = cls._new_section("Участок 1", cls.other_participant)
        cls.foreigner = cls._new_officer("g24_foreigner", cls.foreign_section)
        cls.foreign_head = cls._new_officer(
            "g24_foreign_head", cls.foreign_section, role="head"
        )
        today = hold_today(cls)
        yesterday = fields.Date.subtract(today, days=1)
        tomorrow = fields.Date.add(today, days=1)
        cls.former = cls._new_officer("g24_former", cls.section, date_to=yesterday)
        cls.future = cls._new_officer("g24_future", cls.section, date_from=tomorrow)
        cls.nobody = new_test_user(cls.env, "g24_nobody", groups=PARTICIPANT)
        cls.citizen = new_test_user(cls.env, "g24_citizen", groups="base.group_portal")
        cls.agreement = cls._new_agreement(
            cls.participant, "text", "address", "flat", "phone"
        )
        cls.appeal = cls._register(cls, cls.heating)
        cls.question = cls.appeal.question_ids
        cls.referral = cls.question.referral_id

    @classmethod
    def _new_section(cls, name, participant):
        return cls.env["gorod24.section"].create(
            {"name": name, "participant_id": participant.id}
        )

    @classmethod
    def _new_agreement(cls, participant, *codes, **values):
        return cls.env["gorod24.agreement"].create(
            {
                "participant_id": participant.id,
                "number": "1",
                "date": "2026-01-01",
                "valid_from": "2026-01-01",
                "field_ids": [Command.set(cls._agreement_fields(*codes).ids)],
                **values,
            }
        )

    @classmethod
    def _agreement_fields(cls, *codes):
        return cls.env["gorod24.agreement.field"].search([("code", "in", codes)])

    @classmethod
    def _new_officer(cls, login, section, **membership):
        user = new_test_user(cls.env, login, groups=PARTICIPANT)
        cls.env["gorod24.section.member"].create(
            {"section_id": section.id, "user_id": user.id, **membership}
        )
        return user

    @classmethod
    def _speak_russian(cls):
        """Make Russian the language of the participants, terms loaded."""
        cls.env["res.lang"]._activate_lang("ru_RU")
        modules = cls.env["ir.module.module"].search([("state", "=", "installed")])
        names = [name for name in modules.mapped("name") if name.startswith("gorod24")]
        modules._load_module_terms(names, ["ru_RU"])
        cls.env["ir.config_parameter"].set_param("gorod24_portal.lang", "ru_RU")

    def _referrals(self, user):
        return self.env["gorod24.referral"].with_user(user).with_context(lang="en_US")


class PortalHttpCommon(PortalCommon, HttpCase):
    """Requests of a browser without a browser."""

    def _login(self, user):
        self.authenticate(user.login, user.login)

    def _url(self, work="", referral=None):
        url = f"/my/requests/{(referral or self.referral).id}"
        return f"{url}/{work}" if work else url

    def _post(self, work, data=None, files=None, fetch=False, referral=None):
        """Send a form as the page does; return the response without following."""
        return self.url_open(
            self._url(work, referral),
            data={"csrf_token": http.Request.csrf_token(self), **(data or {})},
            files=files,
            headers={"X-Requested-With": "fetch"} if fetch else {},
            allow_redirects=False,
            timeout=60,
        )
