# Copyright 2026 Gorod 24
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import PortalHttpCommon


@tagged("post_install", "-at_install")
class TestSubstitute(PortalHttpCommon):
    """A substitute has the journal during the absence, not before and not after."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.env["gorod24.section.member"]._get_today()
        cls.member = cls.section.member_ids.filtered(lambda m: m.user_id == cls.duty)
        cls.absence = cls.env["gorod24.section.absence"].create(
            {
                "member_id": cls.member.id,
                "substitute_id": cls.neighbour.id,
                "date_from": cls.today + timedelta(days=1),
                "date_to": cls.today + timedelta(days=3),
            }
        )

    def _on(self, days):
        """The day it is, moved."""
        Member = type(self.env["gorod24.section.member"])
        day = self.today + timedelta(days=days)
        self.env.invalidate_all()
        return patch.object(Member, "_get_today", lambda model: day)

    def _sees(self, user):
        found = self._referrals(user).search([("id", "=", self.referral.id)])
        readable = self.referral.with_user(user).has_access("read")
        self.assertEqual(bool(found), readable)
        return readable

    def test_journal_on_each_day(self):
        for days, substitute in ((0, False), (1, True), (3, True), (4, False)):
            with self._on(days), self.subTest(day=days):
                self.assertEqual(self._sees(self.neighbour), substitute)
                self.assertEqual(self._sees(self.duty), not substitute)
                self.assertTrue(self._sees(self.colleague))
                self.assertTrue(self._sees(self.head))
                for user in (self.foreigner, self.foreign_head, self.nobody):
                    self.assertFalse(self._sees(user))

    def test_work_on_each_day(self):
        for days in (0, 4):
            with self._on(days), self.assertRaises(AccessError):
                self.referral.with_user(self.neighbour).action_accept()
        with self._on(2):
            self.referral.with_user(self.neighbour).action_accept()
        self.assertEqual(self.referral.accepted_by_id, self.neighbour)

    def test_pages_on_each_day(self):
        self._login(self.neighbour)
        for days, status in ((0, 404), (1, 200), (4, 404)):
            with self._on(days):
                self.assertEqual(self.url_open(self._url()).status_code, status)

    def test_absent_officer_is_told_why_the_journal_is_empty(self):
        self._login(self.duty)
        with self._on(1):
            page = self.url_open("/my/requests").text
            self.assertIn("You are marked absent", page)
            self.assertIn(self.neighbour.name, page)
            self.assertEqual(self.url_open(self._url()).status_code, 404)

    def test_letter_goes_to_the_substitute(self):
        self.neighbour.email = "sub@example.com"
        with self._on(1):
            users = self.referral._get_letter_users()
        self.assertIn(self.neighbour, users)
        self.assertNotIn(self.duty, users)

    def test_substitute_of_a_head_sees_every_section_for_those_days(self):
        south = self._register(self.heating).question_ids.referral_id
        south.section_id = self.other_section
        member = self.other_section.member_ids.filtered(lambda m: m.role == "head")
        self.env["gorod24.section.absence"].create(
            {
                "member_id": member.id,
                "substitute_id": self.colleague.id,
                "date_from": self.today,
                "date_to": self.today,
            }
        )
        self.assertTrue(south.with_user(self.colleague).has_access("read"))
        south.with_user(self.colleague).action_accept()
        with self._on(1):
            self.assertFalse(south.with_user(self.colleague).has_access("read"))

    def test_journal_stays_quick(self):
        """Substitutes add two indexed look-ups to the rule of the journal."""
        mine = self._referrals(self.duty)
        mine.search_count([])
        self.env.invalidate_all()
        with self.assertQueryCount(8):
            mine.search_count([("state", "=", "sent")])
