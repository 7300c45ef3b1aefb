# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .test_question_terms import NOW, TermsCommon


@tagged("post_install", "-at_install")
class TestRegistrationTerm(TermsCommon):
    """59-FZ, article 8: registered within three days from the receipt."""

    def _registration(self, appeal):
        return appeal.question_ids.sudo().clock_ids.filtered(
            lambda clock: clock.kind == "registration"
        )

    def test_a_caller_is_registered_while_he_speaks(self):
        with freeze_time(NOW):
            appeal = self._register(self.written)
        clock = self._registration(appeal)
        self.assertEqual((clock.start, clock.stop), (NOW, NOW))
        self.assertEqual((clock.state, clock.outcome), ("stopped", "met"))

    def test_a_letter_that_lay_too_long_is_seen(self):
        came = NOW - timedelta(days=5)
        with freeze_time(NOW):
            appeal = self._register(self.written, received_at=f"{came}")
            clock = self._registration(appeal)
            terms = appeal.question_ids.with_user(self.operator).get_terms()["terms"]
        self.assertEqual(appeal.received_at, came)
        # 21.11.2026, the third day after 18.11, to its end in Barnaul
        self.assertEqual(clock.target, datetime(2026, 11, 21, 16, 59, 59))
        self.assertEqual((clock.start, clock.stop), (came, NOW))
        self.assertEqual(clock.outcome, "missed")
        shown = next(term for term in terms if term["kind"] == "registration")
        self.assertEqual(shown["outcome"], "missed")
        self.assertIn("59-ФЗ", shown["basis"])
        # The answer is timed from the registration (article 12), not from the receipt.
        execution = self._clocks(appeal.question_ids, "execution")
        self.assertEqual(execution.start, NOW)

    def test_a_letter_registered_in_time(self):
        with freeze_time(NOW):
            appeal = self._register(
                self.written, received_at=f"{NOW - timedelta(days=2)}"
            )
        self.assertEqual(self._registration(appeal).outcome, "met")

    def test_what_is_no_moment_of_receipt_is_refused(self):
        with freeze_time(NOW):
            for wrong in ("вчера", NOW + timedelta(days=1), NOW - timedelta(days=400)):
                with self.subTest(wrong), self.assertRaisesRegex(UserError, "Received"):
                    self._register(self.written, received_at=f"{wrong}")

    def test_regimes_without_such_a_term_have_none(self):
        self.assertFalse(self._registration(self._register(self.heating)))

    def test_a_converted_call_was_registered_in_the_call(self):
        with freeze_time(NOW):
            appeal = self._register(self.heating)
        with freeze_time(NOW + timedelta(days=8)):
            appeal.with_user(self.operator).action_convert("complaint", "ул. Опытная")
        clock = self._registration(appeal)
        self.assertEqual((clock.start, clock.stop, clock.outcome), (NOW, NOW, "met"))

    def test_a_paper_blank_is_timed_to_its_entry(self):
        """The citizen spoke on Monday, the blank was found on Saturday."""
        with freeze_time(NOW):
            batch = self.env["gorod24.blank.batch"].with_user(self.operator)
            blank = batch._issue(1).blank_ids
        with freeze_time(NOW + timedelta(days=5)):
            appeal = self._register(
                self.written,
                blank_serial=blank.serial,
                contact_at=f"{NOW}",
                taken_by_id=self.operator.id,
            )
        clock = self._registration(appeal)
        self.assertEqual((clock.start, clock.outcome), (NOW, "missed"))
        self.assertEqual(clock.stop, NOW + timedelta(days=5))
