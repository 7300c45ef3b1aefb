# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import AppealsCommon

OPERATIONS = ("read", "write", "create", "unlink")
# model: {role: allowed operations}
RIGHTS = {
    "helpdesk.ticket": {"operator": "read write create", "manager": "read"},
    # Results, states and terms change through methods only, never by a bare write.
    "gorod24.question": {"operator": "read", "manager": "read"},
    "gorod24.referral": {"operator": "read", "manager": "read"},
    "gorod24.informing": {"operator": "read", "manager": "read"},
    "gorod24.informing.attempt": {"operator": "read", "manager": "read"},
    "gorod24.phone": {"operator": "read write create", "manager": "read"},
    # Why a term stands still is told in words about the citizen.
    "gorod24.clock": {"operator": "read", "manager": "read"},
    "gorod24.clock.pause": {"operator": "read", "manager": "read"},
}


@tagged("post_install", "-at_install")
class TestSecurity(AppealsCommon):
    """Who may do what: each role, each model, each operation."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            "operator": cls.operator,
            "manager": cls.manager,
            "portal": cls.duty,
            "employee": new_test_user(cls.env, "test_employee"),
            "privacy": new_test_user(
                cls.env, "test_privacy", "gorod24_appeals.group_privacy_officer"
            ),
            "public": cls.env.ref("base.public_user"),
        }

    def setUp(self):
        super().setUp()
        appeal = self._register()
        question = appeal.question_ids
        self._as_duty(question).action_done("Сделано", "fixed")
        informing = question.informing_ids
        informing.with_user(self.operator).record_attempt("busy")
        paused = self._register().question_ids
        paused.with_user(self.operator).action_pause_term("execution", "В больнице")
        self.records = {
            "helpdesk.ticket": appeal,
            "gorod24.question": question,
            "gorod24.referral": question.referral_id,
            "gorod24.informing": informing,
            "gorod24.informing.attempt": informing.attempt_ids,
            "gorod24.phone": appeal.partner_id.phone_ids,
            "gorod24.clock": paused.clock_ids,
            "gorod24.clock.pause": paused.clock_ids.pause_ids,
        }

    def test_rights_by_role(self):
        for model, allowed in RIGHTS.items():
            for role, user in self.users.items():
                record = self.records[model].with_user(user)
                for operation in OPERATIONS:
                    expected = operation in allowed.get(role, "").split()
                    with self.subTest(model=model, role=role, operation=operation):
                        self.assertEqual(record.has_access(operation), expected)

    def test_manager_cannot_work_a_referral(self):
        referral = self._register().question_ids.referral_id
        with self.assertRaises(AccessError):
            referral.with_user(self.manager).action_accept()

    def test_manager_cannot_record_an_attempt_nor_send(self):
        question = self._register().question_ids
        self._as_duty(question).action_done("Сделано", "fixed")
        with self.assertRaises(AccessError):
            question.informing_ids.with_user(self.manager).record_attempt("reached")
        with self.assertRaises(AccessError):
            question.with_user(self.manager).action_send(self.participant.id)

    def test_state_of_an_appeal_is_not_typed_in(self):
        appeal = self.records["helpdesk.ticket"].with_user(self.operator)
        for values in (
            {"state": "closed"},
            {"active": False},
            {"converted_at": "2026-01-01"},
        ):
            with self.assertRaises(AccessError):
                appeal.write(values)
        for values in ({"state": "closed"}, {"registered_at": "2026-01-01"}):
            with self.assertRaises(AccessError):
                appeal.create({"name": "x", "description": "x", **values})

    def test_correction_reaches_the_questions_and_who_is_told(self):
        appeal = self._register(paid=False)
        question = appeal.question_ids
        self._as_duty(question).action_done("Сделано", "fixed")
        neighbour = self.env["res.partner"].create({"name": "Петров Пётр"})
        channel = self.env["helpdesk.ticket.channel"].search(
            [("id", "!=", appeal.channel_id.id)], limit=1
        )
        appeal.with_user(self.operator).write(
            {"partner_id": neighbour.id, "channel_id": channel.id, "paid": True}
        )
        self.assertEqual(question.partner_id, neighbour)
        self.assertEqual(question.informing_ids.partner_id, neighbour)
        self.assertEqual((question.channel_id, question.paid), (channel, True))
        self.assertEqual(appeal.partner_name, "Петров Пётр")
        noted = self.env["gorod24.question.event"].search(
            [("question_id", "=", question.id), ("note", "like", "Петров Пётр")]
        )
        self.assertEqual(len(noted), 1)
        with self.assertRaises(UserError):
            appeal.with_user(self.operator).author_type = "anonymous"

    def test_citizens_are_seen_by_the_hotline_only(self):
        citizen = self.records["helpdesk.ticket"].partner_id
        curator = new_test_user(
            self.env, "test_curator", groups="gorod24_appeals.group_curator"
        )
        for user, sees in (
            (curator, False),
            (self.users["employee"], False),
            (self.operator, True),
            (self.manager, True),
        ):
            with self.subTest(user=user.login):
                self.assertEqual(citizen.with_user(user).has_access("read"), sees)
                self.assertTrue(self.participant.with_user(user).has_access("read"))
                self.assertTrue(user.partner_id.with_user(user).has_access("read"))

    def test_card_of_a_citizen_with_a_login_is_saved(self):
        appeal = self._register(
            partner_id=self.duty.partner_id.id, building_id=self.other_house.id
        )
        self.assertEqual(appeal.building_id, self.other_house)

    def test_piece_of_a_number_finds_the_appeal(self):
        appeal = self._register()
        Appeal = self.env["helpdesk.ticket"].with_user(self.operator)
        self.assertIn(appeal, Appeal.search([("phone_search", "ilike", "12-34-5")]))
        self.assertFalse(Appeal.search([("phone_search", "ilike", "34")]))

    def test_stranger_cannot_work_a_referral(self):
        referral = self._register().question_ids.referral_id
        with self.assertRaises(AccessError):
            referral.with_user(self.users["employee"]).action_accept()

    def test_operator_keeps_citizens_not_participants(self):
        citizen = self.records["helpdesk.ticket"].partner_id
        self.assertTrue(citizen.with_user(self.operator).has_access("write"))
        self.assertFalse(self.participant.with_user(self.operator).has_access("write"))
