# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.modules.module import load_script
from odoo.tests import tagged
from odoo.tools import file_path

from .common_flow import FlowCommon

FOLDER = "gorod24_appeals/migrations"


@tagged("post_install", "-at_install")
class TestUpgradeChain(FlowCommon):
    """The base as the first version left it, then the scripts of later ones."""

    def _migrate(self, name, script, version):
        self.env.flush_all()
        migrate = load_script(file_path(f"{FOLDER}/{script}"), name).migrate
        for _time in range(2):
            migrate(self.env.cr, version)
        self.env.invalidate_all()

    def _forget(self, table, **values):
        """Give all rows of a table the value the columns were filled with."""
        self.env.flush_all()
        for column, value in values.items():
            self.env.cr.execute(f"UPDATE {table} SET {column} = %s", [value])
        self.env.invalidate_all()

    def _reported(self, satisfaction):
        question = self._question()
        self._done(question)
        duty = question.informing_ids.filtered(lambda one: one.state == "due")
        duty.with_user(self.operator).record_attempt("reached", satisfaction)
        return question

    def test_a_question_reopened_before_is_in_its_next_control_period(self):
        reopened, plain = self._reported("no"), self._reported("yes")
        refused = self._question()
        self._refuse(refused)
        self._forget("gorod24_referral", way="first", period=1, previous_id=None)
        self._forget("gorod24_question", period=1)
        self._migrate("post_chain", "19.0.3.1.0/post-chain.py", "19.0.3.0.0")
        first, second = reopened.referral_ids.sorted("id")
        self.assertEqual((first.way, first.period), ("first", 1))
        self.assertEqual((second.way, second.period), ("reopened", 2))
        self.assertEqual(second.previous_id, first)
        self.assertEqual(reopened.period, 2)
        # A refusal does not open a period; who was told once stays as he was.
        first, second = refused.referral_ids.sorted("id")
        self.assertEqual((second.way, second.period), ("resent", 1))
        self.assertEqual(second.previous_id, first)
        self.assertEqual((refused.period, plain.period), (1, 1))
        self.assertEqual(plain.referral_ids.way, "first")

    def test_what_the_present_code_wrote_is_not_told_anew(self):
        question = self._reported("no")
        self._refuse(question)
        before = question.referral_ids.sorted("id").read(
            ["way", "period", "previous_id"]
        )
        self._migrate("post_chain", "19.0.3.1.0/post-chain.py", "19.0.3.0.0")
        after = question.referral_ids.sorted("id").read(
            ["way", "period", "previous_id"]
        )
        self.assertEqual(before, after)
        self.assertEqual(question.period, 2)

    def test_a_wrong_number_of_before_is_not_in_the_queue(self):
        wrong, busy = self._question(), self._question(number="83852123457")
        for question, disposition in ((wrong, "wrong_number"), (busy, "busy")):
            self._done(question)
            duty = question.informing_ids.with_user(self.operator)
            duty.record_attempt(disposition)
        self._forget("gorod24_informing", needs_contact=None, next_at=None)
        self._forget("gorod24_phone", wrong=None, wrong_at=None)
        self._migrate("post_informing", "19.0.3.0.0/post-informing.py", "19.0.2.0.0")
        self.assertTrue(wrong.informing_ids.needs_contact)
        self.assertFalse(wrong.informing_ids.next_at)
        self.assertTrue(busy.informing_ids.next_at)
        self.assertFalse(busy.informing_ids.needs_contact)
        phones = wrong.partner_id.phone_ids
        self.assertTrue(phones.filtered(lambda one: one.e164 == wrong.phone_e164).wrong)
        self.assertFalse(busy.partner_id.phone_ids.filtered("wrong"))

    def test_the_order_a_customer_gave_channels_stays(self):
        web = self.env.ref("helpdesk_mgmt.helpdesk_ticket_channel_web")
        email = self.env.ref("helpdesk_mgmt.helpdesk_ticket_channel_email")
        (web | email).write({"code": False})
        web.sequence, email.sequence = 10, 77
        self._migrate("post_channels", "19.0.3.0.0/post-channels.py", "19.0.2.0.0")
        self.assertEqual((web.code, web.sequence), ("site", 5))
        self.assertEqual((email.code, email.sequence), ("email", 77))
