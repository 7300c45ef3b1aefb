# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from types import SimpleNamespace
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .test_informing import NOON, InformingCommon

MOBILE = "+79131234567"


class Gateway:
    """Stands for the messages of Odoo's addon: the tests run without it."""

    def __init__(self):
        self.messages = []
        kinds = [("sms_credit", "Insufficient Credit")]
        field = SimpleNamespace(_description_selection=lambda _env: kinds)
        self._fields, self.env = {"failure_type": field}, None

    def create(self, vals):  # pylint: disable=method-required-super
        message = SimpleNamespace(
            **vals, uuid=f"u{len(self.messages)}", state="outgoing", failure_type=False
        )
        message.action_set_canceled = lambda: setattr(message, "state", "canceled")
        self.messages.append(message)
        return message

    def search(self, domain):
        return [one for one in self.messages if one.uuid in domain[0][2]]


@tagged("post_install", "-at_install")
class TestInformingSms(InformingCommon):
    """The result leaves by a short message, or the citizen is called after all."""

    def setUp(self):
        super().setUp()
        self.gateway = Gateway()
        Informing = type(self.env["gorod24.informing"])
        self.reports = {}
        for name, stand_in in {
            "_get_sms_gateway": lambda _self: self.gateway,
            "_track_sms": lambda _self, _body: False,
            "_get_sms_report": lambda duty: self.reports.get(duty.sms_uuid),
        }.items():
            self.startPatcher(patch.object(Informing, name, stand_in))
        self.env["ir.config_parameter"].set_param("gorod24.informing_sms", "1")

    def _duty(self, number=MOBILE, **values):
        vals = {"inform_way": "sms", "number": number} | values
        return self._done(**vals).sudo()

    def _follow(self):
        self.env["gorod24.informing"]._cron_follow_sms()

    def test_message_tells_the_result_and_closes_the_question(self):
        duty = self._duty()
        (message,) = self.gateway.messages
        self.assertEqual(message.number, MOBILE)
        self.assertIn(duty.question_id.name, message.body)
        self.assertLessEqual(len(message.body), 134)
        self.assertNotIn(duty.partner_id.name, message.body)
        self.assertNotIn("Батарею", message.body, "free text may name persons")
        self.assertFalse(duty.next_at, "a citizen who is written to is not called")
        self._follow()
        self.assertEqual((duty.state, duty.letter_state), ("due", "queued"))
        message.state = "pending"
        self._follow()
        self.assertEqual((duty.state, duty.letter_state), ("due", "unconfirmed"))
        self.assertFalse(duty.attempt_ids, "taken by the gateway is not told")
        self.assertFalse(duty.next_at)
        # the gateway's daily cleaning
        self.gateway.messages.clear()
        self._follow()
        self.assertEqual(duty.letter_state, "unconfirmed")
        self.reports[duty.sms_uuid] = "sent"
        self._follow()
        self._follow()
        self.assertEqual((duty.state, duty.letter_state), ("done", "sent"))
        self.assertEqual(duty.question_id.state, "closed")
        self.assertEqual(duty.attempt_ids.mapped("disposition"), ["sms"])

    def test_message_the_phone_refused_returns_the_citizen_to_the_calls(self):
        duty = self._duty()
        self.gateway.messages[0].state = "pending"
        self._follow()
        self.gateway.messages.clear()
        self.reports[duty.sms_uuid] = "bounce"
        self._follow()
        self.assertEqual((duty.state, duty.letter_state), ("due", "failed"))
        self.assertEqual(duty.next_at, NOON)
        self.assertEqual(duty.question_id.state, "informing")
        self.assertTrue(duty.letter_error)

    def test_message_nobody_confirms_in_a_day_is_followed_by_a_call(self):
        duty = self._duty()
        self.gateway.messages[0].state = "pending"
        self._follow()
        self.time.tick(timedelta(hours=23))
        self.env["gorod24.informing"]._cron_return_letters()
        self.assertEqual(duty.letter_state, "unconfirmed")
        self.time.tick(timedelta(hours=2))
        self.env["gorod24.informing"]._cron_return_letters()
        self.assertEqual((duty.state, duty.letter_state), ("due", "failed"))
        self.assertTrue(duty.next_at)

    def test_who_wants_a_call_after_all_is_not_told_by_a_late_report(self):
        for taken in (False, True):
            duty = self._duty(number=f"+7913123456{int(taken)}")
            message = self.gateway.messages[-1]
            if taken:
                message.state = "pending"
                self._follow()
            duty.appeal_id.with_user(self.operator).inform_way = "phone"
            self.assertEqual(message.state, "pending" if taken else "canceled")
            self.assertEqual(duty.next_at, NOON)
            self.reports[duty.sms_uuid] = "sent"
            self._follow()
            self.assertEqual((duty.state, duty.letter_state), ("due", False))

    def test_the_text_for_the_citizen_names_the_way_he_chose(self):
        words = self._duty().appeal_id.with_context(lang="en_US").acknowledgement
        self.assertNotIn("by telephone", words)
        question = self._register(inform_way="sms", number=MOBILE).question_ids
        words = question.appeal_id.with_context(lang="en_US").acknowledgement
        self.assertIn("by an SMS to the number ending in 45-67", words)

    def test_failed_message_returns_the_citizen_and_is_not_repeated(self):
        duty = self._duty()
        self.gateway.messages[0].state = "error"
        self.gateway.messages[0].failure_type = "sms_credit"
        self._follow()
        self.assertEqual((duty.state, duty.letter_state), ("due", "failed"))
        self.assertEqual(duty.letter_error, "Insufficient Credit")
        self.assertEqual(duty.next_at, NOON)
        self.assertEqual(duty.attempt_ids.disposition, "sms_failed")
        duty._start_letters()
        self.assertEqual(len(self.gateway.messages), 1)

    def test_message_that_does_not_leave_in_a_day_is_replaced_by_a_call(self):
        duty = self._duty()
        self.time.tick(timedelta(hours=25))
        self.env["gorod24.informing"]._cron_return_letters()
        self.assertEqual((duty.state, duty.letter_state), ("due", "failed"))
        self.assertEqual(self.gateway.messages[0].state, "canceled")

    def test_only_to_a_mobile_number_that_may_be_used(self):
        self.assertTrue(self._duty("+73852123456").next_at)
        person = self._duty().partner_id
        person.phone_ids.do_not_call = True
        self._duty(partner_id=person.id)
        self._duty(inform_way="none")
        self._duty(inform_way="phone")
        self.assertEqual(len(self.gateway.messages), 1)

    def test_offered_only_when_it_is_on(self):
        def offered():
            field = self.env["helpdesk.ticket"].fields_get(["inform_way"])["inform_way"]
            card = self.env["gorod24.caller.card"].with_user(self.operator).load(MOBILE)
            return "sms" in dict(field["selection"]), card["may_sms"]

        self.assertEqual(offered(), (True, True))
        self.env["ir.config_parameter"].set_param("gorod24.informing_sms", "0")
        self.assertEqual(offered(), (False, False))
        self.assertTrue(self._duty().next_at, "he is called")
        self.assertFalse(self.gateway.messages)

    def test_text_is_checked(self):
        for wrong in ("Готово", "{number} {person}", "{number}" + "я" * 99):
            with self.assertRaises(ValidationError):
                self.env["res.config.settings"].create(
                    {"gorod24_informing_sms_text": wrong}
                )
