# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.mail.tests.common import MailCase

from .common import PortalCommon


@tagged("post_install", "-at_install")
class TestLetter(PortalCommon, MailCase):
    def setUp(self):
        super().setUp()
        self.section.email = "section@example.com"
        self.duty.email = "duty@example.com"
        self.colleague.email = "colleague@example.com"
        self.env["gorod24.referral"].search([]).notify_pending = False
        cron = self.env["ir.cron"]
        # The job commits; a test must not.
        self.startPatcher(
            patch.object(type(cron), "_commit_progress", lambda *a, **k: 99)
        )

    def _run(self):
        with self.mock_mail_gateway():
            self.env["gorod24.referral"]._cron_send_letters()
        return self._new_mails

    def test_sending_wakes_the_job_and_makes_no_letter_itself(self):
        cron = self.env.ref("gorod24_portal.ir_cron_letter")
        before = self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])
        with self.mock_mail_gateway():
            referral = self._register().question_ids.referral_id
        self.assertTrue(referral.notify_pending)
        self.assertFalse(self._new_mails)
        after = self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])
        self.assertEqual(after, before + 1)

    def test_letter_tells_number_topic_address_term_and_link_only(self):
        referral = self._register().question_ids.referral_id
        mail = self._run()
        self.assertEqual(len(mail), 1)
        question = referral.question_id
        self.assertEqual(mail.email_to, "section@example.com")
        # All members: both are duty officers by default.
        people = self.duty.partner_id | self.colleague.partner_id
        self.assertEqual(mail.recipient_ids, people)
        self.assertIn(question.name, mail.subject)
        body = str(mail.body_html)
        for part in (
            question.name,
            self.heating.name,
            self.house.display_name,
            f"/my/requests/{referral.id}",
            referral.with_context(lang="en_US")._portal_due()["moment"],
        ):
            self.assertIn(part, body)
        # Mail clients and the sanitizer drop what they do not know: white on white.
        self.assertIn("background-color", body.split("<a ")[1].split(">")[0])
        for secret in ("Иванова", "3852123456", question.text, "flat 7"):
            self.assertNotIn(secret, body)
        self.assertFalse(referral.notify_pending)

    def test_letter_is_made_once(self):
        self._register()
        self.assertEqual(len(self._run()), 1)
        self.assertFalse(self._run())

    def test_letter_speaks_russian(self):
        self._speak_russian()
        self._register()
        self.assertIn("Заявка №", self._run().subject)

    def test_request_already_taken_needs_no_letter(self):
        referral = self._register().question_ids.referral_id
        referral.with_user(self.duty).action_accept()
        self.assertFalse(self._run())
        self.assertFalse(referral.notify_pending)

    def test_address_of_the_section_is_not_written_to_twice(self):
        self.duty.email = "section@example.com"
        self._register()
        self.assertEqual(self._run().recipient_ids, self.colleague.partner_id)

    def test_section_without_addresses_is_no_error(self):
        self.section.email = False
        (self.duty | self.colleague).partner_id.email = False
        self._register()
        self.assertFalse(self._run())

    @mute_logger("odoo.addons.gorod24_portal.models.gorod24_referral_letter")
    def test_one_broken_letter_does_not_hold_up_the_others(self):
        broken = self._register().question_ids.referral_id
        self._register()
        send = type(broken)._send_letter

        def fail(referral):
            if referral == broken:
                raise ValueError("no")
            return send(referral)

        with patch.object(type(broken), "_send_letter", fail):
            self.assertEqual(len(self._run()), 1)
        self.assertFalse(broken.notify_pending)
