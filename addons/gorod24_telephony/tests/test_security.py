# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import TelephonyCommon

MODELS = {
    # model: roles that read it
    "gorod24.call": {"operator", "supervisor", "manager"},
    "gorod24.call.leg": {"operator", "supervisor", "manager"},
    "gorod24.call.ref": {"supervisor"},
    "gorod24.call.event": {"supervisor"},
    "gorod24.call.dial": {"supervisor"},
    "gorod24.callback": {"operator", "supervisor", "manager"},
    "gorod24.callback.attempt": {"operator", "supervisor", "manager"},
    "gorod24.telephony.source": set(),
    "gorod24.recording": {"operator", "supervisor"},
    "gorod24.recording.access": {"supervisor"},
    "gorod24.call.quality": {"supervisor"},
    "gorod24.call.mark": {"operator", "supervisor"},
    "gorod24.call.mark.line": {"operator", "supervisor"},
    "gorod24.mark.criterion": {"operator", "supervisor"},
}
WRITES = {("gorod24.call", "supervisor"), ("gorod24.recording", "supervisor")}


@tagged("post_install", "-at_install")
class TestSecurity(TelephonyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.roles = {
            "operator": cls.operator,
            "supervisor": cls.supervisor,
            "manager": cls.manager,
            "staff": new_test_user(cls.env, "tele_staff", groups="base.group_user"),
            "portal": new_test_user(cls.env, "tele_portal", groups="base.group_portal"),
            "public": cls.env.ref("base.public_user"),
        }

    def test_role_by_operation(self):
        for model, readers in MODELS.items():
            for role, user in self.roles.items():
                records = self.env[model].with_user(user)
                with self.subTest(model=model, role=role):
                    self.assertEqual(records.has_access("read"), role in readers)
                    self.assertEqual(
                        records.has_access("write"), (model, role) in WRITES
                    )
                    self.assertFalse(records.has_access("create"))
                    self.assertFalse(records.has_access("unlink"))

    def test_operator_hears_own_calls_and_appeals_only(self):
        self.feed(*self.plain_call())
        recording = self.record()
        self.assertTrue(recording.with_user(self.operator).has_access("read"))
        self.assertFalse(recording.with_user(self.operator2).has_access("read"))
        self._register(call_id=recording.call_id.id)
        self.assertTrue(recording.with_user(self.operator2).has_access("read"))

    def test_new_appeal_opens_no_recording_of_a_colleague(self):
        """Whoever links a call hears it; only the card and a supervisor link calls."""
        call = self.feed(*self.plain_call())
        recording = self.record().with_user(self.operator2)
        tickets = self.env["helpdesk.ticket"].with_user(self.operator2)
        vals = {"name": "x", "description": "x"}
        ways = (
            (tickets, dict(vals, call_ids=[Command.link(call.id)])),
            (tickets.with_context(default_call_ids=[Command.link(call.id)]), vals),
        )
        for model, asked in ways:
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                model.create(asked)
            self.assertFalse(recording.has_access("read"))
        self.assertTrue(call.card_due)
        self.assertTrue(tickets.create(vals))

    def test_a_card_from_a_call_is_not_made_by_hand(self):
        """The report counts the cards an operator has filled in his calls."""
        tickets = self.env["helpdesk.ticket"].with_user(self.operator2)
        vals = {"name": "x", "description": "x"}
        own = tickets.create(dict(vals, from_call=True))
        own |= tickets.with_context(default_from_call=True).create(vals)
        self.env.invalidate_all()
        self.assertFalse(any(own.mapped("from_call")))
        with self.assertRaises(AccessError):
            own.from_call = True

    def test_copy_of_an_appeal_came_of_no_call(self):
        call = self.feed(*self.plain_call())
        appeal = self._register(call_id=call.id)
        self.assertFalse(appeal.copy().call_ids)
        self.assertEqual(call.card_count, 1)

    def test_unmatched_recordings_are_for_supervisors(self):
        recording = self.record()
        self.assertFalse(recording.with_user(self.operator).has_access("read"))
        self.assertTrue(recording.with_user(self.supervisor).has_access("read"))

    def test_sound_is_not_readable_as_an_attachment(self):
        attachment = self.record().attachment_id
        for role in ("operator", "supervisor", "manager", "portal"):
            with self.subTest(role), self.assertRaises(AccessError):
                attachment.with_user(self.roles[role]).read(["raw"])

    def test_manager_reads_the_appeal_without_its_recordings(self):
        call = self.feed(*self.plain_call())
        self.record()
        appeal = self._register(call_id=call.id).with_user(self.manager)
        self.assertEqual(appeal.call_ids.ids, call.ids)
        with self.assertRaises(AccessError):
            appeal.read(["recording_ids"])
        views = [(False, "list"), (False, "form"), (False, "search")]
        self.env["gorod24.call"].with_user(self.manager).get_views(views)

    def test_views_open_for_operators(self):
        views = [(False, "list"), (False, "form"), (False, "search")]
        for model in ("gorod24.call", "gorod24.recording", "helpdesk.ticket"):
            self.env[model].with_user(self.operator).get_views(views)
