# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import PortalCommon


@tagged("post_install", "-at_install")
class TestParticipantAccess(PortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        south = cls._register(cls, cls.heating).question_ids.referral_id
        south.section_id = cls.other_section
        foreign = cls._register(cls, cls.heating).question_ids.referral_id
        foreign.write(
            {
                "participant_id": cls.other_participant.id,
                "section_id": cls.foreign_section.id,
            }
        )
        common = cls._register(cls, cls.heating).question_ids.referral_id
        common.section_id = False
        cls.cases = {
            "north": cls.referral,
            "south": south,
            "foreign": foreign,
            "common": common,
        }
        cls.table = {
            # Who sees which referral; nobody may write, create or delete any.
            cls.duty: {"north"},
            cls.colleague: {"north"},
            cls.neighbour: {"south"},
            cls.head: {"north", "south", "common"},
            cls.foreigner: {"foreign"},
            cls.foreign_head: {"foreign"},
            cls.former: set(),
            cls.future: set(),
            cls.nobody: set(),
        }

    def test_role_sees_its_referrals_only(self):
        ids = [referral.id for referral in self.cases.values()]
        for user, expected in self.table.items():
            with self.subTest(user=user.login):
                found = self._referrals(user).search([("id", "in", ids)])
                names = {
                    name for name, case in self.cases.items() if case.id in found.ids
                }
                self.assertEqual(names, expected)
                for name, case in self.cases.items():
                    self.assertEqual(
                        case.with_user(user).has_access("read"), name in expected
                    )

    def test_nobody_changes_a_referral_past_the_methods(self):
        for user in self.table:
            mine = self.referral.with_user(user)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                mine.write({"state": "done"})
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                mine.unlink()
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                mine.copy()

    def test_plain_portal_user_has_no_access_to_the_model(self):
        self.assertFalse(self._referrals(self.citizen).has_access("read"))

    def test_closed_models(self):
        """Of questions, appeals, citizens, clocks and phones nothing is readable."""
        names = [
            "gorod24.question",
            "gorod24.informing",
            "gorod24.informing.attempt",
            "gorod24.phone",
            "gorod24.clock",
            "gorod24.section",
            "gorod24.section.member",
            "gorod24.section.absence",
            "gorod24.section.contact",
            "gorod24.section.presence",
            "gorod24.agreement",
            "gorod24.agreement.field",
            "gorod24.competence",
            "gorod24.building",
            "gorod24.address",
        ]
        for name in [*names, *self._telephony_models()]:
            for user in (self.duty, self.head):
                with self.subTest(model=name, user=user.login):
                    self.assertFalse(self.env[name].with_user(user).has_access("read"))

    def _telephony_models(self):
        names = ("gorod24.call", "gorod24.call.leg", "gorod24.recording")
        return [name for name in names if name in self.env]

    def test_citizen_is_closed(self):
        citizen = self.question.partner_id
        self.assertTrue(citizen)
        self.assertFalse(citizen.with_user(self.duty).has_access("read"))

    def test_appeals_are_closed_whoever_follows_them(self):
        """The base opens tickets to followers and to the applicant's company."""
        self.duty.partner_id.parent_id = self.participant
        self.appeal.message_subscribe(partner_ids=self.duty.partner_id.ids)
        own = self.appeal.copy({"partner_id": self.participant.id})
        Ticket = self.env["helpdesk.ticket"].with_user(self.duty)
        self.assertFalse(Ticket.search([]))
        for ticket in self.appeal | own:
            self.assertFalse(ticket.with_user(self.duty).has_access("read"))

    def test_staff_and_citizens_keep_their_tickets(self):
        self.appeal.message_subscribe(partner_ids=self.citizen.partner_id.ids)
        self.assertTrue(self.appeal.with_user(self.citizen).has_access("read"))
        self.assertTrue(self.appeal.with_user(self.operator).has_access("read"))

    def test_closed_fields_do_not_leak_through_the_api(self):
        mine = self.referral.with_user(self.duty)
        self.assertTrue(mine.read(["state", "execution_due", "emergency"]))
        closed = [
            "question_id",
            "appeal_id",
            "display_name",
            "text",
            "place",
            "person_id",
            "attachment_ids",
            "accepted_by_id",
        ]
        for name in closed:
            with self.subTest(field=name), self.assertRaises(AccessError):
                mine.read([name])
        with self.assertRaises(AccessError):
            self._referrals(self.duty).search([("question_id.phone_e164", "!=", False)])
        with self.assertRaises(AccessError):
            self._referrals(self.duty).search([], order="appeal_id")
        self.assertNotIn("question_id", mine.fields_get())

    def test_groups_and_sums_tell_no_more_than_reading(self):
        """Over RPC an officer could group his journal by the words of citizens."""
        mine = self._referrals(self.duty)
        closed = (
            "text",
            "topic_id",
            "question_id",
            "appeal_id",
            "person_id",
            "participant_id",
            "accepted_by_id",
            "attachment_ids",
            "notify_pending",
            "question_id.text",
            "appeal_id.partner_id",
        )
        for name in closed:
            for call in (
                lambda name: mine.formatted_read_group([], [name], ["__count"]),
                lambda name: mine.web_read_group([], [name], ["__count"]),
                lambda name: mine.formatted_read_grouping_sets([], [[name]]),
                lambda name: mine.formatted_read_group(
                    [], ["state"], [f"{name}:count_distinct"]
                ),
                lambda name: mine.formatted_read_group(
                    [], ["state"], [f"{name}:array_agg"]
                ),
                lambda name: mine.formatted_read_group(
                    [], ["state"], [], having=[(f"{name}:count", ">", 0)]
                ),
                lambda name: mine.search([], order=name),
                lambda name: mine.search([(name, "=", self._something(name))]),
                lambda name: mine.search_read([], [name]),
                lambda name: mine.web_search_read([], {name: {}}),
                lambda name: mine.search([]).export_data([name.replace(".", "/")]),
            ):
                with self.subTest(field=name):
                    self._assert_closed(call, name)
        groups = mine.formatted_read_group([], ["state"], ["__count"])
        self.assertTrue(groups)
        self.assertTrue(mine.formatted_read_group([], ["sent_at:day"], ["__count"]))

    def _something(self, name):
        """A value to look for: of a column that is never empty "not empty" asks
        nothing and tells nothing."""
        if name.endswith("_id") or name.endswith("_ids"):
            return self.question.id
        return "x" if "text" in name else True

    def _assert_closed(self, call, name):
        """Refused, or not understood at all; never answered."""
        try:
            with self.cr.savepoint():
                answer = call(name)
        except (UserError, ValueError):
            return
        self.fail(f"{name} is told: {answer}")

    def test_stranger_cannot_work_a_referral(self):
        for user in (self.neighbour, self.foreigner, self.former, self.citizen):
            mine = self.referral.with_user(user)
            for work in (
                lambda mine: mine.action_accept(),
                lambda mine: mine.action_refuse("Не наш дом"),
                lambda mine: mine.action_done("Сделано", "fixed"),
            ):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    work(mine)
        self.assertEqual(self.referral.state, "sent")

    def test_head_works_for_every_section(self):
        self.referral.with_user(self.head).action_accept()
        self.assertEqual(self.referral.accepted_by_id, self.head)
        self.assertEqual(self.question.state, "accepted")

    def test_file_of_another_record_cannot_be_reported(self):
        """It would open any file of the base to who guesses its id."""
        strange = self.env["ir.attachment"].create(
            {
                "name": "secret.txt",
                "raw": b"secret",
                "res_model": "helpdesk.ticket",
                "res_id": self.appeal.id,
            }
        )
        mine = self.referral.with_user(self.duty)
        mine.action_accept()
        for ids in (strange.ids, [strange.id + 100000]):
            with self.assertRaisesRegex(UserError, "does not belong"):
                mine.action_done("Сделано", "fixed", ids)
        self.assertEqual(self.referral.state, "accepted")

    def test_membership_that_ended_closes_the_journal_at_once(self):
        self.assertTrue(self.referral.with_user(self.duty).has_access("read"))
        member = self.section.member_ids.filtered(lambda m: m.user_id == self.duty)
        member.write({"date_from": "2020-01-01", "date_to": "2020-12-31"})
        self.env.invalidate_all()
        self.assertFalse(self.referral.with_user(self.duty).has_access("read"))

    def test_group_is_a_portal_user(self):
        self.assertTrue(self.duty._is_portal())
        self.assertFalse(self.duty._is_internal())
        self.assertTrue(self.duty._is_participant())
        self.assertFalse(self.citizen._is_participant())

    def test_operator_is_not_narrowed(self):
        """The list of fields binds participants only."""
        referral = self.referral.with_user(self.operator)
        self.assertEqual(referral.question_id.text, self.question.text)
        self.assertTrue(
            referral.read(["question_id", "display_name", "notify_pending"])
        )

    def test_colleague_is_told_who_was_first(self):
        self.referral.with_user(self.duty).action_accept()
        with self.assertRaisesRegex(UserError, "Already accepted: Дежуров Иван"):
            self.referral.with_user(self.colleague).action_accept()

    def test_withdrawn_referral_is_told(self):
        self.referral.state = "withdrawn"
        with self.assertRaisesRegex(UserError, "withdrawn"):
            self.referral.with_user(self.duty).action_accept()

    def test_group_of_an_officer_gives_the_language(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.duty.lang = "en_US"
        self.env["ir.config_parameter"].set_param("gorod24_portal.lang", "ru_RU")
        self.assertEqual(self.duty._get_portal_lang(), "ru_RU")
        self.env["ir.config_parameter"].set_param("gorod24_portal.lang", "xx_XX")
        self.assertEqual(self.duty._get_portal_lang(), "en_US")

    def test_two_groups_do_not_widen_each_other(self):
        """A participant who is also a citizen of another kind sees no ticket."""
        self.duty.group_ids = [Command.link(self.env.ref("base.group_portal").id)]
        self.appeal.partner_id = self.duty.partner_id
        self.assertFalse(self.appeal.with_user(self.duty).has_access("read"))
