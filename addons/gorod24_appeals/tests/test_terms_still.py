# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from freezegun import freeze_time

from odoo.modules.module import load_script
from odoo.tests import tagged
from odoo.tools import file_path

from .test_question_terms import NOW, TermsCommon


@tagged("post_install", "-at_install")
class TestTermsStill(TermsCommon):
    """A term that stands still or is excused is overdue on no screen."""

    def _counted_late(self, question):
        """Whether each screen counts the question among the overdue ones."""
        late = [("is_overdue", "=", True)]
        blocks = self.env["gorod24.shift.handover"]._get_blocks()
        shift = next(block for block in blocks if block["key"] == "overdue")
        counts = self.env["gorod24.journal"]._counts_by_section(question.section_id)
        return {
            "question": question.is_overdue,
            "journal": bool(question.search([("id", "=", question.id), *late])),
            "referral": question.referral_id.is_overdue,
            "section": bool(
                question.referral_id.search(
                    [("id", "=", question.referral_id.id), *late]
                )
            ),
            "figures": bool(counts[question.section_id.id]["overdue"]),
            "shift": question.id in [row["id"] for row in shift["rows"]],
        }

    def _accepted(self):
        with freeze_time(NOW):
            question = self._question(self.heating)
            self._as_duty(question).action_accept()
        return question, question.execution_due

    def _assert_late(self, question, late):
        question.invalidate_recordset()
        question.referral_id.invalidate_recordset()
        counted = self._counted_late(question.sudo())
        self.assertEqual(counted, dict.fromkeys(counted, late))

    def test_a_paused_term_is_overdue_nowhere(self):
        question, due = self._accepted()
        with freeze_time(NOW + timedelta(minutes=1)):
            question.action_pause_term("execution", "Ждём деталь")
        with freeze_time(due + timedelta(days=2)):
            self._assert_late(question, False)
            question.action_resume_term("execution")
            self.assertGreater(question.execution_due, due + timedelta(days=2))
            self.assertEqual(question.referral_id.execution_due, question.execution_due)
        with freeze_time(question.execution_due + timedelta(minutes=1)):
            self._assert_late(question, True)

    def test_an_excused_term_is_overdue_nowhere(self):
        question, due = self._accepted()
        with freeze_time(due + timedelta(minutes=1)):
            self._assert_late(question, True)
            clock = self._clocks(question, "execution")
            question.with_user(self.supervisor).action_excuse_term(clock.id, "Паводок")
            self._assert_late(question, False)

    def test_terms_that_stood_still_before_the_upgrade_are_not_overdue(self):
        paused, due = self._accepted()
        plain, _due = self._accepted()
        with freeze_time(NOW + timedelta(minutes=1)):
            paused.action_pause_term("execution", "Ждём деталь")
        paused.sudo().execution_due = due
        paused.sudo().referral_id.execution_due = due
        self.env.flush_all()
        script = "gorod24_appeals/migrations/19.0.3.2.0/post-awaited.py"
        load_script(file_path(script), "post_awaited").migrate(
            self.env.cr, "19.0.3.0.0"
        )
        self.env.invalidate_all()
        self.assertFalse(paused.execution_due)
        self.assertFalse(paused.referral_id.execution_due)
        self.assertEqual(plain.execution_due, due)
        self.assertEqual(plain.referral_id.execution_due, due)
