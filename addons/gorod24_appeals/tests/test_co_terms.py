# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common_flow import FlowCommon


@tagged("post_install", "-at_install")
class TestCoTerms(FlowCommon):
    """A co-executor is asked to accept in time, and its own people are told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["gorod24.clock"].search([("attend_at", "!=", False)]).write(
            {"attend_at": False}
        )
        steps = cls.env["gorod24.escalation.step"]
        steps.search([]).write({"active": False})
        steps.create(
            [
                {"kind": "acceptance", "moment": "breach", "role": "duty"},
                {"kind": "acceptance", "moment": "after", "delay": 60, "role": "head"},
                {"kind": "execution", "moment": "breach", "role": "duty"},
            ]
        )
        cls.head = new_test_user(cls.env, "test_co_head", groups="base.group_portal")
        cls.other_section.member_ids = [
            Command.create({"user_id": cls.head.id, "role": "head"})
        ]

    def _ask(self):
        """A question the responsible one has accepted, and the co-executor's part."""
        question = self._question(self.heating)
        self._as_duty(question).action_accept()
        mine = self._as(self.operator, question)
        return question, mine.action_add_co(self.other_participant.id).sudo()

    def test_not_accepted_in_time_its_own_people_are_told(self):
        question, co = self._ask()
        clock = co.clock_ids
        self.assertEqual((clock.kind, clock.state), ("acceptance", "running"))
        self.assertEqual(co.accept_due, clock.target)
        letter = self._sweep(clock.target + timedelta(minutes=1))
        self.assertEqual(letter.partner_ids, self.other_duty.partner_id)
        self.assertIn(question.name, letter.body)
        self.assertIn(self.other_participant.name, letter.body)
        self.assertNotIn(self.participant.name, letter.body)
        letter = self._sweep(clock.target + timedelta(minutes=61))
        self.assertEqual(letter.partner_ids, self.head.partner_id)
        self.assertEqual(question.state, "accepted")

    def test_whatever_becomes_of_its_part_ends_the_term(self):
        for work in (
            lambda co: co.action_accept(),
            lambda co: co.action_refuse("Не наша часть"),
            lambda co: co.action_done("Сделали", "fixed"),
            lambda co: co.action_release(),
        ):
            question, co = self._ask()
            work(self._as(self.operator, co))
            self.assertEqual(
                (co.clock_ids.state, co.clock_ids.outcome), ("stopped", "met")
            )
            self.assertEqual(question.state, "accepted")

    def test_the_term_of_the_work_is_told_to_those_who_take_part(self):
        question, co = self._ask()
        self._as(self.operator, co).action_accept()
        letters = self._sweep(question.execution_due + timedelta(minutes=1))
        told = letters.partner_ids
        self.assertIn(self.duty.partner_id, told)
        self.assertIn(self.other_duty.partner_id, told)

    def test_a_change_of_the_topic_changes_its_term(self):
        question, co = self._ask()
        before = co.accept_due
        self._as(self.operator, question).action_correct_topic(self.pipe.id)
        self.assertLess(co.accept_due, before)
        self.assertEqual(co.accept_due, co.sent_at + timedelta(minutes=10))
