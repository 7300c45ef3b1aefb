# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import PortalCommon


@tagged("post_install", "-at_install")
class TestPageValues(PortalCommon):
    def setUp(self):
        super().setUp()
        self.mine = self.referral.with_user(self.duty)

    def _contact(self):
        return self.mine._get_portal_values()["contact"]

    def test_agreement_decides_on_name_and_phone(self):
        contact = self._contact()
        self.assertFalse(contact["name"])
        self.assertEqual(contact["phone"], "+73852123456")
        self.agreement.field_ids = self._agreement_fields("text", "name")
        contact = self._contact()
        self.assertEqual(contact["name"], "Иванова Анна Петровна")
        self.assertFalse(contact["phone"] or contact["phone_display"])

    def test_number_of_an_anonymous_caller_is_told_to_nobody(self):
        """He may be complaining of this very participant."""
        appeal = self._register(self.heating, person_name="", author_type="anonymous")
        self.assertEqual(appeal.question_ids.phone_e164, "+73852123456")
        self.agreement.field_ids |= self._agreement_fields("name")
        referral = appeal.question_ids.referral_id.with_user(self.duty)
        values = referral._get_portal_values()
        self.assertFalse(values["contact"]["phone"])
        self.assertTrue(values["contact"]["is_closed"])
        self.assertNotIn("3852", str(values))
        page = self.env["ir.qweb"]._render(
            "gorod24_portal.request_facts", {"row": values}
        )
        self.assertIn("did not give his name", page)
        self.assertNotIn("Your agreement", page)

    def test_contact_is_hidden_when_the_request_is_finished(self):
        self.agreement.field_ids |= self._agreement_fields("name")
        for state in ("done", "refused", "withdrawn"):
            self.referral.state = state
            self.assertFalse(any(self._contact().values()), state)

    def test_page_tells_what_the_officer_needs(self):
        self.question.place_note = "подвал"
        values = self.mine._get_portal_values()
        self.assertEqual(values["topic"], self.heating.name)
        self.assertEqual(values["text"], self.question.text)
        self.assertEqual(values["place_note"], "подвал")
        self.assertEqual(values["district"], self.district.display_name)
        labels = [term["label"] for term in values["terms"]]
        self.assertEqual(labels, ["Accept before", "Complete before"])
        self.assertTrue(all(term["why"] for term in values["terms"]))

    def test_accepted_request_shows_the_term_that_runs(self):
        self.mine.action_accept()
        values = self.mine._get_portal_values()
        self.assertEqual([t["label"] for t in values["terms"]], ["Complete before"])
        self.assertEqual(values["events"][-1]["who"], "Дежуров Иван")

    def test_what_was_agreed_on_pay_is_told_of_paid_requests_only(self):
        visit = fields.Datetime.to_datetime("2026-12-01 08:30:00")
        self.question.write({"price_agreed": 1250.5, "visit_agreed_at": visit})
        values = self.mine._get_portal_values()
        self.assertFalse(values["price_agreed"] or values["visit_agreed"])
        self.question.paid = True
        values = self.mine._get_portal_values()
        self.assertEqual(values["price_agreed"], "1,250.50")
        self.assertEqual(values["visit_agreed"], self.mine._format_moment(visit))

    def test_history_tells_no_names_and_texts_of_strangers(self):
        stranger = self.env["gorod24.referral"].create(
            {
                "question_id": self.question.id,
                "appeal_id": self.appeal.id,
                "participant_id": self.other_participant.id,
                "section_id": self.foreign_section.id,
                "state": "refused",
                "refused_at": fields.Datetime.now(),
                "refused_by_id": self.foreigner.id,
                "refusal_reason": "Звонили Сидорову, он живёт в другом доме",
            }
        )
        own = stranger.copy(
            {
                "participant_id": self.participant.id,
                "section_id": self.section.id,
                "state": "done",
                "refusal_reason": False,
                "result_text": "Прочистили стояк",
                "outcome_claimed": "fixed",
                "done_at": fields.Datetime.now(),
            }
        )
        mine, strange = self.mine._get_portal_values()["history"]
        self.assertEqual(strange["participant"], self.other_participant.name)
        self.assertFalse(strange["text"] or strange["url"])
        self.assertNotIn("Сидоров", str(strange))
        self.assertNotIn(self.foreigner.name, str(strange))
        self.assertEqual(mine["text"], "Прочистили стояк")
        self.assertEqual(mine["url"], f"/my/requests/{own.id}")

    def test_moments_are_told_in_the_time_of_the_service(self):
        self.env["ir.config_parameter"].set_param("gorod24.timezone", "Asia/Barnaul")
        moment = fields.Datetime.now().replace(month=6, day=15, hour=3, minute=20)
        self.assertIn("10:20", self.mine._format_moment(moment))
        old = moment.replace(year=2020)
        self.assertIn("2020", self.mine._format_moment(old))
        self.assertFalse(self.mine._format_moment(False))

    def test_stranger_gets_no_values(self):
        with self.assertRaises(AccessError):
            self.referral.with_user(self.neighbour)._get_portal_values()
