# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest import SkipTest

from odoo import fields
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestDemoCity(TransactionCase):
    """A newcomer meets a town that lives by the same rules as the real one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.city = cls.env["gorod24.demo.city"]
        if not cls.city._load({}, appeals=60, citizens=30, extra_calls=20):
            raise SkipTest("the base already holds a city")

    def test_city_is_as_large_as_promised(self):
        Address = self.env["gorod24.address"]
        self.assertEqual(Address.search_count([("level", "=", "district")]), 5)
        self.assertGreaterEqual(Address.search_count([("level", "=", "street")]), 40)
        self.assertGreaterEqual(self.env["gorod24.building"].search_count([]), 600)
        participants = self.env["res.partner"].search([("is_participant", "=", True)])
        self.assertGreaterEqual(len(participants), 12)
        self.assertTrue(all(participants.mapped("section_ids")))
        topics = self.env["helpdesk.ticket.category"].search_count(
            [("is_topic", "=", True)]
        )
        self.assertGreaterEqual(topics, 185)

    def test_every_past_question_was_answered_by_somebody(self):
        questions = self.env["gorod24.question"].search([])
        self.assertEqual(len(questions), 60)
        self.assertTrue(all(questions.mapped("participant_id")))
        self.assertFalse(questions.filtered(lambda q: q.state == "registered"))

    def test_notices_of_every_state_are_there(self):
        notices = self.env["gorod24.notice"].search([])
        states = set(notices.mapped("state"))
        self.assertEqual(states, {"draft", "active", "finished"})
        late = notices.filtered("is_overdue")
        self.assertTrue(late, "one shows that a term has passed")
        self.assertTrue(late.prolongation_ids)
        self.assertLess(late.prolongation_ids.new_at, self.env.cr.now())
        popova = self.env["gorod24.building"].search(
            [("street_id.name", "=", "Попова"), ("house", "=", "54")]
        )
        told = notices._find_at(popova.id)
        self.assertEqual(told[0]["name"], "Нет горячей воды")
        self.assertEqual(told[-1]["kind"], "city")

    def test_operators_have_something_to_read_aloud(self):
        answers = self.env["gorod24.answer"].search([])
        self.assertGreaterEqual(len(answers.filtered("is_offered")), 15)
        self.assertTrue(answers.filtered("is_expired"), "one shows what expiry is")
        services = self.env["gorod24.navigator"].search([])
        self.assertGreaterEqual(len(services), 15)
        self.assertTrue(all(services.mapped("hours_ids")))
        for record in [*answers, *services]:
            self.assertIn("образец", record.name)

    def test_nothing_happens_in_the_future(self):
        for question in self.env["gorod24.question"].search([]):
            for moment in (question.registered_at, question.done_at):
                self.assertFalse(moment and moment > fields.Datetime.now())

    def test_loading_twice_changes_nothing(self):
        before = self.env["helpdesk.ticket"].search_count([])
        self.assertFalse(self.city._load({}))
        self.assertEqual(self.env["helpdesk.ticket"].search_count([]), before)

    def test_past_writes_no_letters(self):
        self.assertFalse(self.env["mail.mail"].search([("state", "=", "outgoing")]))
