# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from .smtp_sink import SmtpSink
from .test_informing import NOON, InformingCommon

ADDRESS = "anna@example.org"


@tagged("post_install", "-at_install")
class TestInformingLetter(InformingCommon):
    """The result leaves by a real mail server, or the citizen is called after all."""

    def setUp(self):
        super().setUp()
        self.sink = self.enterContext(SmtpSink())
        Server = self.env["ir.mail_server"]
        Server.search([]).active = False
        Server.create(
            {
                "name": "Приёмник",
                "smtp_host": "127.0.0.1",
                "smtp_port": self.sink.port,
                "smtp_encryption": "none",
            }
        )
        # Odoo sends nothing in its tests unless told to.
        self.startPatcher(
            patch.object(type(Server), "_disable_send", lambda _self: False)
        )
        self.env.company.email = "hotline@example.com"
        self.env["ir.config_parameter"].set_param("gorod24.informing_letters", "1")

    def _duty(self, **values):
        vals = {"inform_way": "email", "inform_email": ADDRESS} | values
        return self._done(**vals).sudo()

    def _letters(self):
        """Letters to the citizen; officers of participants get theirs, too."""
        return [letter for letter in self.sink.letters if ADDRESS in letter["To"]]

    def test_letter_tells_the_result_and_closes_the_question(self):
        duty = self._duty()
        self.assertEqual((duty.state, duty.letter_state), ("due", "queued"))
        self.assertFalse(duty.next_at, "a citizen who is written to is not called")
        duty.letter_mail_id.send()
        (letter,) = self._letters()
        self.assertIn(ADDRESS, letter["To"])
        self.assertIn("hotline@example.com", letter["From"])
        self.assertIn(duty.question_id.name, letter["Subject"])
        body = letter.get_body(("plain",)).get_content()
        self.assertIn("Батарею продули", body)
        self.assertIn(self.participant.name, body)
        self.assertEqual((duty.state, duty.letter_state), ("done", "sent"))
        self.assertEqual(duty.question_id.state, "closed")
        self.assertEqual(duty.question_id.outcome, "fixed")
        self.assertEqual(duty.attempt_ids.disposition, "letter")

    def test_letter_of_a_result_returned_for_rework_does_not_leave(self):
        duty = self._duty()
        duty.question_id.action_rework("Не то")
        self.assertEqual(
            (duty.state, duty.letter_mail_id.state), ("cancelled", "cancel")
        )
        self.env["mail.mail"].process_email_queue()
        self.assertFalse(self._letters())

    @mute_logger("odoo.addons.mail.models.mail_mail")
    def test_refused_letter_returns_the_citizen_to_the_calls(self):
        self.sink.refused.append(ADDRESS)
        duty = self._duty()
        duty.letter_mail_id.send()
        self.assertFalse(self._letters())
        self.assertEqual((duty.state, duty.letter_state), ("due", "failed"))
        self.assertIn("550", duty.letter_error)
        self.assertEqual(duty.next_at, NOON)
        desk = self.env["gorod24.informing.desk"].with_user(self.operator)
        self.assertIn("550", desk.take()["items"][0]["letter_error"])

    @mute_logger("odoo.addons.mail.models.mail_mail")
    def test_without_a_phone_a_refused_letter_asks_for_another_contact(self):
        self.sink.refused.append(ADDRESS)
        duty = self._duty(number="anonymous")
        self.assertEqual(duty.question_id.state, "informing")
        duty.letter_mail_id.send()
        self.assertTrue(duty.needs_contact)

    def test_letter_that_does_not_leave_in_a_day_is_replaced_by_a_call(self):
        duty = self._duty()
        self.env["gorod24.informing"]._cron_return_letters()
        self.assertEqual(duty.letter_state, "queued")
        self.time.tick(timedelta(hours=25))
        self.env["gorod24.informing"]._cron_return_letters()
        self.assertEqual((duty.state, duty.letter_state), ("due", "failed"))
        self.assertTrue(duty.next_at)
        duty.letter_mail_id.send()
        self.assertFalse(self._letters(), "he would be told twice")

    def test_told_by_phone_meanwhile_the_letter_changes_nothing(self):
        duty = self._duty()
        duty.with_user(self.operator).record_attempt("reached", "yes")
        duty.letter_mail_id.send()
        self.assertEqual((duty.state, duty.satisfaction), ("done", "yes"))
        self.assertEqual(len(duty.attempt_ids), 1)

    def test_corrected_address_gets_the_letter_the_wrong_one_does_not(self):
        duty = self._duty(inform_email="anna@exmaple.org")
        wrong = duty.letter_mail_id
        duty.appeal_id.with_user(self.operator).inform_email = ADDRESS
        self.assertEqual(wrong.state, "cancel")
        self.assertEqual(duty.letter_state, "queued")
        wrong.send()
        self.assertEqual(duty.state, "due", "a stranger would have been told")
        duty.letter_mail_id.send()
        self.assertEqual(
            [letter["To"] for letter in self.sink.letters if "anna" in letter["To"]],
            [ADDRESS],
        )
        self.assertEqual((duty.state, duty.letter_state), ("done", "sent"))

    def test_who_wants_a_call_after_all_is_called_and_not_written_to(self):
        duty = self._duty()
        duty.appeal_id.with_user(self.operator).inform_way = "phone"
        self.assertFalse(duty.letter_state)
        self.assertEqual(duty.next_at, NOON)
        self.assertTrue(
            self.env["gorod24.informing.desk"].with_user(self.operator).take()
        )
        duty.letter_mail_id.send()
        self.assertFalse(self._letters())
        self.assertEqual(duty.question_id.state, "informing")

    def test_the_same_choice_saved_again_writes_no_second_letter(self):
        duty = self._duty()
        letter = duty.letter_mail_id
        duty.appeal_id.with_user(self.operator).inform_email = ADDRESS
        self.assertEqual(duty.letter_mail_id, letter)
        self.assertEqual(letter.state, "outgoing")

    def test_told_otherwise_meanwhile_the_letter_does_not_leave(self):
        told = self._duty()
        told.with_user(self.operator).record_attempt("reached", "no", "Течёт")
        self.assertEqual(told.question_id.state, "sent")
        declined = self._duty(number="83852123458")
        declined.appeal_id.with_user(self.operator).inform_way = "none"
        self.assertEqual(declined.state, "declined")
        (told | declined).letter_mail_id.send()
        self.assertFalse(self._letters(), "he would be told «fixed» an hour later")

    def test_citizen_who_chose_a_call_gets_no_letter(self):
        duty = self._duty(inform_way="phone")
        self.assertFalse(duty.letter_mail_id)
        self.assertEqual(duty.next_at, NOON)
