# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import AppealsCommon


@tagged("post_install", "-at_install")
class TestEscalation(AppealsCommon):
    """A missed term climbs from the duty officer to the supervisor, each told once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.supervisor = new_test_user(
            cls.env, "test_supervisor", groups="gorod24_appeals.group_supervisor"
        )
        cls.head = new_test_user(cls.env, "test_head", groups="base.group_portal")
        cls.env["gorod24.clock"].search([("attend_at", "!=", False)]).write(
            {"attend_at": False}
        )
        steps = cls.env["gorod24.escalation.step"]
        steps.search([]).write({"active": False})
        cls.steps = steps.create(
            [
                {"kind": "acceptance", "moment": "breach", "role": "duty"},
                {"kind": "acceptance", "moment": "after", "delay": 60, "role": "head"},
            ]
        )

    def sweep(self, moment):
        """Partners written to by a sweep at a moment, with the texts."""
        clocks = self.env["gorod24.clock"]
        before = self.env["mail.message"].search([], order="id desc", limit=1).id
        with freeze_time(moment):
            clocks._sweep_batch(clocks._sweep_domain(moment))
            self.send()
        return self.env["mail.message"].search(
            [("id", ">", before), ("message_type", "=", "user_notification")]
        )

    def send(self):
        """What the job does, without its commits."""
        with patch.object(self.env.registry["ir.cron"], "_commit_progress"):
            self.env["gorod24.escalation.letter"]._cron_send()

    def test_a_letter_is_sent_once(self):
        due = self._register(emergency=False).question_ids.accept_due
        self.assertTrue(self.sweep(due + timedelta(minutes=1)))
        before = self.env["mail.message"].search_count([])
        self.send()
        self.assertEqual(self.env["mail.message"].search_count([]), before)

    def test_batches_of_one_person_make_one_letter(self):
        outbox = self.env["gorod24.escalation.letter"]
        clocks = self._register().question_ids.clock_ids
        clocks |= self._register().question_ids.clock_ids
        acceptance = clocks.filtered(lambda one: one.kind == "acceptance")
        for clock in acceptance:
            outbox._add(self.steps[0], {self.duty.id: clock.ids})
        last = self.env["mail.message"].search([], order="id desc", limit=1).id
        self.send()
        letter = self.env["mail.message"].search([("id", ">", last)])
        self.assertEqual(len(letter), 1)
        self.assertEqual(letter.body.count("<li>"), 2)

    def test_a_letter_that_cannot_be_written_holds_up_nobody(self):
        due = self._register().question_ids.accept_due
        outbox = self.env["gorod24.escalation.letter"]
        with (
            patch.object(
                self.env.registry["gorod24.question"], "_send_escalation"
            ) as send,
            mute_logger("odoo.addons.gorod24_appeals.models.gorod24_escalation_letter"),
        ):
            send.side_effect = ValueError("no way to write it")
            self.assertFalse(self.sweep(due + timedelta(minutes=1)))
        letters = outbox.search([("state", "=", "due")])
        self.assertEqual(set(letters.mapped("tries")), {1})
        self.send()
        self.assertEqual(set(letters.mapped("state")), {"sent"})

    def test_ladder_of_a_question_not_accepted(self):
        question = self._register(emergency=False).question_ids
        due = fields.Datetime.to_datetime(question.accept_due)
        self.assertFalse(self.sweep(due - timedelta(minutes=1)))
        letter = self.sweep(due + timedelta(minutes=1))
        self.assertEqual(letter.partner_ids, self.duty.partner_id)
        self.assertIn(question.name, letter.body)
        self.assertIn("/my/requests", letter.body)
        for secret in ("Иванова", "123456", "Слова гражданина"):
            self.assertNotIn(secret, letter.body)
        self.assertFalse(self.sweep(due + timedelta(minutes=2)))

    def test_nobody_in_the_role_means_the_supervisor(self):
        question = self._register().question_ids
        late = question.accept_due + timedelta(hours=2)
        self.assertIn(self.supervisor.partner_id, self.sweep(late).partner_ids)

    def test_head_gets_one_letter_about_all(self):
        self.section.member_ids = [
            Command.create({"user_id": self.head.id, "role": "head"})
        ]
        first, second = self._register().question_ids, self._register().question_ids
        letter = self.sweep(second.accept_due + timedelta(hours=2))
        self.assertEqual(letter.partner_ids, self.head.partner_id)
        self.assertIn(first.name, letter.body)
        self.assertIn(second.name, letter.body)

    def test_accepted_in_time_is_quiet(self):
        question = self._register().question_ids
        due = question.accept_due
        self._as_duty(question).action_accept()
        self.assertFalse(self.sweep(due + timedelta(hours=2)))
