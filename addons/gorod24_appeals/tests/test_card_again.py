# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from ..models.gorod24_appeal_registrar_again import CardSavedError
from .common import AppealsCommon


@tagged("post_install", "-at_install")
class TestCardAgain(AppealsCommon):
    """Sent twice it counts once; what was added in between is never dropped."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = new_test_user(
            cls.env, "test_operator2", groups="gorod24_appeals.group_operator"
        )

    # The card ---------------------------------------------------------------------

    def test_same_card_gives_the_same_appeal(self):
        appeal = self._register(self.heating, self.pipe, uid="card-1")
        self.assertEqual(self._register(self.heating, self.pipe, uid="card-1"), appeal)

    def test_words_added_after_a_lost_answer_are_not_taken_for_saved(self):
        appeal = self._register(uid="card-1")
        corrected = [{"topic_id": self.heating.id, "text": "Холодно во всём доме"}]
        for changed in (
            lambda: self._register(self.heating, self.pipe, uid="card-1"),
            lambda: self._register(uid="card-1", questions=corrected),
            lambda: self._register(uid="card-1", flat="8"),
        ):
            with self.assertRaises(CardSavedError) as refusal:
                changed()
            self.assertIn(appeal.number, str(refusal.exception))
            self.assertEqual(
                refusal.exception.context["card_saved"],
                {"appeal_id": appeal.id, "number": appeal.number},
            )
        self.assertEqual(len(appeal.question_ids), 1)
        further = self._register(self.pipe, uid="card-2")
        self.assertNotEqual(further, appeal)

    def test_fingerprint_is_closed_to_users_and_not_copied(self):
        appeal = self._register(uid="card-1")
        self.assertTrue(appeal.card_digest)
        self.assertFalse(appeal.copy().card_digest)
        self.assertNotIn("card_digest", appeal.with_user(self.operator).fields_get())

    # Its draft --------------------------------------------------------------------

    def _keep(self, text, **values):
        vals = {"uid": "card-1", "key": "call:7", "version": 0}
        payload = {"questions": [{"text": text}]}
        drafts = self.env["gorod24.card.draft"].with_user(self.operator)
        return drafts.save_draft(vals | {"payload": payload} | values)

    def test_finished_draft_names_the_appeal(self):
        self._keep("холодно")
        appeal = self._register(uid="card-1")
        self.assertEqual(
            self._keep("холодно с утра", version=1),
            {
                "status": "saved",
                "version": 1,
                "appeal_id": appeal.id,
                "number": appeal.number,
            },
        )

    def test_draft_that_comes_after_the_appeal_makes_no_ghost(self):
        appeal = self._register(uid="card-1")
        answer = self._keep("холодно")
        self.assertEqual((answer["status"], answer["number"]), ("saved", appeal.number))
        drafts = self.env["gorod24.card.draft"].with_user(self.operator)
        self.assertFalse(drafts.my_drafts())

    # Telling the result -----------------------------------------------------------

    def _duty(self):
        question = self._register().question_ids
        self._as_duty(question).action_done("Продули стояк", "fixed")
        return question.informing_ids.with_user(self.operator)

    def test_attempt_sent_again_counts_once(self):
        duty = self._duty()
        first = duty.record_attempt("no_answer", call_uid="call-1")
        self.assertEqual(duty.record_attempt("no_answer", call_uid="call-1"), first)
        self.assertEqual(len(duty.attempt_ids), 1)
        duty.record_attempt("no_answer", call_uid="call-2")
        self.assertEqual((duty.attempt_count, len(duty.attempt_ids)), (2, 2))

    def test_told_result_sent_again_is_no_refusal(self):
        duty = self._duty()
        first = duty.record_attempt("reached", "yes", call_uid="call-1")
        again = duty.record_attempt("reached", "yes", call_uid="call-1")
        self.assertEqual(again, first)
        self.assertEqual(again["question_state"], "closed")

    def test_attempt_changed_after_a_lost_answer_is_not_taken_for_recorded(self):
        duty = self._duty()
        duty.record_attempt("no_answer", call_uid="call-1")
        item = {"id": duty.id, "satisfaction": "yes"}
        for changed in (
            lambda: duty.record_attempt("reached", "yes", call_uid="call-1"),
            lambda: duty.record_attempt("no_answer", note="?", call_uid="call-1"),
            lambda: duty.record_call([item], "reached", call_uid="call-1"),
        ):
            with self.assertRaisesRegex(UserError, "recorded already"):
                changed()
        self.assertEqual((duty.state, len(duty.attempt_ids)), ("due", 1))

    def test_promised_call_moved_after_a_lost_answer_is_refused(self):
        duty = self._duty()
        soon, later = (
            str(fields.Datetime.now() + timedelta(days=days))[:19] for days in (1, 2)
        )
        for _turn in range(2):
            duty.record_attempt("call_back", call_back_at=soon, call_uid="call-1")
        self.assertEqual(len(duty.attempt_ids), 1)
        with self.assertRaisesRegex(UserError, "recorded already"):
            duty.record_attempt("call_back", call_back_at=later, call_uid="call-1")

    def test_citizen_another_operator_has_is_left_to_him(self):
        duty = self._duty()
        desk = self.env["gorod24.informing.desk"].with_user(self.colleague)
        Lease = self.env["gorod24.informing.lease"].with_user(self.colleague)
        self.assertTrue(desk.renew(duty.phone_e164))
        with self.assertRaisesRegex(UserError, "is talking to this citizen"):
            duty.record_attempt("no_answer")
        # He called himself: nobody else can be talking to him.
        duty.record_attempt("reached", "yes", incoming=True)
        self.assertEqual(duty.state, "done")
        self.assertTrue(Lease._holders([duty.phone_e164]))
