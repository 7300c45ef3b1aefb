# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import AppealsCommon

PAYLOAD = {"questions": [{"text": "холодно"}]}


@tagged("post_install", "-at_install")
class TestCardDraft(AppealsCommon):
    """What is typed survives the tab, the browser and the session."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = new_test_user(
            cls.env, "test_operator2", groups="gorod24_appeals.group_operator"
        )
        cls.supervisor = new_test_user(
            cls.env, "test_supervisor", groups="gorod24_appeals.group_supervisor"
        )
        cls.drafts = cls.env["gorod24.card.draft"].with_user(cls.operator)

    def _keep(self, drafts=None, **values):
        vals = {"uid": "card-1", "key": "call:7", "title": "холодно", "version": 0}
        drafts = self.drafts if drafts is None else drafts
        return drafts.save_draft(vals | {"payload": PAYLOAD} | values)

    def test_draft_is_kept_and_restored(self):
        self.assertEqual(self._keep(), {"status": "kept", "version": 1})
        more = {"questions": [{"text": "холодно с утра"}]}
        kept = self._keep(payload=more, version=1)
        self.assertEqual(kept, {"status": "kept", "version": 2})
        self.assertEqual([one["key"] for one in self.drafts.my_drafts()], ["call:7"])
        self.assertEqual(self.drafts.take("card-1"), {"payload": more, "version": 2})

    def test_answer_lost_on_the_way_is_no_conflict(self):
        self._keep()
        self.assertEqual(self._keep()["status"], "kept")

    def test_other_window_is_not_overwritten_unless_told(self):
        self._keep()
        self._keep(payload={"a": 1}, version=1)
        conflict = self._keep(payload={"b": 2}, version=1)
        self.assertEqual(conflict["status"], "conflict")
        self.assertEqual(conflict["payload"], {"a": 1})
        self.assertEqual(
            self._keep(payload={"b": 2}, version=1, force=True)["status"], "kept"
        )

    def test_others_do_not_see_it_and_a_supervisor_takes_it_over(self):
        self._keep()
        colleagues = self.drafts.with_user(self.colleague)
        self.assertFalse(colleagues.search([]))
        with self.assertRaises(AccessError):
            colleagues.take("card-1")
        colleagues.discard("card-1")
        self.assertEqual(len(self.drafts.my_drafts()), 1)
        bosses = self.drafts.with_user(self.supervisor)
        action = bosses.search([]).action_open()
        self.assertEqual(action["params"], {"draft_uid": "card-1"})
        self.assertEqual(bosses.take("card-1")["payload"], PAYLOAD)
        self.assertFalse(self.drafts.my_drafts())
        late = self._keep(payload={"late": 1}, version=1)
        self.assertEqual(
            (late["status"], late["user"]), ("taken", self.supervisor.name)
        )

    def test_registered_card_leaves_no_words_behind(self):
        self._keep()
        appeal = self._register(uid="card-1")
        draft = self.env["gorod24.card.draft"].search([("uid", "=", "card-1")])
        self.assertEqual(
            (draft.state, draft.payload, draft.title), ("saved", False, False)
        )
        self.assertEqual(self._keep(version=1)["status"], "saved")
        with self.assertRaises(UserError):
            self.drafts.take("card-1")
        # Sent once more, by himself or from a window that was taken over.
        self.assertEqual(self._register(uid="card-1"), appeal)
        self.card = self.card.with_user(self.colleague)
        self.assertEqual(self._register(uid="card-1"), appeal)

    def test_failed_registration_keeps_the_draft(self):
        self._keep()
        with self.assertRaises(UserError):
            self._register(uid="card-1", questions=[])
        self.assertEqual(len(self.drafts.my_drafts()), 1)

    def test_discarded_draft_is_emptied(self):
        self._keep()
        self.drafts.discard("card-1")
        self.assertFalse(self.drafts.my_drafts())
        draft = self.env["gorod24.card.draft"].search([("uid", "=", "card-1")])
        self.assertFalse(draft.payload)

    def test_nonsense_is_refused(self):
        for wrong in (
            {"uid": ""},
            {"uid": 5},
            {"uid": "x" * 65},
            {"payload": "text"},
            {"payload": {"text": "я" * 400_000}},
        ):
            with self.assertRaises(UserError):
                self._keep(**wrong)
        with self.assertRaises(AccessError):
            self._keep(self.drafts.with_user(self.manager))

    def test_nobody_writes_drafts_past_the_method(self):
        self._keep()
        draft = self.drafts.search([])
        with self.assertRaises(AccessError):
            draft.write({"payload": {}})
        with self.assertRaises(AccessError):
            self.drafts.create(
                {
                    "uid": "y",
                    "user_id": self.operator.id,
                    "updated_at": fields.Datetime.now(),
                }
            )

    def test_old_drafts_are_deleted(self):
        self._keep()
        self._keep(uid="card-2")
        Draft = self.env["gorod24.card.draft"]
        Draft.search([("uid", "=", "card-1")]).updated_at -= timedelta(days=15)
        Draft._gc_drafts()
        self.assertEqual(Draft.search([]).mapped("uid"), ["card-2"])


@tagged("post_install", "-at_install")
class TestCardPresence(AppealsCommon):
    """Operators with the same card open see each other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = new_test_user(
            cls.env, "test_operator2", groups="gorod24_appeals.group_operator"
        )
        cls.person = cls.env["res.partner"].create({"name": "Секретов Фома"})
        cls.presence = cls.env["gorod24.card.presence"].with_user(cls.operator)
        cls.colleagues = cls.presence.with_user(cls.colleague)
        cls.subject = ["res.partner", cls.person.id]

    def _bus_messages(self):
        self.env.cr.precommit.run()
        found = self.env["bus.bus"].search([])
        messages = [(one.channel, one.message) for one in found]
        found.unlink()
        return messages

    def test_two_operators_see_each_other_until_one_leaves(self):
        self.assertFalse(self.presence.beat("tab-a", [self.subject]))
        seen = self.colleagues.beat("tab-b", [self.subject])
        self.assertEqual([one["name"] for one in seen], [self.operator.name])
        back = self.presence.beat("tab-a", [self.subject])
        self.assertEqual([one["name"] for one in back], [self.colleague.name])
        self.colleagues.beat("tab-b", [])
        self.assertFalse(self.presence.beat("tab-a", [self.subject]))

    def test_own_second_tab_is_no_colleague(self):
        self.presence.beat("tab-a", [self.subject])
        self.assertFalse(self.presence.beat("tab-c", [self.subject]))

    def test_dead_tab_is_forgotten(self):
        self.presence.beat("tab-a", [self.subject])
        tabs = self.env["gorod24.card.presence"].search([])
        tabs.seen_at -= timedelta(seconds=70)
        self.assertFalse(self.colleagues.beat("tab-b", [self.subject]))
        self.assertTrue(self.presence.beat("tab-a", [self.subject]))
        tabs.seen_at -= timedelta(days=2)
        tabs._gc_dead_tabs()
        self.assertFalse(tabs.exists())

    def test_message_goes_to_the_colleague_only_and_names_nobody(self):
        self.presence.beat("tab-a", [self.subject])
        self._bus_messages()
        self.colleagues.beat("tab-b", [self.subject])
        ((channel, message),) = self._bus_messages()
        self.assertIn(f'"res.partner",{self.operator.partner_id.id}', channel)
        self.assertIn(str(self.person.id), message)
        for private in (self.person.name, self.colleague.name, self.operator.name):
            self.assertNotIn(private, message)
        self.colleagues.beat("tab-b", [self.subject])
        self.assertFalse(self._bus_messages())

    def test_card_that_may_not_be_read_is_not_followed(self):
        with self.assertRaises(AccessError):
            self.presence.with_user(self.manager).beat("tab-m", [self.subject])
        for wrong in (["ir.cron", 1], ["res.partner", "1"], "x", ["res.partner"]):
            with self.assertRaises(UserError):
                self.presence.beat("tab-a", [wrong])
        self.assertFalse(self.presence.beat("tab-a", [["res.partner", 2**30]]))
        with self.assertRaises(AccessError):
            self.presence.create(
                {
                    "user_id": self.operator.id,
                    "tab": "t",
                    "res_model": "res.partner",
                    "res_id": 1,
                    "seen_at": fields.Datetime.now(),
                }
            )
